/* The server: an archive on the web, for reading alone (libmicrohttpd).
 *
 *     server.c   connections, headers, who may ask
 *     api.c      addresses under /api/ and their answers
 *     files.c    the pages, which the web folder's build made
 */
#ifndef RELATO_SERVER_SERVER_H
#define RELATO_SERVER_SERVER_H

#include <microhttpd.h>
#include <pthread.h>

#include "core/buffer.h"
#include "core/error.h"
#include "relato.h"

/* Longest body that is taken, and most rows of one answer. */
enum { MOST_BODY = 1 << 20, MOST_ROWS = 1000, USUAL_ROWS = 50 };

/* A file of the pages, held in memory. */
typedef struct File {
    char *path; /* "/index.html" */
    const char *type;
    char *bytes, *packed; /* packed: as gzip; NULL if that is no shorter */
    size_t size, packed_size;
    char etag[24];
    bool lasting; /* its name changes with its contents */
} File;

struct RelatoServer {
    struct MHD_Daemon *daemon;
    const RelatoKnowledge *knowledge;
    char *archive_file;
    bool open_to_all; /* bound to more than this machine: any Host is served */
    File *files;
    size_t file_count;
    pthread_mutex_t lock;
    RelatoArchive **idle; /* (idle_count) open archives that no thread uses */
    size_t idle_count, idle_capacity;
};

typedef struct RelatoServer Server;

/* What is sent back. */
typedef struct Reply {
    unsigned status;
    const char *type; /* of the content; static */
    char *bytes;      /* malloc'd; given on */
    size_t size;
} Reply;

/* ---- files.c */

/* Loads the pages below `folder`. False if it holds none. */
bool files_load(Server *server, const char *folder);
void files_free(Server *server);

/* The file of a path ("/" is the front page, and so is any address of the pages); NULL if there is none. */
const File *files_find(const Server *server, const char *path);

/* `size` bytes as gzip, malloc'd; NULL if that is no shorter or memory is short. */
char *packed_as_gzip(const char *bytes, size_t size, size_t *packed_size);

/* ---- api.c */

/* Answers what is asked under /api/; `body` is that of a POST, else empty. */
Reply api_answer(Server *server, struct MHD_Connection *connection, const char *path, const char *method, Str body);

/* An error as the API tells it. */
Reply api_error(unsigned status, const char *message);

#endif
