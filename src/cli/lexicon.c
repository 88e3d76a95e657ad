/* relato lexicon: whether the lexicon is right. */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "relato.h"

static const char help[] =
    "Usage: relato lexicon check [DIR]\n"
    "       relato lexicon compile SOURCES DIR\n"
    "check finds mistakes in the lexicon, with the files of DIR laid over it, and names\n"
    "file and line. DIR is a folder of your own, as \"relato read --lexicon DIR\" takes it.\n"
    "compile turns the lexicon in SOURCES into the files in DIR that Relato maps.\n"
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
    fputs(help, stderr);
    return CLI_USAGE;
}
