#include "input/fetch.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <strings.h>
#include <time.h>

#include "input/fields.h"
#include "input/robots.h"
#include "page/content.h"

/* Patience. */
enum { MOST_REDIRECTIONS = 10, CONNECT_SECONDS = 10, WHOLE_SECONDS = 60, STALL_SECONDS = 15, MOST_HOSTS = 4096 };

#define ROBOTS_LIMIT ((size_t)512 << 10) /* RFC 9309 wants 500 KiB at least */

/* libcurl is loaded when something is to be fetched: linked to the program, it and
 * the thirty libraries that it needs would cost each start eleven milliseconds. */
static struct {
    __typeof__(curl_global_init) *global_init;
    __typeof__(curl_easy_init) *init;
    __typeof__(curl_easy_cleanup) *cleanup;
    __typeof__(curl_easy_setopt) *set;
    __typeof__(curl_easy_perform) *perform;
    __typeof__(curl_easy_getinfo) *get;
    __typeof__(curl_easy_strerror) *strerror;
    __typeof__(curl_slist_append) *append;
    __typeof__(curl_slist_free_all) *free_all;
    bool loaded;
} curl;

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load_curl(void)
{
    const struct {
        const char *name;
        void *function; /* where its address goes */
    } functions[] = {
        { "curl_global_init", &curl.global_init }, { "curl_easy_init", &curl.init },
        { "curl_easy_cleanup", &curl.cleanup },    { "curl_easy_setopt", &curl.set },
        { "curl_easy_perform", &curl.perform },    { "curl_easy_getinfo", &curl.get },
        { "curl_easy_strerror", &curl.strerror },  { "curl_slist_append", &curl.append },
        { "curl_slist_free_all", &curl.free_all },
    };
    void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    for (size_t i = 0; library && i < sizeof functions / sizeof *functions; i++) {
        void *found = dlsym(library, functions[i].name);
        if (!found)
            return;
        memcpy(functions[i].function, &found, sizeof found);
    }
    curl.loaded = library && curl.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

/* What is known of a server. */
typedef struct Host {
    char *origin; /* "https://example.org" */
    char *robots; /* its robots.txt; NULL: nothing may be fetched */
    double asked; /* when, in seconds; 0: never */
} Host;

struct Fetcher {
    CURL *handle;
    bool allow_private;
    bool refused; /* the last connection was not made, as the address is private */
    Host *hosts;
    size_t host_count;
};

/* A response that is coming in. */
typedef struct Incoming {
    Buffer *bytes;
    size_t most;
    bool too_large;
    Fetched *fetched; /* NULL: no field is wanted */
} Incoming;

bool is_address(const char *name)
{
    return strncasecmp(name, "http://", 7) == 0 || strncasecmp(name, "https://", 8) == 0;
}

/* ---- addresses that are not for the public ------------------------------------------ */

static bool is_private_4(uint32_t address) /* in the order of this machine */
{
    static const struct {
        uint32_t net;
        int bits;
    } nets[] = {
        { 0x00000000, 8 },  { 0x0A000000, 8 },  { 0x64400000, 10 }, { 0x7F000000, 8 },  { 0xA9FE0000, 16 },
        { 0xAC100000, 12 }, { 0xC0000000, 24 }, { 0xC0A80000, 16 }, { 0xC6120000, 15 }, { 0xE0000000, 3 },
    }; /* the IANA registry of special addresses; the last is multicast and what is reserved */
    for (size_t i = 0; i < sizeof nets / sizeof *nets; i++)
        if ((address ^ nets[i].net) >> (32 - nets[i].bits) == 0)
            return true;
    return false;
}

static uint32_t word_of(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static bool is_private_6(const unsigned char address[16])
{
    static const unsigned char zeros[16] = { 0 }, mapped[12] = { [10] = 0xFF, [11] = 0xFF },
                               translated[12] = { 0x00, 0x64, 0xFF, 0x9B };
    if (memcmp(address, mapped, 12) == 0 || memcmp(address, translated, 12) == 0 || memcmp(address, zeros, 12) == 0)
        return is_private_4(word_of(address + 12));
    if (address[0] == 0x20 && address[1] == 0x02) /* 6to4 */
        return is_private_4(word_of(address + 2));
    return (address[0] & 0xE0) != 0x20; /* only 2000::/3 is for the public */
}

static bool is_private(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET)
        return is_private_4(ntohl(((const struct sockaddr_in *)(const void *)address)->sin_addr.s_addr));
    return address->sa_family != AF_INET6 ||
           is_private_6(((const struct sockaddr_in6 *)(const void *)address)->sin6_addr.s6_addr);
}

/* Asked with the address that a name led to, so that no name can mislead. */
static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    Fetcher *fetcher = context;
    (void)purpose;
    if (!fetcher->allow_private && is_private(&address->addr)) {
        fetcher->refused = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* ---- one request -------------------------------------------------------------------- */

static size_t take_bytes(char *bytes, size_t size, size_t count, void *context)
{
    Incoming *incoming = context;
    if (incoming->bytes->size + size * count > incoming->most) {
        incoming->too_large = true;
        return 0;
    }
    buffer_add(incoming->bytes, (Str){ bytes, size * count });
    return incoming->bytes->failed ? 0 : size * count;
}

static void keep_field(Str line, const char *name, Buffer *out)
{
    Str value = fields_value(line, name);
    if (!value.size)
        return;
    out->size = 0;
    buffer_add(out, value);
}

static size_t take_field(char *bytes, size_t size, size_t count, void *context)
{
    Incoming *incoming = context;
    Str line = { bytes, size * count };
    Fetched *fetched = incoming->fetched;
    if (fetched) {
        keep_field(line, "ETag", &fetched->etag);
        keep_field(line, "Last-Modified", &fetched->modified);
        Str type = fields_value(line, "Content-Type");
        if (type.size) {
            fetched->encoding.size = 0;
            buffer_add(&fetched->encoding, field_parameter(type, "charset"));
        }
    }
    return size * count;
}

static struct curl_slist *with_field(struct curl_slist *fields, const char *name, const Buffer *value)
{
    if (!value->size)
        return fields;
    Buffer field = { 0 };
    buffer_format(&field, "%s: %.*s", name, (int)value->size, value->bytes);
    size_t size;
    char *line = buffer_take(&field, &size);
    struct curl_slist *longer = line ? curl.append(fields, line) : NULL;
    free(line);
    return longer ? longer : fields;
}

/* Asks for one address, without following redirections. Returns the status of
 * the response, 0 and `error` if there is none. */
static long ask(Fetcher *fetcher, const char *address, Incoming *incoming, Error *error)
{
    CURL *handle = fetcher->handle;
    char message[CURL_ERROR_SIZE] = "";
    struct curl_slist *fields = NULL;
    if (incoming->fetched) {
        fields = with_field(fields, "If-None-Match", &incoming->fetched->etag);
        fields = with_field(fields, "If-Modified-Since", &incoming->fetched->modified);
    }
    fetcher->refused = false;
    curl.set(handle, CURLOPT_URL, address);
    curl.set(handle, CURLOPT_WRITEDATA, incoming);
    curl.set(handle, CURLOPT_HEADERDATA, incoming);
    curl.set(handle, CURLOPT_HTTPHEADER, fields);
    curl.set(handle, CURLOPT_ERRORBUFFER, message);
    CURLcode code = curl.perform(handle);
    curl.set(handle, CURLOPT_HTTPHEADER, NULL);
    curl.set(handle, CURLOPT_ERRORBUFFER, NULL);
    curl.free_all(fields);
    long status = 0;
    if (code == CURLE_OK) {
        curl.get(handle, CURLINFO_RESPONSE_CODE, &status);
        if (status == 0)
            error_set(error, RELATO_ERROR_IO, 0, SIZE_MAX, "cannot be fetched: its server gives no status");
        return status;
    }
    if (fetcher->refused)
        error_set(error, RELATO_ERROR_IO, 0, SIZE_MAX,
                  "is at an address of a private network; --allow-private fetches it");
    else if (incoming->too_large)
        error_set(error, RELATO_ERROR_LIMIT, 0, SIZE_MAX, "is larger than %zu MB", incoming->most >> 20);
    else
        error_set(error, RELATO_ERROR_IO, 0, SIZE_MAX, "cannot be fetched: %s",
                  *message ? message : curl.strerror(code));
    return 0;
}

/* ---- hosts and what they allow -------------------------------------------------------- */

/* "https://example.org:8080" of an address, malloc'd; *path is what follows. */
static char *origin_of(const char *address, Str *path)
{
    const char *host = strstr(address, "://");
    size_t length = host ? (size_t)(host - address) + 3 : 0;
    length += strcspn(address + length, "/?#");
    *path = str_of(address + length);
    path->size = strcspn(path->at, "#");
    char *origin = malloc(length + 1);
    if (origin) {
        memcpy(origin, address, length);
        origin[length] = '\0';
    }
    return origin;
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Fetches the robots.txt of an origin. A file that is not there allows all, a
 * server that fails forbids all (RFC 9309, 2.3.1). */
static char *robots_of(Fetcher *fetcher, const char *origin, Error *error)
{
    Buffer address = { 0 }, bytes = { 0 };
    size_t size;
    buffer_format(&address, "%s/robots.txt", origin);
    char *url = buffer_take(&address, &size);
    if (!url)
        return NULL;
    Incoming incoming = { .bytes = &bytes, .most = ROBOTS_LIMIT };
    curl.set(fetcher->handle, CURLOPT_FOLLOWLOCATION, 1L);
    long status = ask(fetcher, url, &incoming, error);
    curl.set(fetcher->handle, CURLOPT_FOLLOWLOCATION, 0L);
    free(url);
    if (status >= 500)
        error_set(error, RELATO_ERROR_IO, 0, SIZE_MAX, "is not fetched: the robots.txt of its host has status %ld",
                  status);
    bool allows_all = (status >= 400 && status < 500) || (status == 0 && incoming.too_large);
    bool known = allows_all || (status >= 200 && status < 300);
    if (allows_all)
        bytes.size = 0;
    buffer_byte(&bytes, '\n');
    char *robots = buffer_take(&bytes, &size);
    if (known)
        return robots;
    free(robots);
    return NULL;
}

/* The host of an address, its robots.txt read; NULL and `error`. */
static Host *host_of(Fetcher *fetcher, const char *address, Str *path, Error *error)
{
    char *origin = origin_of(address, path);
    for (size_t i = 0; origin && i < fetcher->host_count; i++)
        if (!strcasecmp(fetcher->hosts[i].origin, origin)) {
            free(origin);
            return &fetcher->hosts[i];
        }
    Host *hosts = origin && fetcher->host_count < MOST_HOSTS
                      ? realloc(fetcher->hosts, (fetcher->host_count + 1) * sizeof *hosts)
                      : NULL;
    if (!hosts) {
        free(origin);
        error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
        return NULL;
    }
    fetcher->hosts = hosts;
    Host host = { .origin = origin, .robots = robots_of(fetcher, origin, error) };
    if (!host.robots) { /* perhaps the next time */
        free(origin);
        return NULL;
    }
    hosts[fetcher->host_count] = host;
    return &hosts[fetcher->host_count++];
}

/* Waits until the host may be asked again. */
static void be_polite(Host *host)
{
    double wait = host->asked > 0 ? host->asked + 1 - seconds() : 0;
    if (wait > 0) {
        struct timespec pause = { .tv_sec = 0, .tv_nsec = (long)(wait < 1 ? wait * 1e9 : 999999999) };
        nanosleep(&pause, NULL);
    }
    host->asked = seconds();
}

/* ---- fetching --------------------------------------------------------------------------- */

Fetcher *fetcher_new(bool allow_private, Error *error)
{
    pthread_once(&once, load_curl);
    if (!curl.loaded) {
        error_set(error, RELATO_ERROR_IO, 0, SIZE_MAX, "cannot be fetched: there is no libcurl (libcurl.so.4) here");
        return NULL;
    }
    Fetcher *fetcher = calloc(1, sizeof *fetcher);
    CURL *handle = fetcher ? curl.init() : NULL;
    if (!handle) {
        free(fetcher);
        error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
        return NULL;
    }
    *fetcher = (Fetcher){ .handle = handle, .allow_private = allow_private };
    curl.set(handle, CURLOPT_NOSIGNAL, 1L);
    curl.set(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl.set(handle, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl.set(handle, CURLOPT_MAXREDIRS, (long)MOST_REDIRECTIONS);
    curl.set(handle, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    curl.set(handle, CURLOPT_TIMEOUT, (long)WHOLE_SECONDS);
    curl.set(handle, CURLOPT_LOW_SPEED_TIME, (long)STALL_SECONDS);
    curl.set(handle, CURLOPT_LOW_SPEED_LIMIT, 100L);
    curl.set(handle, CURLOPT_USERAGENT, "Relato/" RELATO_VERSION);
    curl.set(handle, CURLOPT_ACCEPT_ENCODING, "");
    curl.set(handle, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl.set(handle, CURLOPT_OPENSOCKETDATA, fetcher);
    curl.set(handle, CURLOPT_WRITEFUNCTION, take_bytes);
    curl.set(handle, CURLOPT_HEADERFUNCTION, take_field);
    return fetcher;
}

void fetcher_free(Fetcher *fetcher)
{
    if (!fetcher)
        return;
    for (size_t i = 0; i < fetcher->host_count; i++) {
        free(fetcher->hosts[i].origin);
        free(fetcher->hosts[i].robots);
    }
    free(fetcher->hosts);
    curl.cleanup(fetcher->handle);
    free(fetcher);
}

void fetched_free(Fetched *fetched)
{
    Buffer *const buffers[] = { &fetched->bytes, &fetched->url, &fetched->encoding, &fetched->etag,
                                &fetched->modified };
    for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++)
        buffer_free(buffers[i]);
}

/* Fetches one address, or sets *next (malloc'd) to where it redirects. */
static bool fetch_one(Fetcher *fetcher, const char *address, Fetched *fetched, char **next, Error *error)
{
    Str path;
    Host *host = host_of(fetcher, address, &path, error);
    if (!host)
        return false;
    if (!robots_allow(str_of(host->robots), "relato", path.size ? path : STR("/")))
        return error_set(error, RELATO_ERROR_IO, 0, SIZE_MAX, "is not fetched: the robots.txt of its host forbids it");
    be_polite(host);
    Incoming incoming = { .bytes = &fetched->bytes, .most = RECORD_LIMIT, .fetched = fetched };
    long status = ask(fetcher, address, &incoming, error);
    char *to = NULL;
    if (status >= 300 && status < 400 && status != 304)
        curl.get(fetcher->handle, CURLINFO_REDIRECT_URL, &to);
    if (to) {
        fetched->bytes.size = 0;
        *next = strdup(to);
        return *next || error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
    }
    fetched->unchanged = status == 304;
    buffer_add(&fetched->url, str_of(address));
    return status == 304 || (status >= 200 && status < 300) ||
           (status &&
            error_set(error, RELATO_ERROR_IO, 0, SIZE_MAX, "cannot be fetched: its server has status %ld", status));
}

bool fetch(Fetcher *fetcher, const char *address, Fetched *fetched, Error *error)
{
    char *current = strdup(address);
    for (int hops = 0; current; hops++) {
        char *next = NULL;
        bool done = is_address(current) ? fetch_one(fetcher, current, fetched, &next, error)
                                        : error_set(error, RELATO_ERROR_IO, 0, SIZE_MAX,
                                                    "leads to an address that is neither http nor https");
        free(current);
        current = next;
        if (!next)
            return done;
        if (hops == MOST_REDIRECTIONS) {
            free(next);
            return error_set(error, RELATO_ERROR_IO, 0, SIZE_MAX, "leads on to other addresses more than %d times",
                             MOST_REDIRECTIONS);
        }
    }
    return error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
}
