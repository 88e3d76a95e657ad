/* Sources: files and standard input as streams of records. */
#include <stdlib.h>

#include "page/content.h"
#include "page/recognise.h"
#include "page/stream.h"

/* When so much was read in a row without one record in it, as small packed
 * files can make it last for days, the source is given up. */
#define IDLE_LIMIT ((size_t)1 << 30)

enum { READ_SIZE = 64 << 10 };

typedef enum Kind { UNDECIDED, LINES, WHOLE, OVER } Kind;

struct RelatoSource {
    const char *name;
    RelatoFormat format;
    Kind kind;
    Stream *stream;
    Buffer bytes; /* read and not yet given out */
    size_t start; /* of what is not yet given out */
    size_t seen;  /* up to here from start there is no line end */
    size_t line;  /* number of the line at start */
    size_t idle;  /* bytes read since the last record */
    bool ended;   /* nothing more comes from the stream, */
    bool failed;  /* because of this fault: */
    Error fault;
};

RelatoSource *relato_source_open(const char *name, RelatoFormat format, RelatoError *error)
{
    RelatoSource *source = calloc(1, sizeof *source);
    if (!source) {
        error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
        return NULL;
    }
    source->name = name;
    source->format = format;
    source->line = 1;
    source->stream = stream_open(name, error);
    if (source->stream)
        return source;
    free(source);
    return NULL;
}

void relato_source_close(RelatoSource *source)
{
    if (!source)
        return;
    stream_close(source->stream);
    buffer_free(&source->bytes);
    free(source);
}

void relato_record_free(RelatoRecord *record)
{
    free((char *)record->bytes);
    *record = (RelatoRecord){ 0 };
}

/* ---- bytes ---------------------------------------------------------------- */

static Str held(const RelatoSource *source)
{
    Str all = buffer_str(&source->bytes);
    return all.size ? str_slice(all, source->start, all.size) : all;
}

/* Drops what was given out, so that a line costs its own length alone. */
static void compact(RelatoSource *source)
{
    if (source->start) {
        source->bytes.size -= source->start;
        memmove(source->bytes.bytes, source->bytes.bytes + source->start, source->bytes.size);
        source->start = 0;
    }
}

