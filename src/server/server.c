#include "server/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "language/knowledge.h"

enum { THREADS = 4, CONNECTION_SECONDS = 30, MOST_CONNECTIONS = 256 };

/* A request that is coming in. */
typedef struct Request {
    Buffer body;
    bool too_large;
} Request;

/* ---- what goes with every answer -------------------------------------------------------- */

/* Nothing of the pages comes from elsewhere, nothing in a report can run, and no
 * other site may put them into its own. */
static void add_headers(struct MHD_Response *response)
{
    static const char *const headers[][2] = {
        { "Content-Security-Policy",
          "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; script-src 'self'; "
          "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'" },
        { "X-Content-Type-Options", "nosniff" },
        { "Referrer-Policy", "no-referrer" },
        { "Cross-Origin-Resource-Policy", "same-origin" },
        { "Vary", "Accept-Encoding" },
    };
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
        MHD_add_response_header(response, headers[i][0], headers[i][1]);
}

static const char *header(struct MHD_Connection *connection, const char *name)
{
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

static bool takes_gzip(struct MHD_Connection *connection)
{
    const char *encodings = header(connection, MHD_HTTP_HEADER_ACCEPT_ENCODING);
    return encodings && strstr(encodings, "gzip") && !strstr(encodings, "gzip;q=0");
}

static enum MHD_Result send_response(struct MHD_Connection *connection, unsigned status, struct MHD_Response *response)
{
    if (!response)
        return MHD_NO;
    add_headers(response);
    enum MHD_Result sent = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return sent;
}

static enum MHD_Result send_unchanged(struct MHD_Connection *connection, const char *etag)
{
    struct MHD_Response *response = MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    if (response)
        MHD_add_response_header(response, MHD_HTTP_HEADER_ETAG, etag);
    return send_response(connection, MHD_HTTP_NOT_MODIFIED, response);
}

static bool has_seen(struct MHD_Connection *connection, const char *etag)
{
    const char *seen = header(connection, MHD_HTTP_HEADER_IF_NONE_MATCH);
    return seen && strstr(seen, etag);
}

static enum MHD_Result send_file(struct MHD_Connection *connection, const File *file)
{
    if (has_seen(connection, file->etag))
        return send_unchanged(connection, file->etag);
    bool packed = file->packed && takes_gzip(connection);
    struct MHD_Response *response = MHD_create_response_from_buffer(
        packed ? file->packed_size : file->size, packed ? file->packed : file->bytes, MHD_RESPMEM_PERSISTENT);
    if (!response)
        return MHD_NO;
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, file->type);
    MHD_add_response_header(response, MHD_HTTP_HEADER_ETAG, file->etag);
    MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL,
                            file->lasting ? "public, max-age=31536000, immutable" : "no-cache");
    if (packed)
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_ENCODING, "gzip");
    return send_response(connection, MHD_HTTP_OK, response);
}

static enum MHD_Result send_reply(struct MHD_Connection *connection, Reply reply)
{
    char etag[24];
    snprintf(etag, sizeof etag, "\"%08x-%zx\"", str_hash((Str){ reply.bytes, reply.size }), reply.size);
    if (reply.status == MHD_HTTP_OK && has_seen(connection, etag)) {
        free(reply.bytes);
        return send_unchanged(connection, etag);
    }
    size_t packed_size;
    char *packed = takes_gzip(connection) ? packed_as_gzip(reply.bytes, reply.size, &packed_size) : NULL;
    if (packed) {
        free(reply.bytes);
        reply.bytes = packed;
        reply.size = packed_size;
    }
    struct MHD_Response *response =
        MHD_create_response_from_buffer(reply.size, reply.bytes ? reply.bytes : "", MHD_RESPMEM_MUST_FREE);
    if (!response) {
        free(reply.bytes);
        return MHD_NO;
    }
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, reply.type);
    MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-cache");
    if (reply.status == MHD_HTTP_OK)
        MHD_add_response_header(response, MHD_HTTP_HEADER_ETAG, etag);
    if (packed)
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_ENCODING, "gzip");
    return send_response(connection, reply.status, response);
}

/* ---- who may ask --------------------------------------------------------------------------- */

/* True if the request names this machine as its host: a page elsewhere whose name
 * was made to lead here (DNS rebinding) names its own. */
static bool names_this_machine(struct MHD_Connection *connection)
{
    static const char *const names[] = { "localhost", "127.0.0.1", "[::1]" };
    const char *host = header(connection, MHD_HTTP_HEADER_HOST);
    for (size_t i = 0; host && i < sizeof names / sizeof *names; i++) {
        size_t length = strlen(names[i]);
        if (!strncmp(host, names[i], length) && (!host[length] || host[length] == ':'))
            return true;
    }
    return false;
}

/* True if a POST comes from the pages themselves or from no page at all. */
static bool is_from_here(struct MHD_Connection *connection)
{
    const char *origin = header(connection, "Origin"), *host = header(connection, MHD_HTTP_HEADER_HOST);
    const char *after = origin ? strstr(origin, "://") : NULL;
    return !origin || (after && host && !strcmp(after + 3, host));
}

