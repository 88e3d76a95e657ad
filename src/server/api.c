#include "server/server.h"

#include <jansson.h>
#include <stdlib.h>

/* ---- replies ------------------------------------------------------------------------ */

static Reply reply_of(unsigned status, Buffer *buffer)
{
    Reply reply = { .status = status, .type = "application/json; charset=utf-8" };
    reply.bytes = buffer_take(buffer, &reply.size);
    if (!reply.bytes)
        reply.status = MHD_HTTP_INTERNAL_SERVER_ERROR;
    return reply;
}

Reply api_error(unsigned status, const char *message)
{
    json_t *object = json_pack("{s:s}", "error", message);
    char *dumped = object ? json_dumps(object, JSON_COMPACT) : NULL;
    Buffer buffer = { 0 };
    buffer_add(&buffer, str_of(dumped ? dumped : "{\"error\":\"out of memory\"}"));
    free(dumped);
    json_decref(object);
    return reply_of(status, &buffer);
}

/* What an error of the library is to a client. */
static Reply fault(const RelatoError *error)
{
    unsigned status = error->status == RELATO_ERROR_USAGE   ? MHD_HTTP_BAD_REQUEST
                      : error->status == RELATO_ERROR_INPUT ? MHD_HTTP_NOT_FOUND
                                                            : MHD_HTTP_INTERNAL_SERVER_ERROR;
    return api_error(status, error->message);
}

/* ---- archives, one for each thread that asks ------------------------------------------ */

static RelatoArchive *take_archive(Server *server, RelatoError *error)
{
    RelatoArchive *archive = NULL;
    pthread_mutex_lock(&server->lock);
    if (server->idle_count)
        archive = server->idle[--server->idle_count];
    pthread_mutex_unlock(&server->lock);
    return archive ? archive : relato_archive_open(server->archive_file, NULL, error);
}

static void give_archive(Server *server, RelatoArchive *archive)
{
    pthread_mutex_lock(&server->lock);
    if (server->idle_count == server->idle_capacity) {
        size_t capacity = server->idle_capacity ? 2 * server->idle_capacity : 8;
        RelatoArchive **idle = realloc(server->idle, capacity * sizeof *idle);
        if (idle) {
            server->idle = idle;
            server->idle_capacity = capacity;
        }
    }
    bool kept = server->idle_count < server->idle_capacity;
    if (kept)
        server->idle[server->idle_count++] = archive;
    pthread_mutex_unlock(&server->lock);
    if (!kept)
        relato_archive_close(archive);
}

/* ---- filters ---------------------------------------------------------------------------- */

static const char *argument(struct MHD_Connection *connection, const char *name)
{
    const char *value = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, name);
    return value && *value ? value : NULL;
}

/* A number in an address: false if it is none. */
static bool number_argument(struct MHD_Connection *connection, const char *name, size_t most, size_t *number)
{
    const char *value = argument(connection, name);
    if (!value)
        return true;
    char *end;
    unsigned long long read = strtoull(value, &end, 10);
    *number = read < most ? (size_t)read : most;
    return !*end && value[0] != '-';
}

static bool flag(struct MHD_Connection *connection, const char *name)
{
    const char *value = argument(connection, name);
    return value && strcmp(value, "0") != 0 && strcmp(value, "false") != 0;
}

/* The filters have the same names as on the command line. */
static bool read_filter(struct MHD_Connection *connection, RelatoFilter *filter)
{
    *filter = (RelatoFilter){
        .actor = argument(connection, "actor"),
        .recipient = argument(connection, "recipient"),
        .entity = argument(connection, "entity"),
        .country = argument(connection, "country"),
        .type = argument(connection, "type"),
        .reality = argument(connection, "reality"),
        .since = argument(connection, "since"),
        .until = argument(connection, "until"),
        .place = argument(connection, "place"),
        .source = argument(connection, "source"),
        .kind = argument(connection, "kind"),
        .stance = argument(connection, "stance"),
        .language = argument(connection, "language"),
        .outlet = argument(connection, "outlet"),
        .text = argument(connection, "text"),
        .anonymous = flag(connection, "anonymous"),
        .disputed = flag(connection, "disputed"),
        .latest = flag(connection, "latest"),
        .total = flag(connection, "total"),
        .limit = USUAL_ROWS,
    };
    return number_argument(connection, "limit", MOST_ROWS, &filter->limit) &&
           number_argument(connection, "offset", SIZE_MAX / 4, &filter->offset);
}

/* ---- questions ---------------------------------------------------------------------------- */

/* JSON lines as one object: {"items": [...], "more": ..., "total": ...}. */
static Reply wrap(const char *lines, size_t size, const RelatoPage *page, bool total)
{
    Buffer out = { 0 };
    bool first = true;
    buffer_add(&out, STR("{\"items\":["));
    for (Str rest = { lines, size }; rest.at;) {
        Str line = str_cut(&rest, '\n');
        if (!line.size)
            continue;
        if (!first)
            buffer_byte(&out, ',');
        buffer_add(&out, line);
        first = false;
    }
    buffer_format(&out, "],\"more\":%s", page->more ? "true" : "false");
    if (total)
        buffer_format(&out, ",\"total\":%zu", page->total);
    buffer_byte(&out, '}');
    return reply_of(MHD_HTTP_OK, &out);
}

static Reply ask(Server *server, RelatoQuestion question, const RelatoFilter *filter, bool one)
{
    RelatoError error = { RELATO_OK };
    RelatoArchive *archive = take_archive(server, &error);
    if (!archive)
        return fault(&error);
    const RelatoAnswerOptions options = { .format = RELATO_ANSWER_JSON, .knowledge = server->knowledge };
    RelatoPage page = { 0 };
    size_t size;
    char *lines = relato_archive_ask(archive, question, filter, &options, &size, &page, &error);
    give_archive(server, archive);
    if (!lines)
        return fault(&error);
    if (!one) {
        Reply reply = wrap(lines, size, &page, filter->total);
        free(lines);
        return reply;
    }
    return (Reply){ MHD_HTTP_OK, "application/json; charset=utf-8", lines, size };
}

