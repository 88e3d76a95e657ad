/* Streams: bytes that come from a file, from standard input or from inside an
 * archive, unpacked if they are packed. */
#ifndef RELATO_INPUT_STREAM_H
#define RELATO_INPUT_STREAM_H

#include "core/error.h"

typedef struct Stream Stream;

/* Where a stream has its bytes from. `read` gives at most `size` bytes (not 0)
 * and returns how many; 0 at the end, and, with `error` filled and *failed set,
 * where it cannot be read further. `close` gives back the context. */
typedef struct Supply {
    size_t (*read)(void *context, char *bytes, size_t size, bool *failed, Error *error);
    void (*close)(void *context);
    void *context;
} Supply;

/* Opens the file `name` ("-": standard input). Returns NULL and fills `error` if
 * it cannot be opened or is a directory. */
Stream *stream_open(const char *name, Error *error);

/* A stream of what the supply gives; it closes the supply, also if it is NULL
 * because memory is short. */
Stream *stream_of(Supply supply, Error *error);

/* Reads at most `size` bytes (not 0) to `bytes`; returns what Supply.read does.
 * gzip and zstd are recognised by their first bytes, several members one behind
 * the other included. After 0 the stream is at its end. */
size_t stream_read(Stream *stream, char *bytes, size_t size, bool *failed, Error *error);

void stream_close(Stream *stream);

#endif