/* Reads more; false at the end. */
static bool fill(RelatoSource *source)
{
    if (source->ended)
        return false;
    if (source->start > source->bytes.size / 2)
        compact(source);
    char *end = buffer_reserve(&source->bytes, READ_SIZE);
    size_t got = 0;
    if (end)
        got = stream_read(source->stream, end, READ_SIZE, &source->failed, &source->fault);
    else
        source->failed = !error_set(&source->fault, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
    source->bytes.size += got;
    source->idle += got;
    source->ended = got == 0;
    return got > 0;
}

/* The end of the line at start, its line end not counted; reads on until it is
 * there. Larger than RECORD_LIMIT if the line is too long. */
static size_t line_length(RelatoSource *source)
{
    for (;;) {
        Str rest = held(source);
        size_t end = str_find_byte(rest, '\n', source->seen);
        source->seen = end;
        if (end < rest.size || end > RECORD_LIMIT || !fill(source))
            return end;
    }
}

/* Goes behind the line end that follows the next `length` bytes. */
static void next_line(RelatoSource *source, size_t length)
{
    bool ends = length < held(source).size;
    source->start += length + ends;
    source->line += ends;
    source->seen = 0;
}

/* ---- records -------------------------------------------------------------- */

static int give(RelatoSource *source, RelatoRecord *record, char *bytes, size_t size, RelatoFormat format, size_t line)
{
    *record = (RelatoRecord){ bytes, size, format, source->name, line };
    source->idle = 0;
    return 1;
}

static int end_with(RelatoSource *source, RelatoError *error)
{
    source->kind = OVER;
    if (!source->failed)
        return 0;
    if (error)
        *error = source->fault;
    return -1;
}

/* Reads the rest of the line without keeping it. */
static int skip_long_line(RelatoSource *source, RelatoError *error)
{
    size_t line = source->line;
    while (str_find_byte(held(source), '\n', source->seen) == held(source).size) {
        source->start = source->bytes.size;
        source->seen = 0;
        if (source->idle > IDLE_LIMIT) {
            source->kind = OVER;
            error_set(error, RELATO_ERROR_LIMIT, line, SIZE_MAX,
                      "this line does not end within %zu MB; the rest is left", IDLE_LIMIT >> 20);
            return -1;
        }
        if (!fill(source))
            break;
    }
    next_line(source, str_find_byte(held(source), '\n', 0));
    source->idle = 0;
    error_set(error, RELATO_ERROR_LIMIT, line, SIZE_MAX, "this line is longer than %zu MB", RECORD_LIMIT >> 20);
    return -1;
}

static char *copy_of(Str s)
{
    char *copy = malloc(s.size + 1);
    if (copy) {
        memcpy(copy, s.at, s.size);
        copy[s.size] = '\0';
    }
    return copy;
}

/* Goes past line ends, of which there may be a gigabyte. */
static void skip_line_ends(RelatoSource *source)
{
    Str rest = held(source);
    size_t i = 0;
    while (i < rest.size && rest.at[i] == '\n')
        i++;
    if (i)
        source->seen = 0;
    source->start += i;
    source->line += i;
}

static int next_of_lines(RelatoSource *source, RelatoRecord *record, RelatoError *error)
{
    for (;;) {
        skip_line_ends(source);
        size_t length = line_length(source), line = source->line;
        if (length > RECORD_LIMIT)
            return skip_long_line(source, error);
        if (source->ended && length == held(source).size && (length == 0 || source->failed))
            return end_with(source, error); /* what a fault cut off is no record */
        Str text = { held(source).at, length };
        bool blank = recognise_start(text).size == 0;
        char *copy = blank ? NULL : copy_of(text);
        next_line(source, length);
        if (copy)
            return give(source, record, copy, length, RELATO_FORMAT_JSON, line);
        if (!blank) {
            error_set(error, RELATO_ERROR_MEMORY, line, SIZE_MAX, "out of memory");
            return -1;
        }
        if (source->idle > IDLE_LIMIT) {
            source->kind = OVER;
            error_set(error, RELATO_ERROR_LIMIT, line, SIZE_MAX, "%zu MB of empty lines; the rest is left",
                      IDLE_LIMIT >> 20);
            return -1;
        }
    }
}

static int next_whole(RelatoSource *source, RelatoRecord *record, RelatoError *error)
{
    while (source->bytes.size <= RECORD_LIMIT && fill(source))
        ;
    source->kind = OVER;
    if (source->failed)
        return end_with(source, error);
    if (source->bytes.size > RECORD_LIMIT) {
        error_set(error, RELATO_ERROR_LIMIT, 0, SIZE_MAX, "is larger than %zu MB", RECORD_LIMIT >> 20);
        return -1;
    }
    if (source->bytes.size == 0) {
        error_set(error, RELATO_ERROR_INPUT, 0, SIZE_MAX, "is empty");
        return -1;
    }
    size_t size;
    char *bytes = buffer_take(&source->bytes, &size);
    if (!bytes) {
        error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
        return -1;
    }
    return give(source, record, bytes, size, source->format, 0);
}

/* True as long as too little was read to tell JSON from all else. */
static bool is_undecided(Str bytes)
{
    Str s = recognise_start(bytes);
    return s.size == 0 || (s.at[0] == '{' && recognise_start(str_slice(s, 1, s.size)).size == 0);
}

/* Whether the file is JSON Lines or one record. */
static Kind decide(RelatoSource *source)
{
    if (source->format != RELATO_FORMAT_AUTO && source->format != RELATO_FORMAT_JSON)
        return WHOLE;
    while (is_undecided(held(source)) && source->bytes.size <= RECORD_LIMIT && fill(source))
        ;
    if (!recognise_json(held(source)))
        return source->format == RELATO_FORMAT_JSON && source->bytes.size ? LINES : WHOLE;
    source->format = RELATO_FORMAT_JSON;
    source->seen = (size_t)(recognise_start(held(source)).at - held(source).at);
    size_t end = line_length(source);
    source->seen = 0;
    return end <= RECORD_LIMIT && recognise_open_json((Str){ held(source).at, end }) ? WHOLE : LINES;
}

/* Looks at the beginning of the file; -1 and `error` if it cannot be read. */
static int begin(RelatoSource *source, RelatoError *error)
{
    while (source->bytes.size < 512 && fill(source)) /* 512: the first block of a tar archive */
        ;
    const char *binary = recognise_binary(held(source));
    source->kind = binary ? OVER : decide(source);
    if (!binary)
        return 0;
    error_set(error, RELATO_ERROR_INPUT, 0, SIZE_MAX, "is %s", binary);
    return -1;
}

int relato_source_next(RelatoSource *source, RelatoRecord *record, RelatoError *error)
{
    *record = (RelatoRecord){ 0 };
    if (source->kind == UNDECIDED && begin(source, error) < 0)
        return -1;
    if (source->kind == LINES)
        return next_of_lines(source, record, error);
    return source->kind == WHOLE ? next_whole(source, record, error) : 0;
}
