#include "core/error.h"

#include <stdarg.h>
#include <string.h>

bool error_set(Error *error, RelatoStatus status, size_t line, size_t offset, const char *format, ...)
{
    if (!error)
        return false;
    error->status = status;
    error->line = line;
    error->offset = offset;
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    if (length >= (int)sizeof error->message) {
        /* Do not end inside a UTF-8 sequence. */
        size_t end = sizeof error->message - 1;
        while (end > 0 && ((unsigned char)error->message[end - 1] & 0xC0) == 0x80)
            end--;
        if (end > 0 && (unsigned char)error->message[end - 1] >= 0xC0)
            end--;
        error->message[end] = '\0';
    }
    return false;
}
