#include "cli/input.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"

enum { MOST_THREADS = 256, SLOTS_PER_THREAD = 8 };

/* ---- options ----------------------------------------------------------------- */

Input input_new(void)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    return (Input){ .threads = processors < 1 ? 1 : processors > MOST_THREADS ? MOST_THREADS : (size_t)processors };
}

int wrong_usage(const char *command, const char *message, const char *value)
{
    fprintf(stderr, "relato %s: %s%s%s; \"relato %s --help\" tells more\n", command, message, value ? " " : "",
            value ? value : "", command);
    return CLI_USAGE;
}

int choice(const char *name, const char *const *names)
{
    for (int i = 0; names[i]; i++)
        if (!strcmp(name, names[i]))
            return i;
    return -1;
}

unsigned output_width(void)
{
    struct winsize size;
    return isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20 ? size.ws_col
                                                                                                      : 80;
}

long positive(const char *text, long most)
{
    char *end;
    long value = strtol(text, &end, 10);
    return *text && !*end && value > 0 && value <= most ? value : -1;
}

int input_apply(Input *input, const char *command, int option, const char *value)
{
    static const char *const formats[] = { "auto", "text", "html", "json", "conllu", NULL };
    int chosen;
    long number;
    switch (option) {
    case 'i':
        if ((chosen = choice(value, formats)) < 0)
            return wrong_usage(command, "unknown input format", value);
        input->source.format = (RelatoFormat)chosen;
        return CLI_DONE;
    case OPTION_FOLLOW:
        input->source.follow = true;
        return CLI_DONE;
    case OPTION_ALLOW_PRIVATE:
        input->source.allow_private = true;
        return CLI_DONE;
    case 'l':
        input->read.language = value;
        return CLI_DONE;
    case 'p':
        if (!relato_date_valid(value))
            return wrong_usage(command, "--published needs a date such as 2024-01-31, not", value);
        input->read.published = value;
        return CLI_DONE;
    case 'L':
        if (input->lexicon_count == INPUT_MOST_LEXICONS)
            return wrong_usage(command, "too many lexicon folders", NULL);
        input->lexicons[input->lexicon_count++] = value;
        return CLI_DONE;
    case 'j':
        if ((number = positive(value, MOST_THREADS)) < 0)
            return wrong_usage(command, "-j needs a number from 1 to 256, not", value);
        input->threads = (size_t)number;
        return CLI_DONE;
    default:
        return -1;
    }
}

RelatoKnowledge *input_knowledge(const Input *input)
{
    RelatoError error;
    RelatoKnowledge *knowledge = relato_knowledge_open(NULL, input->lexicons, input->lexicon_count, &error);
    if (!knowledge)
        fprintf(stderr, "relato: %s\n", error.message);
    return knowledge;
}

/* ---- the ring of work ------------------------------------------------------
 * The main thread fills slots with records in order, the workers make of them
 * what the taker wants in any order, the main thread hands it out in order again.
 * The ring bounds the memory: no more than its slots are under way. */

typedef enum SlotState { SLOT_FREE, SLOT_WAITING, SLOT_TAKEN, SLOT_DONE } SlotState;

typedef struct Slot {
    SlotState state;
    RelatoRecord record;
    RelatoError error; /* status is not RELATO_OK: no result, or that of a text alone */
    void *result;
} Slot;

typedef struct Ring {
    pthread_mutex_t lock;
    pthread_cond_t work, done;
    Slot *slots; /* (count); record n stands in slot n % count */
    size_t count;
    size_t filled, taken, given; /* records so far; given <= taken <= filled */
    bool closed;                 /* no more will be filled */
    bool stopped;                /* the taker wants no more */
    const RelatoKnowledge *knowledge;
    const Input *input;
    const Taker *taker;
    size_t read, failed;
    bool progress;        /* a line on standard error tells how far it is */
    double began, told;   /* seconds */
    double behind, whole; /* bytes of the records behind it and of all files; whole is 0 if that cannot be told */
} Ring;

