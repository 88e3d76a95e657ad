/* relato read: reports in, readings out, in the order of the input. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/input.h"
#include "relato.h"

typedef struct Printing {
    Input input;
    RelatoOutput output;
    RelatoLayout layout;
    bool parted; /* something was printed: the next dossier is set apart */
} Printing;

/* What is printed of one report. */
typedef struct Printed {
    char *bytes;
    size_t size;
} Printed;

static void *format_reading(void *context, RelatoReading *reading, RelatoError *error)
{
    const Printing *printing = context;
    Printed *printed = malloc(sizeof *printed);
    if (printed)
        printed->bytes = relato_reading_format(reading, printing->output, &printing->layout, &printed->size);
    relato_reading_free(reading);
    if (printed && printed->bytes)
        return printed;
    free(printed);
    error->status = RELATO_ERROR_MEMORY;
    snprintf(error->message, sizeof error->message, "out of memory");
    return NULL;
}

static bool print(void *context, void *result, const RelatoRecord *record)
{
    (void)record;
    Printing *printing = context;
    Printed *printed = result;
    bool failed = printing->output == RELATO_OUTPUT_TEXT && printing->parted && fputs("\n\n", stdout) == EOF;
    failed = failed || fwrite(printed->bytes, 1, printed->size, stdout) != printed->size;
    printing->parted = true;
    free(printed->bytes);
    free(printed);
    return !failed;
}

/* The names of the columns stand once, before all reports. */
static bool print_header(void)
{
    size_t size;
    char *header = relato_csv_header(&size);
    bool printed = header && fwrite(header, 1, size, stdout) == size;
    free(header);
    return printed;
}

static int read_all(Printing *printing, char **names, size_t count)
{
    const Taker taker = { .context = printing, .work = format_reading, .take = print, .verb = "read" };
    RelatoKnowledge *knowledge = input_knowledge(&printing->input);
    if (!knowledge)
        return CLI_FAILED;
    if (printing->output == RELATO_OUTPUT_CSV && !print_header()) {
        fprintf(stderr, "relato read: standard output: %s\n", strerror(errno));
        relato_knowledge_close(knowledge);
        return CLI_FAILED;
    }
    int status = input_run(&printing->input, knowledge, names, count, &taker);
    relato_knowledge_close(knowledge);
    if (fflush(stdout) == EOF || ferror(stdout)) {
        fprintf(stderr, "relato: standard output: %s\n", strerror(errno));
        return CLI_FAILED;
    }
    return status;
}

/* ---- the command line -------------------------------------------------------- */

static const char help[] = "Usage: relato read [OPTION]... [FILE|DIR|URL]...\n"
                           "Reads news reports and prints what they hold: who, when, how many, and the words\n"
                           "each value rests on. FILE may be a web page, plain text, JSON Lines (members\n"
                           "text, url, title, published, outlet, byline, language), a feed, a web archive\n"
                           "(WARC), a mailbox, a zip or tar archive of these, also packed with gzip or zstd;\n"
                           "\"-\" or no FILE is standard input. What it is is recognised by content.\n"
                           "\n"
                           "  -f, --format FORMAT    text (default): a dossier for people\n"
                           "                         json: one reading a line, as docs/reading.md tells\n"
                           "                         conllu: sentences, tokens and words\n"
                           "                         timeml: the text with its time expressions\n"
                           "                         plover: the events as records of PLOVER, JSON Lines\n"
                           "                         csv: the same as a table\n" INPUT_HELP
                           "      --colour WHEN      auto (default), always or never\n"
                           "      --width N          columns of the dossier (default: the terminal's)\n"
                           "  -h, --help\n"
                           "\n"
                           "Exit status: 0 if all was read, 1 if some input failed (each is named on standard\n"
                           "error, the rest is read), 2 for wrong usage.\n"
                           "\n"
                           "  relato read report.html\n"
                           "  relato read --format json reports.jsonl.gz | jq -r '.entities[].name'\n"
                           "  relato read https://example.org/report\n"
                           "  relato read --format json --follow https://example.org/feed.xml > readings.jsonl\n";

enum { OPTION_COLOUR = OPTION_OWN, OPTION_WIDTH };

static const struct option long_options[] = {
    { "format", required_argument, NULL, 'f' },
    { "colour", required_argument, NULL, OPTION_COLOUR },
    { "color", required_argument, NULL, OPTION_COLOUR },
    { "width", required_argument, NULL, OPTION_WIDTH },
    INPUT_LONG_OPTIONS,
    { 0 },
};

/* Applies one option; CLI_USAGE if its value is wrong, else CLI_DONE. */
static int apply(Printing *printing, int option, const char *value)
{
    static const char *const outputs[] = { "text", "json", "conllu", "timeml", "plover", "csv", NULL };
    static const char *const whens[] = { "auto", "always", "never", NULL };
    int chosen;
    long number;
    switch (option) {
    case 'f':
        if ((chosen = choice(value, outputs)) < 0)
            return wrong_usage("read", "unknown format", value);
        printing->output = (RelatoOutput)chosen;
        return CLI_DONE;
    case OPTION_COLOUR:
        if ((chosen = choice(value, whens)) < 0)
            return wrong_usage("read", "--colour needs auto, always or never, not", value);
        if (chosen > 0)
            printing->layout.colour = chosen == 1;
        return CLI_DONE;
    case OPTION_WIDTH:
        if ((number = positive(value, 10000)) < 0)
            return wrong_usage("read", "--width needs a number of columns, not", value);
        printing->layout.width = (unsigned)number;
        return CLI_DONE;
    default:
        chosen = input_apply(&printing->input, "read", option, value);
        return chosen < 0 ? CLI_USAGE : chosen;
    }
}

int cli_read(int count, char **arguments)
{
    bool terminal = isatty(STDOUT_FILENO);
    Printing printing = { .input = input_new(),
                          .layout = { .width = output_width(), .colour = terminal && !getenv("NO_COLOR") } };
    for (int option; (option = getopt_long(count, arguments, "f:" INPUT_LETTERS, long_options, NULL)) != -1;) {
        if (option == 'h') {
            fputs(help, stdout);
            return CLI_DONE;
        }
        int status = option == '?' ? CLI_USAGE : apply(&printing, option, optarg);
        if (status != CLI_DONE)
            return status;
    }
    if (optind == count && isatty(STDIN_FILENO))
        return wrong_usage("read", "no FILE, and standard input is a terminal", NULL);
    printing.input.read.keep_foreign = printing.output == RELATO_OUTPUT_JSON;
    return read_all(&printing, arguments + optind, (size_t)(count - optind));
}
