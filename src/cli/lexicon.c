/* relato lexicon: what the lexicon holds, and whether it is right. */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "relato.h"

static const char usage[] =
    "Usage: relato lexicon compile SOURCES DIRECTORY\n"
    "Compiles the lexicon sources in SOURCES into DIRECTORY.\n";

static void print_mistake(void *context, const char *file, size_t line, const char *message)
{
    (void)context;
    if (line)
        fprintf(stderr, "%s:%zu: %s\n", file, line, message);
    else
        fprintf(stderr, "%s: %s\n", file, message);
}

int cli_lexicon(int count, char **arguments)
{
    if (count == 2 && !strcmp(arguments[1], "--help")) {
        fputs(usage, stdout);
        return CLI_DONE;
    }
    if (count != 4 || strcmp(arguments[1], "compile")) {
        fputs(usage, stderr);
        return CLI_USAGE;
    }
    return relato_lexicon_compile(arguments[2], NULL, arguments[3], print_mistake, NULL) ? CLI_FAILED : CLI_DONE;
}
