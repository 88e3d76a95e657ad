/* relato events, timeline, figures, claims, sources, entities, search, explain:
 * questions to an archive. */
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/input.h"

enum { TEXT_LIMIT = 50, MOST_ROWS = 1000000000 };

typedef struct Asking {
    const char *command, *archive;
    RelatoQuestion question;
    RelatoFilter filter;
    RelatoAnswerOptions options;
    long limit; /* -1: the usual */
} Asking;

/* ---- options --------------------------------------------------------------------- */

enum {
    OPTION_ACTOR = 256,
    OPTION_RECIPIENT,
    OPTION_ENTITY,
    OPTION_COUNTRY,
    OPTION_TYPE,
    OPTION_REALITY,
    OPTION_SINCE,
    OPTION_UNTIL,
    OPTION_PLACE,
    OPTION_SOURCE,
    OPTION_KIND,
    OPTION_STANCE,
    OPTION_OUTLET,
    OPTION_TEXT,
    OPTION_ANONYMOUS,
    OPTION_DISPUTED,
    OPTION_LATEST,
    OPTION_LIMIT,
    OPTION_OFFSET,
    OPTION_OF,
    OPTION_IN,
    OPTION_COLOUR,
    OPTION_WIDTH
};

static const struct option long_options[] = {
    { "format", required_argument, NULL, 'f' },
    { "actor", required_argument, NULL, OPTION_ACTOR },
    { "recipient", required_argument, NULL, OPTION_RECIPIENT },
    { "entity", required_argument, NULL, OPTION_ENTITY },
    { "country", required_argument, NULL, OPTION_COUNTRY },
    { "type", required_argument, NULL, OPTION_TYPE },
    { "reality", required_argument, NULL, OPTION_REALITY },
    { "since", required_argument, NULL, OPTION_SINCE },
    { "until", required_argument, NULL, OPTION_UNTIL },
    { "place", required_argument, NULL, OPTION_PLACE },
    { "source", required_argument, NULL, OPTION_SOURCE },
    { "kind", required_argument, NULL, OPTION_KIND },
    { "stance", required_argument, NULL, OPTION_STANCE },
    { "language", required_argument, NULL, 'l' },
    { "outlet", required_argument, NULL, OPTION_OUTLET },
    { "text", required_argument, NULL, OPTION_TEXT },
    { "anonymous", no_argument, NULL, OPTION_ANONYMOUS },
    { "disputed", no_argument, NULL, OPTION_DISPUTED },
    { "latest", no_argument, NULL, OPTION_LATEST },
    { "limit", required_argument, NULL, OPTION_LIMIT },
    { "offset", required_argument, NULL, OPTION_OFFSET },
    { "of", required_argument, NULL, OPTION_OF },
    { "in", required_argument, NULL, OPTION_IN },
    { "colour", required_argument, NULL, OPTION_COLOUR },
    { "color", required_argument, NULL, OPTION_COLOUR },
    { "width", required_argument, NULL, OPTION_WIDTH },
    { "help", no_argument, NULL, 'h' },
    { 0 },
};

/* Where the value of an option that is a text of the filter belongs; NULL: it is none. */
static const char **text_of(RelatoFilter *filter, int option)
{
    switch (option) {
    case OPTION_ACTOR:
        return &filter->actor;
    case OPTION_RECIPIENT:
        return &filter->recipient;
    case OPTION_ENTITY:
        return &filter->entity;
    case OPTION_COUNTRY:
        return &filter->country;
    case OPTION_TYPE:
        return &filter->type;
    case OPTION_REALITY:
        return &filter->reality;
    case OPTION_SINCE:
        return &filter->since;
    case OPTION_UNTIL:
        return &filter->until;
    case OPTION_PLACE:
        return &filter->place;
    case OPTION_SOURCE:
        return &filter->source;
    case OPTION_KIND:
        return &filter->kind;
    case OPTION_STANCE:
        return &filter->stance;
    case OPTION_OUTLET:
        return &filter->outlet;
    case OPTION_TEXT:
        return &filter->text;
    case 'l':
        return &filter->language;
    default:
        return NULL;
    }
}

static int apply_format(Asking *asking, const char *value)
{
    for (int i = 0; i < RELATO_ANSWER_FORMAT_COUNT; i++)
        if (!strcmp(value, relato_answer_format_name((RelatoAnswerFormat)i))) {
            asking->options.format = (RelatoAnswerFormat)i;
            return CLI_DONE;
        }
    return wrong_usage(asking->command, "unknown format", value);
}

/* What "explain" explains. */
static int apply_of(Asking *asking, const char *value)
{
    for (int i = RELATO_ASK_EVENT; i <= RELATO_ASK_REPORT; i++)
        if (!strcmp(asking->command, "explain") && !strcmp(value, relato_question_name((RelatoQuestion)i))) {
            asking->question = (RelatoQuestion)i;
            return CLI_DONE;
        }
    return wrong_usage(asking->command, "--of goes with explain and needs event, entity or report, not", value);
}