static void read_slot(const Ring *ring, Slot *slot)
{
    RelatoReading *reading = relato_read(ring->knowledge, &slot->record, &ring->input->read, &slot->error);
    if (reading)
        slot->result = ring->taker->work(ring->taker->context, reading, &slot->error);
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

/* ---- handing out ------------------------------------------------------------- */

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void clear_progress(Ring *ring)
{
    if (ring->progress && ring->told > ring->began)
        fputs("\r\033[K", stderr);
}

/* Bytes of all the files; 0 if one is no plain file, or packed, so that it holds more. */
static double whole_size(char **names, size_t count)
{
    double whole = 0;
    for (size_t i = 0; i < count; i++) {
        struct stat status;
        const char *ending = strrchr(names[i], '.');
        bool packed = ending && (!strcmp(ending, ".gz") || !strcmp(ending, ".zst") || !strcmp(ending, ".zip"));
        if (packed || stat(names[i], &status) != 0 || !S_ISREG(status.st_mode))
            return 0;
        whole += (double)status.st_size;
    }
    return whole;
}

/* "2:05 left", or nothing while that cannot be told. */
static void add_time_left(const Ring *ring, double now, char *text, size_t size)
{
    *text = '\0';
    if (ring->behind <= 0 || ring->behind >= ring->whole)
        return;
    unsigned long left = (unsigned long)((now - ring->began) * (ring->whole - ring->behind) / ring->behind);
    snprintf(text, size, ", %lu:%02lu left", left / 60, left % 60);
}

static void tell_progress(Ring *ring)
{
    double now = seconds();
    if (!ring->progress || now - ring->told < 0.5)
        return;
    char more[160] = "";
    if (ring->taker->tell)
        ring->taker->tell(ring->taker->context, more, sizeof more);
    ring->told = now;
    char left[40];
    add_time_left(ring, now, left, sizeof left);
    fprintf(stderr, "\r\033[K%zu reports %s, %.0f a second%s%s", ring->read, ring->taker->verb,
            (double)ring->read / (now - ring->began), left, more);
}

void input_complain(const char *name, size_t line, const RelatoError *error)
{
    fprintf(stderr, "relato: %s", !name || !strcmp(name, "-") ? "standard input" : name);
    if (line || error->line)
        fprintf(stderr, ":%zu", line ? line + (error->line ? error->line - 1 : 0) : error->line);
    fprintf(stderr, ": %s\n", error->message); /* it names the byte, if there is one */
}

static void give_slot(Ring *ring, Slot *slot)
{
    if (slot->error.status != RELATO_OK && !ring->stopped) {
        clear_progress(ring);
        ring->failed++;
        input_complain(slot->record.name, slot->record.line, &slot->error);
    }
    if (slot->result) {
        ring->read++;
        if (!ring->taker->take(ring->taker->context, slot->result, &slot->record))
            ring->stopped = true;
    }
    ring->behind += (double)slot->record.size;
    relato_record_free(&slot->record);
    *slot = (Slot){ .state = SLOT_FREE };
    tell_progress(ring);
}

/* Hands out what is done at the head of the ring, waiting until no more than
 * `most` records are under way. */
static void give_ready(Ring *ring, size_t most)
{
    pthread_mutex_lock(&ring->lock);
    while (ring->given < ring->filled) {
        Slot *slot = &ring->slots[ring->given % ring->count];
        if (slot->state != SLOT_DONE || ring->given == ring->taken) {
            if (ring->filled - ring->given <= most)
                break;
            pthread_cond_wait(&ring->done, &ring->lock);
            continue;
        }
        pthread_mutex_unlock(&ring->lock);
        give_slot(ring, slot);
        pthread_mutex_lock(&ring->lock);
        ring->given++;
    }
    pthread_mutex_unlock(&ring->lock);
}

/* ---- reading the inputs ----------------------------------------------------- */

/* Puts a record, or the error that stands for it, into the ring. */
static void fill(Ring *ring, RelatoRecord record, const RelatoError *error)
{
    give_ready(ring, ring->count - 1);
    pthread_mutex_lock(&ring->lock);
    Slot *slot = &ring->slots[ring->filled++ % ring->count];
    *slot = (Slot){ .state = error ? SLOT_DONE : SLOT_WAITING, .record = record };
    if (error)
        slot->error = *error;
    pthread_cond_signal(&ring->work);
    pthread_mutex_unlock(&ring->lock);
}

static void read_input(Ring *ring, const char *name)
{
    RelatoError error = { RELATO_OK };
    RelatoSource *source = relato_source_open(name, &ring->input->source, &error);
    if (!source) {
        fill(ring, (RelatoRecord){ .name = name }, &error);
        return;
    }
    while (!ring->stopped) {
        RelatoRecord record = { 0 };
        error = (RelatoError){ RELATO_OK };
        int got = relato_source_next(source, &record, &error);
        if (got == 0)
            break;
        if (got < 0 && !record.name)
            record.name = name;
        fill(ring, record, got < 0 ? &error : NULL);
    }
    relato_source_close(source);
}

static void end_work(Ring *ring, pthread_t *threads, size_t started)
{
    pthread_mutex_lock(&ring->lock);
    ring->closed = true;
    pthread_cond_broadcast(&ring->work);
    pthread_mutex_unlock(&ring->lock);
    give_ready(ring, 0);
    for (size_t i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    clear_progress(ring);
    free(ring->slots);
}

int input_run(const Input *input, const RelatoKnowledge *knowledge, char **names, size_t count, const Taker *taker)
{
    Ring ring = { .knowledge = knowledge, .input = input, .taker = taker, .count = input->threads * SLOTS_PER_THREAD };
    pthread_t threads[MOST_THREADS];
    size_t started = 0;
    ring.slots = calloc(ring.count, sizeof *ring.slots);
    pthread_mutex_init(&ring.lock, NULL);
    pthread_cond_init(&ring.work, NULL);
    pthread_cond_init(&ring.done, NULL);
    while (ring.slots && started < input->threads && pthread_create(&threads[started], NULL, work, &ring) == 0)
        started++;
    if (started == 0) {
        fputs("relato: no thread can be started: out of memory\n", stderr);
        free(ring.slots);
        return CLI_FAILED;
    }
    ring.began = ring.told = seconds();
    ring.whole = whole_size(names, count);
    ring.progress = isatty(STDERR_FILENO) && !isatty(STDOUT_FILENO);
    for (size_t i = 0; i < count && !ring.stopped; i++)
        read_input(&ring, names[i]);
    if (count == 0)
        read_input(&ring, "-");
    end_work(&ring, threads, started);
    return ring.failed || ring.stopped ? CLI_FAILED : CLI_DONE;
}
