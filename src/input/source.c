/* Sources: files, folders and standard input as streams of records. */
#include <jansson.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "input/containers.h"
#include "input/fetch.h"
#include "page/content.h"
#include "page/date.h"
#include "page/encoding.h"
#include "page/recognise.h"

enum { READ_SIZE = 64 << 10 };

typedef enum Kind { UNDECIDED, LINES, WHOLE, CONTAINER, OVER } Kind;

struct RelatoSource {
    const char *name;
    char *own_name; /* NULL, or name, which is the source's own: records need a copy */
    RelatoSourceOptions options;
    Kind kind;
    int depth; /* containers around it */
    Stream *stream;
    Reader reader; /* of a container */
    Fetcher *fetcher;
    RelatoSource *outer; /* whose fetcher it uses; NULL: its own */
    Fetched *fetched;    /* where its bytes are from, or NULL */
    size_t fetched_used; /* bytes of them */
    Buffer published;    /* what is known of the date of what was fetched */
    Buffer bytes;        /* read and not yet given out */
    size_t start;        /* of what is not yet given out */
    size_t seen;         /* up to here from start there is no line end */
    size_t line;         /* number of the line at start */
    size_t idle;         /* bytes read since the last record */
    bool ended;          /* nothing more comes from the stream, */
    bool given;          /* a container gave a record or a fault */
    bool failed;         /* because of this fault: */
    Error fault;
};

static RelatoSource *source_new(const char *name, const RelatoSourceOptions *options, Error *error)
{
    RelatoSource *source = calloc(1, sizeof *source);
    if (source)
        *source = (RelatoSource){ .name = name, .line = 1 };
    else
        error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
    if (source && options)
        source->options = *options;
    return source;
}

/* ---- what was fetched, as a stream --------------------------------------------- */

static size_t read_fetched(void *context, char *bytes, size_t size, bool *failed, Error *error)
{
    RelatoSource *source = context;
    (void)failed, (void)error;
    Str rest = str_slice(buffer_str(&source->fetched->bytes), source->fetched_used, source->fetched->bytes.size);
    size = size < rest.size ? size : rest.size;
    if (size)
        memcpy(bytes, rest.at, size);
    source->fetched_used += size;
    return size;
}

static void leave(void *context)
{
    (void)context;
}

static Fetcher *fetcher_of(RelatoSource *source, Error *error)
{
    while (source->outer)
        source = source->outer;
    if (!source->fetcher)
        source->fetcher = fetcher_new(source->options.allow_private, error);
    return source->fetcher;
}

static bool open_address(RelatoSource *source, const char *address, Error *error)
{
    Fetcher *fetcher = fetcher_of(source, error);
    if (!fetcher)
        return false;
    source->fetched = calloc(1, sizeof *source->fetched);
    if (!source->fetched)
        return error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
    if (!fetch(fetcher, address, source->fetched, error))
        return false;
    source->stream = stream_of((Supply){ read_fetched, leave, source }, error);
    return source->stream != NULL;
}

/* ---- opening and closing --------------------------------------------------------- */