/* A number from 0; -1 if it is none. */
static long number_from_zero(const char *value)
{
    return strcmp(value, "0") ? positive(value, MOST_ROWS) : 0;
}

static int apply(Asking *asking, int option, const char *value)
{
    static const char *const whens[] = { "auto", "always", "never", NULL };
    const char **text = text_of(&asking->filter, option);
    long number = 0;
    int chosen;
    if (text) {
        *text = value;
        return CLI_DONE;
    }
    switch (option) {
    case 'f':
        return apply_format(asking, value);
    case OPTION_OF:
        return apply_of(asking, value);
    case OPTION_ANONYMOUS:
        asking->filter.anonymous = true;
        return CLI_DONE;
    case OPTION_DISPUTED:
        asking->filter.disputed = true;
        return CLI_DONE;
    case OPTION_LATEST:
        asking->filter.latest = true;
        return CLI_DONE;
    case OPTION_LIMIT:
        asking->limit = number = number_from_zero(value);
        return number < 0 ? wrong_usage(asking->command, "--limit needs a number, not", value) : CLI_DONE;
    case OPTION_OFFSET:
        asking->filter.offset = (size_t)(number = number_from_zero(value));
        return number < 0 ? wrong_usage(asking->command, "--offset needs a number, not", value) : CLI_DONE;
    case OPTION_IN:
        asking->options.language = value;
        return CLI_DONE;
    case OPTION_COLOUR:
        if ((chosen = choice(value, whens)) < 0)
            return wrong_usage(asking->command, "--colour needs auto, always or never, not", value);
        if (chosen > 0)
            asking->options.layout.colour = chosen == 1;
        return CLI_DONE;
    case OPTION_WIDTH:
        if ((number = positive(value, 10000)) < 0)
            return wrong_usage(asking->command, "--width needs a number of columns, not", value);
        asking->options.layout.width = (unsigned)number;
        return CLI_DONE;
    default:
        return CLI_USAGE;
    }
}

static void print_help(const Asking *asking)
{
    bool search = !strcmp(asking->command, "search"), explain = !strcmp(asking->command, "explain");
    printf("Usage: relato %s [OPTION]... ARCHIVE%s\n", asking->command, search ? " WORD..." : explain ? " ID" : "");
    fputs("Asks an archive that \"relato add\" has filled.\n"
          "\n"
          "Filters, as far as they go with the question:\n"
          "      --actor NAME       who acts: a name, its id in the archive, or a country's code\n"
          "      --recipient NAME   on whom\n"
          "      --entity NAME      who acts or on whom\n"
          "      --country CODE     where, or of whom: \"RUS\"; of claims: of the source\n"
          "      --type TYPE        PLOVER's: ASSAULT ...; of entities: person, organisation, place, group\n"
          "      --reality R        actual, planned, possible, negated\n"
          "      --since DAY --until DAY\n"
          "                         events that begin, or reports published, between these\n"
          "      --place NAME       where it happens\n"
          "      --source NAME      who says so\n"
          "      --kind KIND        of source: person, official, spokesperson, institution, outlet,\n"
          "                         document, witness, expert, source, public\n"
          "      --stance STANCE    says, denies, confirms, admits, accuses, announces, demands, warns,\n"
          "                         estimates, declines\n"
          "      --anonymous        claims of people without a name\n"
          "      --disputed         events that some assert and others deny\n"
          "  -l, --language CODE    of the reports: pt, es, en\n"
          "      --outlet NAME      of the reports\n"
          "      --text WORDS       in the reports: accents and inflection do not matter\n"
          "\n"
          "      --latest           the last first\n"
          "      --limit N          at most N; 0: all (default: 50 as text, else all)\n"
          "      --offset N         after N\n"
          "  -f, --format FORMAT    text (default), json, csv; of events plover, geojson, ics, jsonld;\n"
          "                         of entities gexf, graphml: who deals with whom\n"
          "      --of WHAT          explain: event (default), entity or report\n"
          "      --in CODE          language of the text: pt, es, en (default: the locale's)\n"
          "      --colour WHEN      auto (default), always or never\n"
          "      --width N          columns of the text (default: the terminal's)\n"
          "  -h, --help\n"
          "\n"
          "  relato timeline war.relato --country UKR --since 2022-02-24 --until 2022-03-31\n"
          "  relato claims war.relato --anonymous --format csv > unnamed.csv\n"
          "  relato search war.relato cessar-fogo\n",
          stdout);
}

/* ---- asking -------------------------------------------------------------------------- */