static Reply summary(Server *server)
{
    RelatoError error = { RELATO_OK };
    RelatoArchive *archive = take_archive(server, &error);
    size_t size;
    char *bytes = archive ? relato_archive_summary(archive, &size, &error) : NULL;
    if (archive)
        give_archive(server, archive);
    return bytes ? (Reply){ MHD_HTTP_OK, "application/json; charset=utf-8", bytes, size } : fault(&error);
}

/* ---- reading ---------------------------------------------------------------------------------- */

/* The first record of an address. */
static bool fetch_record(const char *address, RelatoSource **source, RelatoRecord *record, RelatoError *error)
{
    *source = relato_source_open(address, NULL, error);
    if (!*source)
        return false;
    int got = relato_source_next(*source, record, error);
    if (got == 0) {
        error->status = RELATO_ERROR_INPUT;
        snprintf(error->message, sizeof error->message, "holds no report");
    }
    return got > 0;
}

static Reply format_reading(Server *server, const RelatoRecord *record)
{
    RelatoError error = { RELATO_OK };
    RelatoReading *reading = relato_read(server->knowledge, record, NULL, &error);
    if (!reading)
        return api_error(MHD_HTTP_UNPROCESSABLE_CONTENT, error.message);
    size_t size;
    char *bytes = relato_reading_format(reading, RELATO_OUTPUT_JSON, NULL, &size);
    relato_reading_free(reading);
    return bytes ? (Reply){ MHD_HTTP_OK, "application/json; charset=utf-8", bytes, size }
                 : api_error(MHD_HTTP_INTERNAL_SERVER_ERROR, "out of memory");
}

/* Reads what is posted, an object as "relato read" takes it, or one with nothing
 * but the "url" of a page, and adds it nowhere. */
static Reply read_report(Server *server, Str body)
{
    json_error_t wrong;
    json_t *object = body.size ? json_loadb(body.at, body.size, 0, &wrong) : NULL;
    const char *url = json_string_value(json_object_get(object, "url"));
    bool fetched = url && !json_object_get(object, "text") && !json_object_get(object, "html");
    if (!json_is_object(object)) {
        json_decref(object);
        return api_error(MHD_HTTP_BAD_REQUEST, "the body is no JSON object with \"text\" or \"url\"");
    }
    bool is_web = fetched && (!strncmp(url, "http://", 7) || !strncmp(url, "https://", 8));
    RelatoRecord record = { 0 };
    if (!fetched)
        record = (RelatoRecord){ body.at, body.size, RELATO_FORMAT_JSON, "text", 0 };
    RelatoSource *source = NULL;
    RelatoError error = { RELATO_OK };
    Reply reply;
    if (fetched && !is_web)
        reply = api_error(MHD_HTTP_BAD_REQUEST, "of addresses only http: and https: are fetched");
    else if (fetched && !fetch_record(url, &source, &record, &error))
        reply = api_error(MHD_HTTP_UNPROCESSABLE_CONTENT, error.message);
    else
        reply = format_reading(server, &record);
    if (fetched) {
        relato_record_free(&record);
        relato_source_close(source);
    }
    json_decref(object);
    return reply;
}

/* ---- addresses ------------------------------------------------------------------------------------ */

static const struct {
    const char *name;
    RelatoQuestion all, one; /* RELATO_QUESTION_COUNT: there is no such address */
} routes[] = {
    { "events", RELATO_ASK_EVENTS, RELATO_ASK_EVENT },
    { "entities", RELATO_ASK_ENTITIES, RELATO_ASK_ENTITY },
    { "reports", RELATO_ASK_REPORTS, RELATO_ASK_REPORT },
    { "timeline", RELATO_ASK_TIMELINE, RELATO_QUESTION_COUNT },
    { "figures", RELATO_ASK_FIGURES, RELATO_QUESTION_COUNT },
    { "claims", RELATO_ASK_CLAIMS, RELATO_QUESTION_COUNT },
    { "sources", RELATO_ASK_SOURCES, RELATO_QUESTION_COUNT },
};

Reply api_answer(Server *server, struct MHD_Connection *connection, const char *path, const char *method, Str body)
{
    if (!strcmp(path, "read"))
        return strcmp(method, "POST") ? api_error(MHD_HTTP_METHOD_NOT_ALLOWED, "POST a report here")
                                      : read_report(server, body);
    if (!strcmp(method, "POST"))
        return api_error(MHD_HTTP_METHOD_NOT_ALLOWED, "this archive is served for reading alone");
    if (!strcmp(path, "archive"))
        return summary(server);
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
        size_t length = strlen(routes[i].name);
        if (strncmp(path, routes[i].name, length) != 0 || (path[length] && path[length] != '/'))
            continue;
        RelatoFilter filter;
        if (!read_filter(connection, &filter))
            return api_error(MHD_HTTP_BAD_REQUEST, "limit and offset are whole numbers");
        if (!path[length])
            return ask(server, routes[i].all, &filter, false);
        char *end;
        long long id = strtoll(path + length + 1, &end, 10);
        if (routes[i].one == RELATO_QUESTION_COUNT || *end || id <= 0)
            break;
        filter = (RelatoFilter){ .id = id };
        return ask(server, routes[i].one, &filter, true);
    }
    return api_error(MHD_HTTP_NOT_FOUND, "there is nothing here; /openapi.json tells what there is");
}
