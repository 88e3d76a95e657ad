/* Web archives: WARC 1.0 and 1.1 (ISO 28500). Records of any size are passed
 * over without being held; of those that hold a page or a text, one at a time is. */
#include <stdlib.h>

#include "input/containers.h"
#include "input/fields.h"
#include "input/http.h"
#include "page/content.h"

typedef struct Warc {
    RelatoSource *source;
    size_t left; /* bytes of the record under way that are still to be passed over */
    size_t records;
    bool over;
} Warc;

bool warc_recognise(Str bytes)
{
    return str_starts(bytes, STR("WARC/1."));
}

/* Passes over what is left of a record; false at the end of the source. */
static bool pass_over(Warc *warc)
{
    while (warc->left) {
        size_t held = source_held(warc->source).size;
        if (!held && !source_more(warc->source))
            return false;
        held = source_held(warc->source).size;
        size_t size = held < warc->left ? held : warc->left;
        source_take(warc->source, size);
        warc->left -= size;
    }
    return true;
}

/* Passes over the line ends between records; false at the end of the source. */
static bool find_record(Warc *warc)
{
    for (size_t passed = 0; passed < IDLE_LIMIT;) {
        Str held = source_held(warc->source);
        size_t ends = 0;
        while (ends < held.size && (held.at[ends] == '\r' || held.at[ends] == '\n'))
            ends++;
        source_take(warc->source, ends);
        passed += ends;
        if (ends < held.size)
            return true;
        if (!source_more(warc->source))
            return false;
    }
    return false;
}

static int end_with(Warc *warc, Error *error, const char *message)
{
    warc->over = true;
    if (source_fault(warc->source, error))
        return -1;
    if (!message)
        return 0;
    error_set(error, RELATO_ERROR_INPUT, 0, SIZE_MAX, "record %zu: %s", warc->records, message);
    return -1;
}

/* A copy of the next record's fields, its version line included; the source
 * stands behind them then. NULL if there are none. */
static char *take_fields(Warc *warc, Str *fields)
{
    size_t length;
    while ((length = fields_length(source_held(warc->source))) == SIZE_MAX)
        if (source_held(warc->source).size > FIELDS_LIMIT || !source_more(warc->source))
            return NULL;
    if (!warc_recognise(source_held(warc->source)))
        return NULL;
    char *copy = malloc(length);
    if (!copy)
        return NULL;
    memcpy(copy, source_held(warc->source).at, length);
    source_take(warc->source, length);
    *fields = (Str){ copy, length };
    return copy;
}

static bool number_of(Str digits, size_t *number)
{
    *number = 0;
    for (size_t i = 0; i < digits.size; i++) {
        if (digits.at[i] < '0' || digits.at[i] > '9' || *number > SIZE_MAX / 20)
            return false;
        *number = *number * 10 + (size_t)(digits.at[i] - '0');
    }
    return digits.size > 0;
}

static RelatoFormat format_of(Str type)
{
    Str token = field_token(type);
    if (equal_folded(token, "text/html") || equal_folded(token, "application/xhtml+xml"))
        return RELATO_FORMAT_HTML;
    return equal_folded(token, "text/plain") ? RELATO_FORMAT_TEXT : RELATO_FORMAT_AUTO; /* AUTO: no report */
}

/* Whether a record may hold a report: a response, or a page or a text without one. */
static bool is_wanted(Str fields)
{
    Str kind = fields_value(fields, "WARC-Type"), type = fields_value(fields, "Content-Type");
    if (equal_folded(kind, "response"))
        return equal_folded(field_token(type), "application/http");
    return (equal_folded(kind, "resource") || equal_folded(kind, "conversion")) &&
           format_of(type) != RELATO_FORMAT_AUTO;
}

/* The address of a record; some writers put it between angle brackets. */
static Str address_of(Str fields)
{
    Str url = fields_value(fields, "WARC-Target-URI");
    bool bracketed = url.size > 2 && url.at[0] == '<' && url.at[url.size - 1] == '>';
    return bracketed ? str_slice(url, 1, url.size - 1) : url;
}

/* 1 and the record, -1 and `error`, 0 if the block holds no report after all. */
static int read_block(Warc *warc, Str fields, Str block, const char *name, RelatoRecord *record, Error *error)
{
    Page page = { .bytes = block, .url = address_of(fields) };
    Str type = fields_value(fields, "Content-Type");
    Buffer unpacked = { 0 };
    if (equal_folded(field_token(type), "application/http")) {
        Response response;
        if (!http_response(block, RECORD_LIMIT, &unpacked, &response, error)) {
            buffer_free(&unpacked);
            return source_give_fault(name, record);
        }
        page.bytes = response.body;
        type = response.status == 200 ? fields_value(response.fields, "Content-Type") : (Str){ NULL, 0 };
    }
    page.format = format_of(type);
    page.encoding = field_parameter(type, "charset");
    int got = 0;
    if (page.format != RELATO_FORMAT_AUTO && page.bytes.size)
        got = source_give_page(warc->source, name, &page, record, error);
    buffer_free(&unpacked);
    return got;
}

/* Reads the block of a wanted record, which is passed over by the next call. */
static int read_record(Warc *warc, Str fields, size_t size, RelatoRecord *record, Error *error)
{
    Str url = address_of(fields);
    char name[512];
    snprintf(name, sizeof name, "%s: %.*s", source_name(warc->source), (int)(url.size < 400 ? url.size : 400),
             url.size ? url.at : "");
    warc->left = size;
    if (size > RECORD_LIMIT) {
        error_set(error, RELATO_ERROR_LIMIT, 0, SIZE_MAX, "is larger than %zu MB", RECORD_LIMIT >> 20);
        return source_give_fault(name, record);
    }
    while (source_held(warc->source).size < size)
        if (!source_more(warc->source)) {
            warc->left = 0;
            return end_with(warc, error, "is cut off");
        }
    return read_block(warc, fields, str_slice(source_held(warc->source), 0, size), name, record, error);
}

static int warc_next(void *context, RelatoRecord *record, Error *error)
{
    Warc *warc = context;
    while (!warc->over) {
        if (!pass_over(warc))
            return end_with(warc, error, "is cut off");
        if (!find_record(warc))
            return end_with(warc, error, NULL);
        Str fields = { NULL, 0 };
        size_t size = 0;
        char *copy = take_fields(warc, &fields);
        warc->records++;
        if (!copy || !number_of(fields_value(fields, "Content-Length"), &size)) {
            free(copy);
            return end_with(warc, error, "is no record of a web archive");
        }
        warc->left = size;
        int got = is_wanted(fields) ? read_record(warc, fields, size, record, error) : 0;
        free(copy);
        if (got)
            return got;
    }
    return 0;
}

static void warc_close(void *context)
{
    free(context);
}

bool warc_open(Reader *reader, RelatoSource *source, Error *error)
{
    Warc *warc = calloc(1, sizeof *warc);
    if (!warc)
        return error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
    warc->source = source;
    reader->next = warc_next;
    reader->close = warc_close;
    reader->context = warc;
    return true;
}
