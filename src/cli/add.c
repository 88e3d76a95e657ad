/* relato add: reports into an archive. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/input.h"

/* Reports between two commits: few enough that a crash costs little, so many that
 * waiting for the disk costs little. */
enum { REPORTS_PER_COMMIT = 200 };

typedef struct Adding {
    const char *file;
    RelatoArchive *archive;
    size_t added, known, failed, open; /* open: not yet committed */
} Adding;

static void *keep(void *context, RelatoReading *reading, RelatoError *error)
{
    (void)context, (void)error;
    return reading;
}

/* Tells that the archive itself cannot be written; no more can be added, and what
 * was not yet committed is not there. */
static bool give_up(Adding *adding, const RelatoError *error)
{
    adding->added -= adding->open;
    adding->open = 0;
    fprintf(stderr, "relato: %s: %s\n", adding->file, error->message);
    return false;
}

static bool add(void *context, void *result, const RelatoRecord *record)
{
    Adding *adding = context;
    RelatoReading *reading = result;
    RelatoError error = { RELATO_OK };
    int added = relato_archive_add(adding->archive, reading, &error);
    relato_reading_free(reading);
    (void)record;
    if (added < 0)
        return give_up(adding, &error);
    adding->added += (size_t)added;
    adding->known += added == 0;
    adding->open += (size_t)added;
    if (adding->open < REPORTS_PER_COMMIT)
        return true;
    if (!relato_archive_commit(adding->archive, &error))
        return give_up(adding, &error);
    adding->open = 0;
    return true;
}

static int add_all(const Input *input, const char *file, char **names, size_t count)
{
    RelatoError error = { RELATO_OK };
    Adding adding = { .file = file };
    RelatoKnowledge *knowledge = input_knowledge(input);
    if (!knowledge)
        return CLI_FAILED;
    adding.archive = relato_archive_open(file, knowledge, &error);
    int status = CLI_FAILED;
    if (adding.archive) {
        const Taker taker = { .context = &adding, .work = keep, .take = add, .verb = "added" };
        status = input_run(input, knowledge, names, count, &taker);
        if (!relato_archive_commit(adding.archive, &error)) {
            give_up(&adding, &error);
            status = CLI_FAILED;
        }
        fprintf(stderr, "%s: %zu reports added, %zu were there already\n", file, adding.added, adding.known);
    } else {
        give_up(&adding, &error);
    }
    relato_archive_close(adding.archive);
    relato_knowledge_close(knowledge);
    return status;
}

static const char help[] = "Usage: relato add [OPTION]... ARCHIVE [FILE|DIR|URL]...\n"
                           "Reads news reports, as \"relato read\" does, into an archive: one SQLite file that\n"
                           "holds what each tells and what they have in common. ARCHIVE is made if it is not\n"
                           "there. Adding the same again changes nothing; a newer version of an address\n"
                           "supersedes the older one. Readings in JSON, as \"relato read --format json\" prints\n"
                           "them, are taken as they are.\n"
                           "\n" INPUT_HELP "  -h, --help\n"
                           "\n"
                           "Exit status: 0 if all was added, 1 if some input failed (each is named on standard\n"
                           "error, the rest is added), 2 for wrong usage.\n"
                           "\n"
                           "  relato add war.relato reports.jsonl.gz pages/\n"
                           "  relato timeline war.relato --country UKR --since 2022-02-24\n";

static const struct option long_options[] = { INPUT_LONG_OPTIONS, { 0 } };

int cli_add(int count, char **arguments)
{
    Input input = input_new();
    for (int option; (option = getopt_long(count, arguments, INPUT_LETTERS, long_options, NULL)) != -1;) {
        if (option == 'h') {
            fputs(help, stdout);
            return CLI_DONE;
        }
        int status = option == '?' ? CLI_USAGE : input_apply(&input, "add", option, optarg);
        if (status != CLI_DONE)
            return CLI_USAGE;
    }
    if (optind == count)
        return wrong_usage("add", "no ARCHIVE", NULL);
    return add_all(&input, arguments[optind], arguments + optind + 1, (size_t)(count - optind - 1));
}
