/* Buffer: bytes that grow, for output and for what has no document yet. */
#ifndef RELATO_CORE_BUFFER_H
#define RELATO_CORE_BUFFER_H

#include "core/str.h"

typedef struct Buffer {
    char *bytes; /* malloc'd; (size) used of (capacity); NULL while empty */
    size_t size, capacity;
    bool failed; /* memory was short: what was added since is lost */
} Buffer;

/* An empty buffer is (Buffer){0}. Each function adds at the end; when memory
 * is short `failed` is set and further calls do nothing, so that it suffices to
 * look once at the end. */
void buffer_add(Buffer *buffer, Str s);
void buffer_byte(Buffer *buffer, char byte);
void buffer_repeat(Buffer *buffer, char byte, size_t count);
void buffer_format(Buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buffer_code_point(Buffer *buffer, uint32_t code_point);

/* Makes room for `more` bytes behind the end; returns where they begin or NULL. */
char *buffer_reserve(Buffer *buffer, size_t more);

/* Gives the bytes, ended by a zero byte, to the caller, who frees them; NULL
 * if memory was short. The buffer is empty then. */
char *buffer_take(Buffer *buffer, size_t *size);

void buffer_free(Buffer *buffer);

static inline Str buffer_str(const Buffer *buffer)
{
    return (Str){ buffer->bytes, buffer->size };
}

#endif
