#include "core/str.h"

#include <stdarg.h>
#include <stdio.h>

int str_compare(Str a, Str b)
{
    size_t shorter = a.size < b.size ? a.size : b.size;
    int order = shorter ? memcmp(a.at, b.at, shorter) : 0;
    return order ? order : (a.size > b.size) - (a.size < b.size);
}

size_t str_find_byte(Str s, char byte, size_t from)
{
    if (from >= s.size)
        return s.size;
    const char *found = memchr(s.at + from, byte, s.size - from);
    return found ? (size_t)(found - s.at) : s.size;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

Str str_trim(Str s)
{
    while (s.size && is_blank(s.at[0]))
        s.at++, s.size--;
    while (s.size && is_blank(s.at[s.size - 1]))
        s.size--;
    return s;
}

Str str_cut(Str *s, char separator)
{
    size_t at = str_find_byte(*s, separator, 0);
    Str before = { s->at, at };
    *s = at < s->size ? str_slice(*s, at + 1, s->size) : (Str){ NULL, 0 };
    return before;
}

Str str_copy(Arena *arena, Str s)
{
    return str_join(arena, s, (Str){ NULL, 0 });
}

Str str_join(Arena *arena, Str a, Str b)
{
    char *bytes = arena_alloc(arena, a.size + b.size + 1);
    if (a.size)
        memcpy(bytes, a.at, a.size);
    if (b.size)
        memcpy(bytes + a.size, b.at, b.size);
    bytes[a.size + b.size] = '\0';
    return (Str){ bytes, a.size + b.size };
}

Str str_format(Arena *arena, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    size_t size = length < 0 ? 0 : (size_t)length;
    char *bytes = arena_alloc(arena, size + 1);
    vsnprintf(bytes, size + 1, format, again);
    va_end(again);
    return (Str){ bytes, size };
}

uint32_t str_hash(Str s)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < s.size; i++)
        hash = (hash ^ (unsigned char)s.at[i]) * 16777619u;
    return hash;
}