static int ask(const Asking *asking, RelatoArchive *archive)
{
    RelatoError error = { RELATO_OK };
    RelatoPage page;
    size_t size;
    char *answer =
        relato_archive_ask(archive, asking->question, &asking->filter, &asking->options, &size, &page, &error);
    if (!answer) {
        if (error.status == RELATO_ERROR_USAGE)
            return wrong_usage(asking->command, error.message, NULL);
        fprintf(stderr, "relato: %s: %s\n", asking->archive, error.message);
        return CLI_FAILED;
    }
    bool written = fwrite(answer, 1, size, stdout) == size && fflush(stdout) == 0;
    if (!written)
        fprintf(stderr, "relato: standard output: %s\n", strerror(errno));
    else if (page.more)
        fprintf(stderr, "relato: %zu shown, there are more: --limit 0 shows all, --offset %zu those behind\n",
                page.shown, asking->filter.offset + page.shown);
    free(answer);
    return written ? CLI_DONE : CLI_FAILED;
}

static int open_and_ask(Asking *asking)
{
    RelatoError error;
    RelatoKnowledge *knowledge = relato_knowledge_open(NULL, NULL, 0, &error);
    if (!knowledge) {
        fprintf(stderr, "relato: %s\n", error.message);
        return CLI_FAILED;
    }
    asking->options.knowledge = knowledge;
    int status = CLI_FAILED;
    RelatoArchive *archive = relato_archive_open(asking->archive, NULL, &error);
    if (archive)
        status = ask(asking, archive);
    else
        fprintf(stderr, "relato: %s: %s\n", asking->archive, error.message);
    relato_archive_close(archive);
    relato_knowledge_close(knowledge);
    return status;
}

/* The language of the user's locale: "pt" of "pt_PT.UTF-8". */
static const char *locale_language(char code[4])
{
    const char *locale = getenv("LC_ALL");
    if (!locale || !*locale)
        locale = getenv("LC_MESSAGES");
    if (!locale || !*locale)
        locale = getenv("LANG");
    snprintf(code, 4, "%.2s", locale ? locale : "en");
    return code;
}

/* The words to search for, in one text; the caller frees it. */
static char *joined(char **words, int count)
{
    size_t size = 1;
    for (int i = 0; i < count; i++)
        size += strlen(words[i]) + 1;
    char *text = calloc(1, size), *at = text;
    for (int i = 0; text && i < count; i++)
        at += sprintf(at, "%s%s", i ? " " : "", words[i]);
    return text;
}

/* What stands behind the options: the archive, and words or an id. */
static int ask_with(Asking *asking, char **rest, int count)
{
    bool search = !strcmp(asking->command, "search"), explain = !strcmp(asking->command, "explain");
    if (count == 0)
        return wrong_usage(asking->command, "no ARCHIVE", NULL);
    asking->archive = rest[0];
    if (search && count > 1) {
        char *words = joined(rest + 1, count - 1);
        asking->filter.text = words;
        int status = open_and_ask(asking);
        free(words);
        return status;
    }
    if (search && !asking->filter.text)
        return wrong_usage(asking->command, "no WORD to search for", NULL);
    if (explain && count == 2)
        asking->filter.id = positive(rest[1], LONG_MAX);
    if (explain && (count != 2 || asking->filter.id <= 0))
        return wrong_usage(asking->command, "needs ARCHIVE and the ID of one event", NULL);
    if (!explain && count > 1)
        return wrong_usage(asking->command, "one ARCHIVE at a time, not also", rest[1]);
    return open_and_ask(asking);
}

static RelatoQuestion question_of(const char *command)
{
    if (!strcmp(command, "search"))
        return RELATO_ASK_REPORTS;
    for (int i = 0; i < RELATO_QUESTION_COUNT; i++)
        if (!strcmp(command, relato_question_name((RelatoQuestion)i)))
            return (RelatoQuestion)i;
    return RELATO_ASK_EVENT;
}

int cli_ask(int count, char **arguments)
{
    char code[4];
    bool terminal = isatty(STDOUT_FILENO);
    Asking asking = { .command = arguments[0],
                      .question = question_of(arguments[0]),
                      .limit = -1,
                      .options = { .format = RELATO_ANSWER_TEXT,
                                   .layout = { .width = output_width(), .colour = terminal && !getenv("NO_COLOR") },
                                   .language = locale_language(code) } };
    for (int option; (option = getopt_long(count, arguments, "f:l:h", long_options, NULL)) != -1;) {
        if (option == 'h') {
            print_help(&asking);
            return CLI_DONE;
        }
        int status = apply(&asking, option, optarg);
        if (status != CLI_DONE)
            return status;
    }
    long usual = asking.options.format == RELATO_ANSWER_TEXT ? TEXT_LIMIT : 0;
    asking.filter.limit = (size_t)(asking.limit < 0 ? usual : asking.limit);
    return ask_with(&asking, arguments + optind, count - optind);
}
