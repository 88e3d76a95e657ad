/* relato: the command line. */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "relato.h"

static const struct {
    const char *name;
    int (*run)(int count, char **arguments);
    const char *purpose;
} commands[] = {
    { "read", cli_read, "read reports and print what they hold" },
    { "add", cli_add, "read reports into an archive" },
    { "events", cli_ask, "what happened: who did what to whom" },
    { "timeline", cli_ask, "the same as a chronicle, with figures and who says so" },
    { "figures", cli_ask, "how many, as each source tells it" },
    { "claims", cli_ask, "who says what" },
    { "sources", cli_ask, "who speaks, how often, named or not" },
    { "entities", cli_ask, "persons, organisations, places, groups" },
    { "search", cli_ask, "reports that hold words" },
    { "explain", cli_ask, "one event, entity or report with the words it rests on" },
    { "merge", cli_correct, "tell an archive that two events or entities are one" },
    { "split", cli_correct, "tell an archive that two are not" },
    { "serve", cli_serve, "show an archive in the browser" },
    { "lexicon", cli_lexicon, "find mistakes in the lexicon and in your own" },
};

enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

static void usage(FILE *out)
{
    fputs("Usage: relato COMMAND [OPTION]... [ARGUMENT]...\n"
          "Reads news reports and keeps the record: who did what to whom, when, where, how\n"
          "many, and who says so.\n\nCommands:\n",
          out);
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        fprintf(out, "  %-10s%s\n", commands[i].name, commands[i].purpose);
    fputs("\n\"relato COMMAND --help\" tells more of one.\n", out);
}

int main(int count, char **arguments)
{
    if (count < 2) {
        usage(stderr);
        return CLI_USAGE;
    }
    const char *name = arguments[1];
    if (!strcmp(name, "--help") || !strcmp(name, "-h") || !strcmp(name, "help")) {
        usage(stdout);
        return CLI_DONE;
    }
    if (!strcmp(name, "--version")) {
        puts("relato " RELATO_VERSION);
        return CLI_DONE;
    }
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (!strcmp(name, commands[i].name))
            return commands[i].run(count - 1, arguments + 1);
    fprintf(stderr, "relato: unknown command \"%s\"; \"relato --help\" lists them\n", name);
    return CLI_USAGE;
}
