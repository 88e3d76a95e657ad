/* relato read: reports in, readings out, in the order of the input. */
#include <errno.h>
#include <getopt.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"
#include "relato.h"

enum { MOST_THREADS = 256, SLOTS_PER_THREAD = 8, MOST_LEXICONS = 7 };

typedef struct Settings {
    RelatoOutput output;
    RelatoSourceOptions input;
    RelatoReadOptions read;
    RelatoLayout layout;
    const char *lexicons[MOST_LEXICONS];
    size_t lexicon_count;
    size_t threads;
} Settings;

/* ---- the ring of work ------------------------------------------------------
 * The main thread fills slots with records in order, the workers turn them into
 * output in any order, the main thread prints them in order again. The ring
 * bounds the memory: no more than its slots are under way. */

typedef enum SlotState { SLOT_FREE, SLOT_WAITING, SLOT_TAKEN, SLOT_DONE } SlotState;

typedef struct Slot {
    SlotState state;
    RelatoRecord record;
    RelatoError error; /* status is not RELATO_OK: no output, or that of a text alone */
    char *output;
    size_t size;
} Slot;

typedef struct Ring {
    pthread_mutex_t lock;
    pthread_cond_t work, done;
    Slot *slots; /* (count); record n stands in slot n % count */
    size_t count;
    size_t filled, taken, printed; /* records so far; printed <= taken <= filled */
    bool closed;                   /* no more will be filled */
    const RelatoKnowledge *knowledge;
    const Settings *settings;
} Ring;

static void read_slot(const Ring *ring, Slot *slot)
{
    RelatoReading *reading = relato_read(ring->knowledge, &slot->record, &ring->settings->read, &slot->error);
    if (!reading)
        return;
    slot->output = relato_reading_format(reading, ring->settings->output, &ring->settings->layout, &slot->size);
    relato_reading_free(reading);
    if (!slot->output) {
        slot->error.status = RELATO_ERROR_MEMORY;
        snprintf(slot->error.message, sizeof slot->error.message, "out of memory");
    }
}

static void *work(void *argument)
{
    Ring *ring = argument;
    pthread_mutex_lock(&ring->lock);
    for (;;) {
        while (ring->taken == ring->filled && !ring->closed)
            pthread_cond_wait(&ring->work, &ring->lock);
        if (ring->taken == ring->filled)
            break;
        Slot *slot = &ring->slots[ring->taken++ % ring->count];
        if (slot->state == SLOT_DONE) { /* an input that could not be had: nothing to do */
            pthread_cond_signal(&ring->done);
            continue;
        }
        slot->state = SLOT_TAKEN;
        pthread_mutex_unlock(&ring->lock);
        read_slot(ring, slot);
        pthread_mutex_lock(&ring->lock);
        slot->state = SLOT_DONE;
        pthread_cond_signal(&ring->done);
    }
    pthread_mutex_unlock(&ring->lock);
    return NULL;
}

/* ---- printing -------------------------------------------------------------- */

typedef struct Printer {
    size_t read, failed;
    bool broken;        /* standard output takes no more */
    bool progress;      /* a line on standard error tells how far it is */
    double began, told; /* seconds */
    bool parted;        /* something was printed: the next dossier is set apart */
} Printer;

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void clear_progress(Printer *printer)
{
    if (printer->progress && printer->told > printer->began)
        fputs("\r\033[K", stderr);
}

static void tell_progress(Printer *printer)
{
    double now = seconds();
    if (!printer->progress || now - printer->told < 0.5)
        return;
    printer->told = now;
    fprintf(stderr, "\r\033[K%zu reports read, %.0f a second", printer->read,
            (double)printer->read / (now - printer->began));
}

static void print_error(Printer *printer, const char *name, size_t line, const RelatoError *error)
{
    clear_progress(printer);
    printer->failed++;
    fprintf(stderr, "relato: %s", !name || !strcmp(name, "-") ? "standard input" : name);
    if (line || error->line)
        fprintf(stderr, ":%zu", line ? line + (error->line ? error->line - 1 : 0) : error->line);
    fprintf(stderr, ": %s\n", error->message); /* it names the byte, if there is one */
}

static void print_slot(Printer *printer, const Settings *settings, Slot *slot)
{
    if (slot->error.status != RELATO_OK)
        print_error(printer, slot->record.name, slot->record.line, &slot->error);
    if (slot->output) {
        printer->read++;
        if (settings->output == RELATO_OUTPUT_TEXT && printer->parted && !printer->broken)
            printer->broken = fputs("\n\n", stdout) == EOF;
        if (!printer->broken && fwrite(slot->output, 1, slot->size, stdout) != slot->size)
            printer->broken = true;
        printer->parted = true;
    }
    free(slot->output);
    relato_record_free(&slot->record);
    *slot = (Slot){ .state = SLOT_FREE };
    tell_progress(printer);
}

/* Prints what is done at the head of the ring, waiting until no more than
 * `most` records are under way. */