static bool is_folder(const char *name)
{
    struct stat status;
    return strcmp(name, "-") && stat(name, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool open_named(RelatoSource *source, Error *error)
{
    if (is_address(source->name))
        return open_address(source, source->name, error);
    if (is_folder(source->name)) {
        source->kind = CONTAINER;
        return folder_open(&source->reader, source, error);
    }
    source->stream = stream_open(source->name, error);
    if (!source->stream && strstr(source->name, "://") && error)
        error_set(error, RELATO_ERROR_IO, 0, SIZE_MAX,
                  "is no file, and of addresses only http: and https: are fetched");
    return source->stream != NULL;
}

RelatoSource *relato_source_open(const char *name, const RelatoSourceOptions *options, RelatoError *error)
{
    RelatoSource *source = source_new(name, options, error);
    if (!source || open_named(source, error))
        return source;
    relato_source_close(source);
    return NULL;
}

RelatoSource *source_inside(RelatoSource *outer, Stream *stream, const char *name, Error *error)
{
    RelatoSource *source = source_new(NULL, &outer->options, error);
    char *own_name = source ? strdup(name) : NULL;
    if (!own_name) {
        free(source);
        stream_close(stream);
        error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
        return NULL;
    }
    source->name = source->own_name = own_name;
    source->stream = stream;
    source->outer = outer;
    source->depth = outer->depth + 1;
    return source;
}

RelatoSource *source_fetched(RelatoSource *outer, const char *address, Str published, Error *error)
{
    RelatoSource *source = source_inside(outer, NULL, address, error);
    if (!source)
        return NULL;
    buffer_add(&source->published, published);
    if (open_address(source, address, error))
        return source;
    relato_source_close(source);
    return NULL;
}

void relato_source_close(RelatoSource *source)
{
    if (!source)
        return;
    if (source->reader.close)
        source->reader.close(source->reader.context);
    stream_close(source->stream);
    if (source->fetched)
        fetched_free(source->fetched);
    free(source->fetched);
    fetcher_free(source->fetcher);
    buffer_free(&source->published);
    buffer_free(&source->bytes);
    free(source->own_name);
    free(source);
}

void relato_record_free(RelatoRecord *record)
{
    free((char *)record->bytes);
    *record = (RelatoRecord){ 0 };
}

const char *source_name(const RelatoSource *source)
{
    return strcmp(source->name, "-") ? source->name : "standard input";
}

const RelatoSourceOptions *source_options(const RelatoSource *source)
{
    return &source->options;
}

/* ---- bytes ---------------------------------------------------------------- */

Str source_held(const RelatoSource *source)
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

bool source_more(RelatoSource *source)
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

bool source_fault(const RelatoSource *source, Error *error)
{
    if (source->failed && error)
        *error = source->fault;
    return source->failed;
}

void source_take(RelatoSource *source, size_t size)
{
    size_t held = source_held(source).size;
    source->start += size < held ? size : held;
    source->seen = 0;
}

/* The end of the line at start, its line end not counted; reads on until it is
 * there. Larger than RECORD_LIMIT if the line is too long. */
static size_t line_length(RelatoSource *source)
{
    for (;;) {
        Str rest = source_held(source);
        size_t end = str_find_byte(rest, '\n', source->seen);
        source->seen = end;
        if (end < rest.size || end > RECORD_LIMIT || !source_more(source))
            return end;
    }
}

/* Goes behind the line end that follows the next `length` bytes. */
static void next_line(RelatoSource *source, size_t length)
{
    bool ends = length < source_held(source).size;
    source->start += length + ends;
    source->line += ends;
    source->seen = 0;
}

/* ---- records -------------------------------------------------------------- */

/* Puts a copy of the name behind the record's bytes, so that it lives as long as they. */
static bool carry_name(RelatoRecord *record, const char *name)
{
    char *bytes = realloc((char *)record->bytes, record->size + 1 + strlen(name) + 1);
    if (!bytes)
        return false;
    if (!record->bytes)
        bytes[0] = '\0';
    strcpy(bytes + record->size + 1, name);
    record->bytes = bytes;
    record->name = bytes + record->size + 1;
    return true;
}

/* Gives out malloc'd bytes, ended by a zero byte that `size` does not count. */
static int give(RelatoSource *source, RelatoRecord *record, char *bytes, size_t size, RelatoFormat format, size_t line)
{
    *record = (RelatoRecord){ bytes, size, format, source->name, line };
    source->idle = 0;
    if (source->own_name && !carry_name(record, source->own_name))
        record->name = NULL;
    return 1;
}

int source_give_fault(const char *name, RelatoRecord *record)
{
    *record = (RelatoRecord){ 0 };
    carry_name(record, name);
    return -1;
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
    while (str_find_byte(source_held(source), '\n', source->seen) == source_held(source).size) {
        source->start = source->bytes.size;
        source->seen = 0;
        if (source->idle > IDLE_LIMIT) {
            source->kind = OVER;
            error_set(error, RELATO_ERROR_LIMIT, line, SIZE_MAX,
                      "this line does not end within %zu MB; the rest is left", IDLE_LIMIT >> 20);
            return -1;
        }
        if (!source_more(source))
            break;
    }
    next_line(source, str_find_byte(source_held(source), '\n', 0));
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
    Str rest = source_held(source);
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
        if (source->ended && length == source_held(source).size && (length == 0 || source->failed))
            return end_with(source, error); /* what a fault cut off is no record */
        Str text = { source_held(source).at, length };
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
    while (source->bytes.size <= RECORD_LIMIT && source_more(source))
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
    if (source->fetched) {
        Page page = { .bytes = source_held(source),
                      .format = source->options.format,
                      .encoding = buffer_str(&source->fetched->encoding),
                      .url = buffer_str(&source->fetched->url),
                      .published = buffer_str(&source->published) };
        if (page.format != RELATO_FORMAT_JSON)
            return source_give_page(source, NULL, &page, record, error);
    }
    size_t size;
    char *bytes = buffer_take(&source->bytes, &size);
    if (!bytes) {
        error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
        return -1;
    }
    return give(source, record, bytes, size, source->options.format, 0);
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
    if (source->options.format != RELATO_FORMAT_AUTO && source->options.format != RELATO_FORMAT_JSON)
        return WHOLE;
    while (is_undecided(source_held(source)) && source->bytes.size <= RECORD_LIMIT && source_more(source))
        ;
    if (!recognise_json(source_held(source)))
        return source->options.format == RELATO_FORMAT_JSON && source->bytes.size ? LINES : WHOLE;
    source->options.format = RELATO_FORMAT_JSON;
    source->seen = (size_t)(recognise_start(source_held(source)).at - source_held(source).at);
    size_t end = line_length(source);
    source->seen = 0;
    return end <= RECORD_LIMIT && recognise_open_json((Str){ source_held(source).at, end }) ? WHOLE : LINES;
}

/* The kinds of containers; of several that fit the first is meant. */
static const struct {
    bool (*recognise)(Str bytes);
    bool (*open)(Reader *reader, RelatoSource *source, Error *error);
    bool any_format; /* what is inside may be of the format that the caller told */
} containers[] = {
    { packed_recognise, packed_open, true },
    { warc_recognise, warc_open, true },
    { feed_recognise, feed_open, false },
    { mail_recognise, mail_open, false },
};

/* Sets up a container, if it is one. -1 and `error` if memory is short. */
static int begin_container(RelatoSource *source, Error *error)
{
    for (size_t i = 0; i < sizeof containers / sizeof *containers; i++)
        if (containers[i].recognise(source_held(source)) &&
            (containers[i].any_format || source->options.format == RELATO_FORMAT_AUTO)) {
            source->kind = CONTAINER;
            if (source->depth >= DEEPEST_CONTAINER) {
                source->kind = OVER;
                error_set(error, RELATO_ERROR_LIMIT, 0, SIZE_MAX, "stands in more than %d archives within each other",
                          DEEPEST_CONTAINER);
                return -1;
            }
            return containers[i].open(&source->reader, source, error) ? 0 : -1;
        }
    return 0;
}

/* Looks at the beginning of the file; -1 and `error` if it cannot be read. */
static int begin(RelatoSource *source, Error *error)
{
    /* 2048: a tar archive shows in its first block, a message in its first fields */
    while (source->bytes.size < 2048 && !recognise_json(source_held(source)) && source_more(source))
        ;
    if (begin_container(source, error) < 0)
        return -1;
    if (source->kind == CONTAINER)
        return 0;
    const char *binary = recognise_binary(source_held(source));
    source->kind = binary ? OVER : decide(source);
    if (!binary)
        return 0;
    error_set(error, RELATO_ERROR_INPUT, 0, SIZE_MAX, "is %s", binary);
    return -1;
}

static int next_of_container(RelatoSource *source, RelatoRecord *record, Error *error)
{
    int got = source->reader.next(source->reader.context, record, error);
    source->idle = 0;
    if (got == 0)
        source->kind = OVER;
    if (got == 0 && !source->given) {
        error_set(error, RELATO_ERROR_INPUT, 0, SIZE_MAX, "holds no report");
        got = -1;
    }
    source->given = true;
    return got;
}

int relato_source_next(RelatoSource *source, RelatoRecord *record, RelatoError *error)
{
    *record = (RelatoRecord){ 0 };
    int got = source->kind == UNDECIDED ? begin(source, error) : 0;
    if (got == 0 && source->kind == LINES)
        got = next_of_lines(source, record, error);
    else if (got == 0 && source->kind == WHOLE)
        got = next_whole(source, record, error);
    else if (got == 0 && source->kind == CONTAINER)
        got = next_of_container(source, record, error);
    return got < 0 && source->own_name && !record->name ? source_give_fault(source->own_name, record) : got;
}

/* ---- pages out of containers ----------------------------------------------- */

/* A member of the object, left out if it is empty or no UTF-8. */
static void set(json_t *object, const char *name, Str value)
{
    if (value.size)
        json_object_set_new(object, name, json_stringn(value.at, value.size));
}

/* The page as the JSON object that stands for it. */
static char *object_of(const Page *page, Str text, bool is_page)
{
    json_t *object = json_object();
    Buffer published = { 0 };
    set(object, is_page ? "html" : "text", text);
    set(object, "url", page->url);
    set(object, "title", page->title);
    set(object, "outlet", page->outlet);
    set(object, "byline", page->byline);
    set(object, "language", page->language);
    if (date_read(page->published, &published))
        set(object, "published", buffer_str(&published));
    char *dumped = json_dumps(object, JSON_COMPACT);
    buffer_free(&published);
    json_decref(object);
    return dumped;
}

int source_give_page(RelatoSource *source, const char *name, const Page *page, RelatoRecord *record, Error *error)
{
    if (!name)
        name = source->name;
    bool is_page =
        page->format == RELATO_FORMAT_HTML || (page->format == RELATO_FORMAT_AUTO && recognise_html(page->bytes));
    Buffer converted = { 0 };
    Str text;
    if (!encoding_to_utf8(page->bytes, is_page, page->encoding, &converted, &text, error)) {
        buffer_free(&converted);
        return source_give_fault(name, record);
    }
    char *dumped = object_of(page, text, is_page);
    buffer_free(&converted);
    *record = (RelatoRecord){ dumped, dumped ? strlen(dumped) : 0, RELATO_FORMAT_JSON, NULL, 0 };
    if (dumped && carry_name(record, name))
        return 1;
    relato_record_free(record);
    error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
    return source_give_fault(name, record);
}
