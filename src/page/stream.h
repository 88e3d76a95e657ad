/* Streams: the bytes of a file or of standard input, unpacked if they are
 * packed. */
#ifndef RELATO_PAGE_STREAM_H
#define RELATO_PAGE_STREAM_H

#include "core/error.h"

typedef struct Stream Stream;

/* Opens the file `name` ("-": standard input). gzip and zstd are recognised by
 * their first bytes, several members one behind the other included. Returns
 * NULL and fills `error` if it cannot be opened or is a directory. */
Stream *stream_open(const char *name, Error *error);

/* Reads at most `size` bytes (not 0) to `bytes`. Returns how many; 0 at the
 * end, and, with `error` filled and *failed set, where it cannot be read
 * further. After either the stream is at its end. */
size_t stream_read(Stream *stream, char *bytes, size_t size, bool *failed, Error *error);

void stream_close(Stream *stream);

#endif
