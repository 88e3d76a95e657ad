/* relato lexicon: whether the lexicon is right. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "relato.h"

static const char help[] = "Usage: relato lexicon check [DIR]\n"
                           "       relato lexicon compile SOURCES DIR\n"
                           "       relato lexicon explain LANGUAGE TEXT [DATE]\n"
                           "check finds mistakes in the lexicon, with the files of DIR laid over it, and names\n"
                           "file and line. DIR is a folder of your own, as \"relato read --lexicon DIR\" takes it.\n"
                           "compile turns the lexicon in SOURCES into the files in DIR that Relato maps.\n"
                           "explain tells which rows and rules find time expressions, figures, names and events in\n"
                           "TEXT, a report of DATE or a name alone, and which do not match and why.\n"
                           "\n"
                           "Exit status: 0 if there is no mistake, 1 if there are some, 2 for wrong usage.\n";

static void print_mistake(void *context, const char *file, size_t line, const char *message)
{
    (void)context;
    if (line)
        fprintf(stderr, "%s:%zu: %s\n", file, line, message);
    else
        fprintf(stderr, "%s: %s\n", file, message);
}

static int closing(size_t mistakes)
{
    if (mistakes)
        fprintf(stderr, "relato lexicon: %zu mistake%s\n", mistakes, mistakes == 1 ? "" : "s");
    return mistakes ? CLI_FAILED : CLI_DONE;
}

static int explain(const char *language, const char *text, const char *date)
{
    RelatoError error = { 0 };
    RelatoKnowledge *knowledge = relato_knowledge_open(NULL, NULL, 0, &error);
    RelatoRecord record = { .bytes = text, .size = strlen(text), .format = RELATO_FORMAT_TEXT, .name = "TEXT" };
    RelatoReadOptions options = { .language = language, .published = date };
    RelatoReading *reading = knowledge ? relato_read(knowledge, &record, &options, &error) : NULL;
    size_t size;
    char *lines = reading ? relato_reading_explain(reading, &size) : NULL;
    if (lines)
        fputs(size ? lines : "no rule matches\n", stdout);
    else
        fprintf(stderr, "relato lexicon: %s\n", error.message[0] ? error.message : "out of memory");
    free(lines);
    relato_reading_free(reading);
    relato_knowledge_close(knowledge);
    return lines ? CLI_DONE : CLI_FAILED;
}

int cli_lexicon(int count, char **arguments)
{
    const char *what = count > 1 ? arguments[1] : "";
    if (!strcmp(what, "--help") || !strcmp(what, "-h")) {
        fputs(help, stdout);
        return CLI_DONE;
    }
    if (!strcmp(what, "check") && count <= 3) {
        int status = closing(relato_lexicon_compile(NULL, count == 3 ? arguments[2] : NULL, NULL, print_mistake, NULL));
        if (status == CLI_DONE)
            puts("no mistakes");
        return status;
    }
    if (!strcmp(what, "compile") && count == 4)
        return closing(relato_lexicon_compile(arguments[2], NULL, arguments[3], print_mistake, NULL));
    if (!strcmp(what, "explain") && (count == 4 || count == 5))
        return explain(arguments[2], arguments[3], count == 5 ? arguments[4] : NULL);
    fputs(help, stderr);
    return CLI_USAGE;
}
