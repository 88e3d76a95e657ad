/* The commands: one file each. They use the public API alone. */
#ifndef RELATO_CLI_CLI_H
#define RELATO_CLI_CLI_H

/* Exit statuses. */
enum {
    CLI_DONE = 0,   /* all was read */
    CLI_FAILED = 1, /* some input failed; each was named on standard error */
    CLI_USAGE = 2   /* wrong usage */
};

/* Each takes the arguments from the command's name on and returns the exit status. */
int cli_read(int count, char **arguments);
int cli_add(int count, char **arguments);
int cli_serve(int count, char **arguments);
int cli_ask(int count, char **arguments);     /* events, claims, figures ...: by the command's name */
int cli_correct(int count, char **arguments); /* merge, split */
int cli_lexicon(int count, char **arguments);

#endif
