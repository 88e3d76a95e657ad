/* Fetching: pages from the web, through libcurl, politely and with limits. */
#ifndef RELATO_INPUT_FETCH_H
#define RELATO_INPUT_FETCH_H

#include "core/buffer.h"
#include "core/error.h"

typedef struct Fetcher Fetcher;

/* A fetcher keeps connections and what robots.txt files said. `allow_private`:
 * also fetch from addresses of private and local networks. NULL and `error` if
 * memory is short or libcurl is not there. */
Fetcher *fetcher_new(bool allow_private, Error *error);
void fetcher_free(Fetcher *fetcher);

typedef struct Fetched {
    Buffer bytes;          /* unpacked */
    Buffer url;            /* after redirections */
    Buffer encoding;       /* as declared by the server; may be empty */
    Buffer etag, modified; /* for the next time: in, if not empty, and out */
    bool unchanged;        /* the server says that it is what etag and modified name */
} Fetched;

/* True if the name is an address that can be fetched: http: or https:. */
bool is_address(const char *name);

/* Fetches `address` into `fetched`, which is empty but for etag and modified.
 * Redirections are followed, ten at most; robots.txt is heeded at each host, a
 * host is asked once a second at most. False and `error`: refused, not there,
 * too large (RECORD_LIMIT), too slow, private. */
bool fetch(Fetcher *fetcher, const char *address, Fetched *fetched, Error *error);

void fetched_free(Fetched *fetched);

#endif