static void print_ready(Ring *ring, Printer *printer, size_t most)
{
    pthread_mutex_lock(&ring->lock);
    while (ring->printed < ring->filled) {
        Slot *slot = &ring->slots[ring->printed % ring->count];
        if (slot->state != SLOT_DONE || ring->printed == ring->taken) {
            if (ring->filled - ring->printed <= most)
                break;
            pthread_cond_wait(&ring->done, &ring->lock);
            continue;
        }
        pthread_mutex_unlock(&ring->lock);
        print_slot(printer, ring->settings, slot);
        pthread_mutex_lock(&ring->lock);
        ring->printed++;
    }
    pthread_mutex_unlock(&ring->lock);
}

/* ---- reading the inputs ----------------------------------------------------- */

/* Puts a record, or the error that stands for it, into the ring. */
static void fill(Ring *ring, Printer *printer, RelatoRecord record, const RelatoError *error)
{
    print_ready(ring, printer, ring->count - 1);
    pthread_mutex_lock(&ring->lock);
    Slot *slot = &ring->slots[ring->filled++ % ring->count];
    *slot = (Slot){ .state = error ? SLOT_DONE : SLOT_WAITING, .record = record };
    if (error)
        slot->error = *error;
    pthread_cond_signal(&ring->work);
    pthread_mutex_unlock(&ring->lock);
}

static void read_input(Ring *ring, Printer *printer, const char *name)
{
    RelatoError error = { RELATO_OK };
    RelatoSource *source = relato_source_open(name, &ring->settings->input, &error);
    if (!source) {
        fill(ring, printer, (RelatoRecord){ .name = name }, &error);
        return;
    }
    for (;;) {
        RelatoRecord record = { 0 };
        error = (RelatoError){ RELATO_OK };
        int got = relato_source_next(source, &record, &error);
        if (got == 0 || printer->broken)
            break;
        if (got < 0 && !record.name)
            record.name = name;
        fill(ring, printer, record, got < 0 ? &error : NULL);
    }
    relato_source_close(source);
}

