#include "core/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/utf8.h"

char *buffer_reserve(Buffer *buffer, size_t more)
{
    if (buffer->failed)
        return NULL;
    if (more > buffer->capacity - buffer->size) {
        size_t capacity = buffer->capacity ? buffer->capacity : 256;
        while (more > capacity - buffer->size && capacity <= SIZE_MAX / 2)
            capacity *= 2;
        char *bytes = more > capacity - buffer->size ? NULL : realloc(buffer->bytes, capacity);
        if (!bytes) {
            buffer->failed = true;
            return NULL;
        }
        buffer->bytes = bytes;
        buffer->capacity = capacity;
    }
    return buffer->bytes + buffer->size;
}

void buffer_add(Buffer *buffer, Str s)
{
    char *at = s.size ? buffer_reserve(buffer, s.size) : NULL;
    if (at) {
        memcpy(at, s.at, s.size);
        buffer->size += s.size;
    }
}

void buffer_byte(Buffer *buffer, char byte)
{
    buffer_add(buffer, (Str){ &byte, 1 });
}

void buffer_repeat(Buffer *buffer, char byte, size_t count)
{
    char *at = buffer_reserve(buffer, count);
    if (at) {
        memset(at, byte, count);
        buffer->size += count;
    }
}

void buffer_format(Buffer *buffer, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *at = length < 0 ? NULL : buffer_reserve(buffer, (size_t)length + 1);
    if (at) {
        vsnprintf(at, (size_t)length + 1, format, again);
        buffer->size += (size_t)length;
    }
    va_end(again);
}

void buffer_code_point(Buffer *buffer, uint32_t code_point)
{
    char bytes[UTF8_LONGEST];
    buffer_add(buffer, (Str){ bytes, utf8_encode(code_point, bytes) });
}

char *buffer_take(Buffer *buffer, size_t *size)
{
    char *end = buffer_reserve(buffer, 1);
    if (!end) {
        buffer_free(buffer);
        return NULL;
    }
    *end = '\0';
    char *bytes = buffer->bytes;
    if (size)
        *size = buffer->size;
    *buffer = (Buffer){ 0 };
    return bytes;
}

void buffer_free(Buffer *buffer)
{
    free(buffer->bytes);
    *buffer = (Buffer){ 0 };
}