/* ---- requests ------------------------------------------------------------------------------- */

static enum MHD_Result answer_now(Server *server, struct MHD_Connection *connection, const char *path,
                                  const char *method, const Request *request)
{
    bool is_get = !strcmp(method, "GET") || !strcmp(method, "HEAD"), is_post = !strcmp(method, "POST");
    if (!server->open_to_all && !names_this_machine(connection))
        return send_reply(connection, api_error(MHD_HTTP_FORBIDDEN, "this server answers under its own name alone"));
    if (!is_get && !is_post)
        return send_reply(connection, api_error(MHD_HTTP_METHOD_NOT_ALLOWED, "GET, HEAD and POST are known here"));
    if (is_post && !is_from_here(connection))
        return send_reply(connection, api_error(MHD_HTTP_FORBIDDEN, "a page of another site asked for this"));
    if (request->too_large)
        return send_reply(connection, api_error(MHD_HTTP_CONTENT_TOO_LARGE, "the body is larger than 1 MB"));
    if (!strncmp(path, "/api/", 5))
        return send_reply(connection, api_answer(server, connection, path + 5, method, buffer_str(&request->body)));
    const File *file = files_find(server, path);
    if (file)
        return send_file(connection, file);
    return send_reply(connection,
                      api_error(MHD_HTTP_NOT_FOUND, server->file_count ? "there is nothing here"
                                                                       : "the pages are not built (make web); "
                                                                         "the API is under /api/"));
}

static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *path, const char *method,
                              const char *version, const char *bytes, size_t *size, void **state)
{
    (void)version;
    Request *request = *state;
    if (!request) {
        *state = calloc(1, sizeof *request);
        return *state ? MHD_YES : MHD_NO;
    }
    if (*size) {
        request->too_large = request->too_large || request->body.size + *size > MOST_BODY;
        if (!request->too_large)
            buffer_add(&request->body, (Str){ bytes, *size });
        *size = 0;
        return MHD_YES;
    }
    return answer_now(context, connection, path, method, request);
}

static void forget(void *context, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode code)
{
    (void)context, (void)connection, (void)code;
    Request *request = *state;
    if (request)
        buffer_free(&request->body);
    free(request);
    *state = NULL;
}

/* ---- starting and stopping ---------------------------------------------------------------------- */

/* The address to listen at; false if `text` is none. */
static bool listening_address(const char *text, unsigned port, struct sockaddr_in *address, bool *local)
{
    *address = (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
    *local = !text || !strncmp(text, "127.", 4);
    return inet_pton(AF_INET, text ? text : "127.0.0.1", &address->sin_addr) == 1;
}

static bool start(Server *server, const RelatoServeOptions *options, RelatoError *error)
{
    struct sockaddr_in address;
    bool local;
    RelatoArchive *archive = relato_archive_open(server->archive_file, NULL, error);
    if (!archive)
        return false;
    relato_archive_close(archive);
    if (!listening_address(options->address, options->port, &address, &local))
        return error_set(error, RELATO_ERROR_USAGE, 0, SIZE_MAX, "\"%s\" is no address as in 127.0.0.1",
                         options->address);
    server->open_to_all = !local;
    char beside[KNOWLEDGE_PATH_SIZE];
    const char *pages = options->pages;
    if (!pages && knowledge_folder(beside, "web", NULL))
        pages = beside;
    if (pages)
        files_load(server, pages);
    server->daemon =
        MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_AUTO, (uint16_t)options->port, NULL, NULL, handle,
                         server, MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_THREAD_POOL_SIZE, (unsigned)THREADS,
                         MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)CONNECTION_SECONDS, MHD_OPTION_CONNECTION_LIMIT,
                         (unsigned)MOST_CONNECTIONS, MHD_OPTION_NOTIFY_COMPLETED, forget, NULL, MHD_OPTION_END);
    return server->daemon || error_set(error, RELATO_ERROR_IO, 0, SIZE_MAX, "port %u cannot be served: %s",
                                       options->port, errno ? strerror(errno) : "no thread can be started");
}

RelatoServer *relato_server_start(const char *archive, const RelatoKnowledge *knowledge,
                                  const RelatoServeOptions *options, RelatoError *error)
{
    Server *server = calloc(1, sizeof *server);
    if (server)
        server->archive_file = strdup(archive);
    if (!server || !server->archive_file) {
        free(server);
        error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
        return NULL;
    }
    server->knowledge = knowledge;
    pthread_mutex_init(&server->lock, NULL);
    if (start(server, options, error))
        return server;
    relato_server_stop(server);
    return NULL;
}

unsigned relato_server_port(const RelatoServer *server)
{
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);
    return info ? info->port : 0;
}

bool relato_server_has_pages(const RelatoServer *server)
{
    return server->file_count > 0;
}

void relato_server_stop(RelatoServer *server)
{
    if (!server)
        return;
    if (server->daemon)
        MHD_stop_daemon(server->daemon);
    for (size_t i = 0; i < server->idle_count; i++)
        relato_archive_close(server->idle[i]);
    free(server->idle);
    files_free(server);
    pthread_mutex_destroy(&server->lock);
    free(server->archive_file);
    free(server);
}
