/* What commands that read reports share: their options, and many threads at work
 * in the order of the input. */
#ifndef RELATO_CLI_INPUT_H
#define RELATO_CLI_INPUT_H

#include <getopt.h>
#include <stddef.h>

#include "relato.h"

enum { INPUT_MOST_LEXICONS = 7 };

typedef struct Input {
    RelatoSourceOptions source;
    RelatoReadOptions read;
    const char *lexicons[INPUT_MOST_LEXICONS];
    size_t lexicon_count;
    size_t threads;
} Input;

/* The options: letters for getopt_long, long ones for its table, and what
 * "--help" says of them. A command's own long options count from OPTION_OWN on. */
#define INPUT_LETTERS "i:l:p:L:j:h"
#define INPUT_LONG_OPTIONS                                                                                             \
    { "input", required_argument, NULL, 'i' }, { "language", required_argument, NULL, 'l' },                           \
        { "published", required_argument, NULL, 'p' }, { "lexicon", required_argument, NULL, 'L' },                    \
        { "threads", required_argument, NULL, 'j' }, { "follow", no_argument, NULL, OPTION_FOLLOW },                   \
        { "allow-private", no_argument, NULL, OPTION_ALLOW_PRIVATE },                                                  \
    {                                                                                                                  \
        "help", no_argument, NULL, 'h'                                                                                 \
    }
#define INPUT_HELP                                                                                                     \
    "  -i, --input FORMAT     text, html, json or conllu, whatever it looks like\n"                                    \
    "      --follow           fetch the pages that feeds and sitemaps lead to\n"                                       \
    "      --allow-private    fetch from addresses of private networks too\n"                                          \
    "  -l, --language CODE    pt, es or en, whatever the report says\n"                                                \
    "  -p, --published DATE   ISO date of reports that tell none: anchors \"yesterday\"\n"                             \
    "  -L, --lexicon DIR      adds to and overrules the lexicon; may be repeated\n"                                    \
    "  -j, --threads N        threads (default: one a processor); the output is the same\n"

enum { OPTION_FOLLOW = 256, OPTION_ALLOW_PRIVATE, OPTION_OWN };

/* What is usual. */
Input input_new(void);

/* Applies an option: CLI_DONE; CLI_USAGE, and the mistake is told in the name of
 * `command`; -1 if it is none of these. */
int input_apply(Input *input, const char *command, int option, const char *value);

/* Tells a mistake in the usage of a command; returns CLI_USAGE. */
int wrong_usage(const char *command, const char *message, const char *value);

/* The position of `name` in a NULL-ended list, or -1. */
int choice(const char *name, const char *const *names);

/* Columns of the terminal that standard output is; 80 if it is none. */
unsigned output_width(void);

/* A whole number from 1 to `most`, or -1. */
long positive(const char *text, long most);

/* What is done with the reports. */
typedef struct Taker {
    void *context;
    /* In any thread: makes of a reading, which it takes over, what `take` wants; NULL and
     * `error` if it cannot. */
    void *(*work)(void *context, RelatoReading *reading, RelatoError *error);
    /* In one thread, in the order of the input. False, and it has told why: no more is read. */
    bool (*take)(void *context, void *result, const RelatoRecord *record);
    /* What else the line on standard error tells of the way; may be NULL. */
    void (*tell)(void *context, char *text, size_t size);
    const char *verb; /* "read": what is done to the reports */
} Taker;

/* Reads all that stands under the names (none: standard input); what fails is
 * named on standard error and the rest goes on. Returns the exit status. */
int input_run(const Input *input, const RelatoKnowledge *knowledge, char **names, size_t count, const Taker *taker);

/* Opens lexicons and models; NULL, and it has told why. */
RelatoKnowledge *input_knowledge(const Input *input);

/* Says something on standard error, in the place of the line that tells how far it is. */
void input_complain(const char *name, size_t line, const RelatoError *error);

#endif