static int read_all(const RelatoKnowledge *knowledge, const Settings *settings, char **names, size_t name_count)
{
    Ring ring = { .knowledge = knowledge, .settings = settings, .count = settings->threads * SLOTS_PER_THREAD };
    pthread_t threads[MOST_THREADS];
    size_t started = 0;
    ring.slots = calloc(ring.count, sizeof *ring.slots);
    pthread_mutex_init(&ring.lock, NULL);
    pthread_cond_init(&ring.work, NULL);
    pthread_cond_init(&ring.done, NULL);
    while (ring.slots && started < settings->threads && pthread_create(&threads[started], NULL, work, &ring) == 0)
        started++;
    if (started == 0) {
        fputs("relato: no thread can be started: out of memory\n", stderr);
        free(ring.slots);
        return CLI_FAILED;
    }
    double now = seconds();
    Printer printer = { .progress = isatty(STDERR_FILENO) && !isatty(STDOUT_FILENO), .began = now, .told = now };
    for (size_t i = 0; i < name_count; i++)
        read_input(&ring, &printer, names[i]);

    pthread_mutex_lock(&ring.lock);
    ring.closed = true;
    pthread_cond_broadcast(&ring.work);
    pthread_mutex_unlock(&ring.lock);
    print_ready(&ring, &printer, 0);
    for (size_t i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    clear_progress(&printer);
    free(ring.slots);
    if (fflush(stdout) == EOF || printer.broken) {
        fprintf(stderr, "relato: standard output: %s\n", strerror(errno));
        return CLI_FAILED;
    }
    return printer.failed ? CLI_FAILED : CLI_DONE;
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
                           "  -i, --input FORMAT     text, html, json or conllu, whatever it looks like\n"
                           "      --follow           fetch the pages that feeds and sitemaps lead to\n"
                           "      --allow-private    fetch from addresses of private networks too\n"
                           "  -l, --language CODE    pt, es or en, whatever the report says\n"
                           "  -p, --published DATE   ISO date of reports that tell none: anchors \"yesterday\"\n"
                           "  -L, --lexicon DIR      adds to and overrules the lexicon; may be repeated\n"
                           "  -j, --threads N        threads (default: one a processor); the output is the same\n"
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

static int wrong_usage(const char *message, const char *value)
{
    fprintf(stderr, "relato read: %s%s%s; \"relato read --help\" tells more\n", message, value ? " " : "",
            value ? value : "");
    return CLI_USAGE;
}

/* Position of `name` in a NULL-ended list, or -1. */
static int choice(const char *name, const char *const *names)
{
    for (int i = 0; names[i]; i++)
        if (!strcmp(name, names[i]))
            return i;
    return -1;
}

static unsigned terminal_width(void)
{
    struct winsize size;
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20 ? size.ws_col : 80;
}

static long positive(const char *text, long most)
{
    char *end;
    long value = strtol(text, &end, 10);
    return *text && !*end && value > 0 && value <= most ? value : -1;
}

enum { OPTION_COLOUR = 256, OPTION_WIDTH, OPTION_FOLLOW, OPTION_ALLOW_PRIVATE };

static const struct option long_options[] = {
    { "format", required_argument, NULL, 'f' },
    { "input", required_argument, NULL, 'i' },
    { "language", required_argument, NULL, 'l' },
    { "published", required_argument, NULL, 'p' },
    { "lexicon", required_argument, NULL, 'L' },
    { "threads", required_argument, NULL, 'j' },
    { "colour", required_argument, NULL, OPTION_COLOUR },
    { "color", required_argument, NULL, OPTION_COLOUR },
    { "width", required_argument, NULL, OPTION_WIDTH },
    { "follow", no_argument, NULL, OPTION_FOLLOW },
    { "allow-private", no_argument, NULL, OPTION_ALLOW_PRIVATE },
    { "help", no_argument, NULL, 'h' },
    { 0 },
};

/* Applies one option; CLI_USAGE if its value is wrong, else CLI_DONE. */
static int apply(Settings *settings, int option, const char *value)
{
    static const char *const outputs[] = { "text", "json", "conllu", "timeml", NULL };
    static const char *const inputs[] = { "auto", "text", "html", "json", "conllu", NULL };
    static const char *const whens[] = { "auto", "always", "never", NULL };
    int chosen;
    long number;
    switch (option) {
    case 'f':
        if ((chosen = choice(value, outputs)) < 0)
            return wrong_usage("unknown format", value);
        settings->output = (RelatoOutput)chosen;
        return CLI_DONE;
    case 'i':
        if ((chosen = choice(value, inputs)) < 0)
            return wrong_usage("unknown input format", value);
        settings->input.format = (RelatoFormat)chosen;
        return CLI_DONE;
    case OPTION_FOLLOW:
        settings->input.follow = true;
        return CLI_DONE;
    case OPTION_ALLOW_PRIVATE:
        settings->input.allow_private = true;
        return CLI_DONE;
    case 'l':
        settings->read.language = value;
        return CLI_DONE;
    case 'p':
        if (!relato_date_valid(value))
            return wrong_usage("--published needs a date such as 2024-01-31, not", value);
        settings->read.published = value;
        return CLI_DONE;
    case 'L':
        if (settings->lexicon_count == MOST_LEXICONS)
            return wrong_usage("too many lexicon folders", NULL);
        settings->lexicons[settings->lexicon_count++] = value;
        return CLI_DONE;
    case 'j':
        if ((number = positive(value, MOST_THREADS)) < 0)
            return wrong_usage("-j needs a number from 1 to 256, not", value);
        settings->threads = (size_t)number;
        return CLI_DONE;
    case OPTION_COLOUR:
        if ((chosen = choice(value, whens)) < 0)
            return wrong_usage("--colour needs auto, always or never, not", value);
        if (chosen > 0)
            settings->layout.colour = chosen == 1;
        return CLI_DONE;
    case OPTION_WIDTH:
        if ((number = positive(value, 10000)) < 0)
            return wrong_usage("--width needs a number of columns, not", value);
        settings->layout.width = (unsigned)number;
        return CLI_DONE;
    default:
        return wrong_usage("wrong option", NULL);
    }
}

int cli_read(int count, char **arguments)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    bool terminal = isatty(STDOUT_FILENO);
    Settings settings = {
        .threads = processors < 1              ? 1
                   : processors > MOST_THREADS ? MOST_THREADS
                                               : (size_t)processors,
        .layout = { .width = terminal ? terminal_width() : 80, .colour = terminal && !getenv("NO_COLOR") },
    };
    for (int option; (option = getopt_long(count, arguments, "f:i:l:p:L:j:h", long_options, NULL)) != -1;) {
        if (option == 'h') {
            fputs(help, stdout);
            return CLI_DONE;
        }
        int status = option == '?' ? CLI_USAGE : apply(&settings, option, optarg);
        if (status != CLI_DONE)
            return status;
    }
    static char standard_input[] = "-";
    char *only[] = { standard_input };
    settings.read.keep_foreign = settings.output == RELATO_OUTPUT_JSON;
    char **names = arguments + optind;
    size_t name_count = (size_t)(count - optind);
    if (name_count == 0) {
        if (isatty(STDIN_FILENO))
            return wrong_usage("no FILE, and standard input is a terminal", NULL);
        names = only;
        name_count = 1;
    }
    RelatoError error;
    RelatoKnowledge *knowledge = relato_knowledge_open(NULL, settings.lexicons, settings.lexicon_count, &error);
    if (!knowledge) {
        fprintf(stderr, "relato: %s\n", error.message);
        return CLI_FAILED;
    }
    int status = read_all(knowledge, &settings, names, name_count);
    relato_knowledge_close(knowledge);
    return status;
}
