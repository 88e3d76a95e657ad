/* Responses of web servers as they came over the wire (RFC 9112). */
#ifndef RELATO_INPUT_HTTP_H
#define RELATO_INPUT_HTTP_H

#include "core/buffer.h"
#include "core/error.h"

typedef struct Response {
    int status; /* 200 … */
    Str fields; /* header fields */
    Str body;   /* unpacked */
} Response;

/* Takes a response apart. `unpacked` is an empty buffer that the caller frees; the body may
 * stand in it. At most `most` bytes are unpacked. False and `error` if it is no
 * response, packed in a way that is not known here, or too large. */
bool http_response(Str bytes, size_t most, Buffer *unpacked, Response *response, Error *error);

#endif
