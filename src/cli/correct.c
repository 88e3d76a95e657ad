/* relato merge, relato split: the user knows better than the archive. */
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/input.h"

static const char merge_help[] = "Usage: relato merge [--of event|entity] ARCHIVE ID ID\n"
                                 "Tells an archive that two events (or entities) are one. It keeps that when\n"
                                 "reports are added. The ids are those that \"relato events\" or \"entities\" shows.\n";

static const char split_help[] = "Usage: relato split [--of event|entity] ARCHIVE ID REPORT:ITEM\n"
                                 "Tells an archive that what a report tells, such as 12:V3 (or, of entities, 12:E3),\n"
                                 "does not belong to the event (or entity). \"relato explain ID\" shows the items.\n";

static const struct option long_options[] = {
    { "of", required_argument, NULL, 'o' },
    { "help", no_argument, NULL, 'h' },
    { 0 },
};

/* "12:V3": the report and the item; false if it is none. */
static bool parse_item(const char *text, bool events, long *report, long *item)
{
    const char *colon = strchr(text, ':');
    char number[24];
    if (!colon || colon[1] != (events ? 'V' : 'E') || colon - text >= (long)sizeof number)
        return false;
    snprintf(number, sizeof number, "%.*s", (int)(colon - text), text);
    *report = positive(number, LONG_MAX);
    *item = positive(colon + 2, INT_MAX);
    return *report > 0 && *item > 0;
}

static int correct(const char *command, bool events, bool merge, char **rest)
{
    long id = positive(rest[1], LONG_MAX), other = merge ? positive(rest[2], LONG_MAX) : 0, item = 0;
    if (id < 0 || other < 0)
        return wrong_usage(command, "an ID is a number, as \"relato events\" shows it", NULL);
    if (!merge && !parse_item(rest[2], events, &other, &item))
        return wrong_usage(command, events ? "needs an item such as 12:V3, not" : "needs an item such as 12:E3, not",
                           rest[2]);
    RelatoError error;
    RelatoKnowledge *knowledge = relato_knowledge_open(NULL, NULL, 0, &error);
    RelatoArchive *archive = knowledge ? relato_archive_open(rest[0], knowledge, &error) : NULL;
    bool done = archive && (merge ? relato_archive_join(archive, events, id, other, &error)
                                  : relato_archive_part(archive, events, id, other, item, &error));
    if (!done)
        fprintf(stderr, "relato: %s: %s\n", rest[0], error.message);
    relato_archive_close(archive);
    relato_knowledge_close(knowledge);
    return done ? CLI_DONE : CLI_FAILED;
}

int cli_correct(int count, char **arguments)
{
    const char *command = arguments[0];
    bool merge = !strcmp(command, "merge"), events = true;
    for (int option; (option = getopt_long(count, arguments, "h", long_options, NULL)) != -1;) {
        if (option == 'h') {
            fputs(merge ? merge_help : split_help, stdout);
            return CLI_DONE;
        }
        if (option != 'o')
            return CLI_USAGE;
        events = !strcmp(optarg, "event");
        if (!events && strcmp(optarg, "entity"))
            return wrong_usage(command, "--of needs event or entity, not", optarg);
    }
    if (count - optind != 3)
        return wrong_usage(command, merge ? "needs ARCHIVE and two IDs" : "needs ARCHIVE, ID and REPORT:ITEM", NULL);
    return correct(command, events, merge, arguments + optind);
}
