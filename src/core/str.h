/* Str: a view of bytes that somebody else owns. */
#ifndef RELATO_CORE_STR_H
#define RELATO_CORE_STR_H

#include <string.h>

#include "core/arena.h"
#include "relato.h"

typedef RelatoString Str;

/* A Str of a string literal. */
#define STR(literal) ((Str){ "" literal, sizeof(literal) - 1 })

/* For printf: printf("%.*s", STR_ARGUMENTS(s)). */
#define STR_ARGUMENTS(s) (int)(s).size, (s).at

static inline Str str_of(const char *zero_ended)
{
    return (Str){ zero_ended, zero_ended ? strlen(zero_ended) : 0 };
}

static inline bool str_equal(Str a, Str b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.at, b.at, a.size) == 0);
}

static inline bool str_starts(Str s, Str prefix)
{
    return s.size >= prefix.size && (prefix.size == 0 || memcmp(s.at, prefix.at, prefix.size) == 0);
}

static inline bool str_ends(Str s, Str suffix)
{
    return s.size >= suffix.size &&
           (suffix.size == 0 || memcmp(s.at + s.size - suffix.size, suffix.at, suffix.size) == 0);
}

/* Bytes [start, end) of s; both within its size. */
static inline Str str_slice(Str s, size_t start, size_t end)
{
    /* Until C23 nothing may be added to NULL, not even 0. */
    return (Str){ start ? s.at + start : s.at, end - start };
}

/* By bytes, the shorter first: for qsort and for a fixed order of output. */
int str_compare(Str a, Str b);

/* Position of the first `byte` in s from `from` on, or s.size. */
size_t str_find_byte(Str s, char byte, size_t from);

/* s without spaces, tabs and line ends at both ends. */
Str str_trim(Str s);

/* Cuts s at the next `separator`: returns what stands before it and leaves in
 * *s what stands behind it; at the end *s is {NULL, 0}. Loop: while (s.at). */
Str str_cut(Str *s, char separator);

/* A copy in the arena, ended by a zero byte that its size does not count. */
Str str_copy(Arena *arena, Str s);

/* a followed by b, in the arena, ended by a zero byte. */
Str str_join(Arena *arena, Str a, Str b);

/* A printf-style string in the arena, ended by a zero byte. */
Str str_format(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* FNV-1a of the bytes. The same on every machine: it is stored in compiled lexicons. */
uint32_t str_hash(Str s);

#endif
