/* UTF-8: what ICU's macros do, under names that read well. */
#ifndef RELATO_CORE_UTF8_H
#define RELATO_CORE_UTF8_H

#include <unicode/uchar.h>

#include "core/str.h"

enum { UTF8_LONGEST = 4 };

/* The code point at *at, which moves behind it; U+FFFD for a broken sequence
 * (then *at moves as The Unicode Standard, table 3-8, says). *at < s.size. */
uint32_t utf8_next(Str s, size_t *at);

/* The code point before *at, which moves to its first byte. *at > 0. */
uint32_t utf8_previous(Str s, size_t *at);

/* Writes the code point to `bytes` (UTF8_LONGEST of them); returns how many. */
size_t utf8_encode(uint32_t code_point, char *bytes);

/* Position of the first byte that is not UTF-8, or s.size if all is. */
size_t utf8_invalid(Str s);

/* Number of code points in valid UTF-8. */
size_t utf8_length(Str s);

/* Columns that s takes in a terminal (East Asian wide: two, marks: none). */
size_t utf8_columns(Str s);

/* Case folding, one code point for one (Unicode's simple case folding). The
 * result may be longer or shorter in bytes. */
Str utf8_fold(Arena *arena, Str s);

/* s without its accents: canonical decomposition without nonspacing marks, for
 * Latin letters; everything else stays. */
Str utf8_strip_accents(Arena *arena, Str s);

/* s in Unicode normalisation form C; s itself if it already is. */
Str utf8_normalise(Arena *arena, Str s);

/* UTF-16 (`count` units, as ICU gives it) in UTF-8. */
Str utf8_of_utf16(Arena *arena, const UChar *units, size_t count);

#endif
