#include "core/utf8.h"

#include <unicode/unorm2.h>
#include <unicode/utf8.h>

/* ICU's macros mix signed and unsigned. */
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"

uint32_t utf8_next(Str s, size_t *at)
{
    unsigned char first = (unsigned char)s.at[*at];
    if (first < 0x80) {
        ++*at;
        return first;
    }
    UChar32 code_point;
    U8_NEXT_OR_FFFD(s.at, *at, s.size, code_point);
    return (uint32_t)code_point;
}

uint32_t utf8_previous(Str s, size_t *at)
{
    const uint8_t *bytes = (const uint8_t *)s.at;
    /* A sequence has four bytes at most: ICU's 32-bit index need not hold *at. */
    size_t base = *at > UTF8_LONGEST ? *at - UTF8_LONGEST : 0;
    int32_t index = (int32_t)(*at - base);
    UChar32 code_point;
    U8_PREV_OR_FFFD(bytes + base, 0, index, code_point);
    *at = base + (size_t)index;
    return (uint32_t)code_point;
}

size_t utf8_encode(uint32_t code_point, char *bytes)
{
    size_t size = 0;
    if (code_point > 0x10FFFF || U_IS_SURROGATE(code_point))
        code_point = 0xFFFD;
    U8_APPEND_UNSAFE(bytes, size, (UChar32)code_point);
    return size;
}

size_t utf8_invalid(Str s)
{
    for (size_t i = 0; i < s.size;) {
        size_t start = i;
        UChar32 code_point;
        U8_NEXT(s.at, i, s.size, code_point);
        if (code_point < 0)
            return start;
    }
    return s.size;
}

size_t utf8_length(Str s)
{
    size_t count = 0;
    for (size_t i = 0; i < s.size; i++)
        count += !U8_IS_TRAIL(s.at[i]);
    return count;
}

size_t utf8_columns(Str s)
{
    size_t columns = 0;
    for (size_t i = 0; i < s.size;) {
        UChar32 c = (UChar32)utf8_next(s, &i);
        if (c < 0x300) {
            columns++;
            continue;
        }
        int8_t category = u_charType(c);
        if (category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK || category == U_FORMAT_CHAR)
            continue;
        int32_t width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
        columns += width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
    }
    return columns;
}

Str utf8_fold(Arena *arena, Str s)
{
    /* Simple folding changes a code point's length by one byte at most. */
    char *bytes = arena_alloc(arena, 2 * s.size + UTF8_LONGEST);
    size_t size = 0;
    for (size_t i = 0; i < s.size;) {
        uint32_t c = utf8_next(s, &i);
        if (c < 0x80)
            bytes[size++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
        else
            size += utf8_encode((uint32_t)u_foldCase((UChar32)c, U_FOLD_CASE_DEFAULT), bytes + size);
    }
    bytes[size] = '\0';
    return (Str){ bytes, size };
}

Str utf8_strip_accents(Arena *arena, Str s)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfd = unorm2_getNFDInstance(&status);
    char *bytes = arena_alloc(arena, 2 * s.size + UTF8_LONGEST);
    size_t size = 0;
    for (size_t i = 0; i < s.size;) {
        UChar32 c = (UChar32)utf8_next(s, &i);
        if (c >= 0xC0 && c < 0x2000) {
            UChar parts[32];
            status = U_ZERO_ERROR;
            int32_t length = nfd ? unorm2_getRawDecomposition(nfd, c, parts, 32, &status) : -1;
            while (length > 0 && U_SUCCESS(status)) {
                int32_t at = 0;
                U16_NEXT(parts, at, length, c);
                length = unorm2_getRawDecomposition(nfd, c, parts, 32, &status);
            }
            if (u_charType(c) == U_NON_SPACING_MARK)
                continue;
        }
        size += utf8_encode((uint32_t)c, bytes + size);
    }
    bytes[size] = '\0';
    return (Str){ bytes, size };
}

Str utf8_normalise(Arena *arena, Str s)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
    /* Nothing below U+0300 changes alone or composes with what precedes it. */
    bool plain = true;
    for (size_t i = 0; i < s.size && plain; i++)
        plain = (unsigned char)s.at[i] < 0xCC;
    if (plain || U_FAILURE(status) || s.size > INT32_MAX / 4)
        return s;
    UChar *source = arena_alloc(arena, (s.size + 1) * sizeof *source);
    int32_t length = 0;
    for (size_t i = 0; i < s.size;) {
        uint32_t c = utf8_next(s, &i);
        U16_APPEND_UNSAFE(source, length, c);
    }
    if (unorm2_spanQuickCheckYes(nfc, source, length, &status) == length || U_FAILURE(status))
        return s;
    int32_t capacity = 3 * length + 1;
    UChar *normal = arena_alloc(arena, (size_t)capacity * sizeof *normal);
    int32_t size = unorm2_normalize(nfc, source, length, normal, capacity, &status);
    if (U_FAILURE(status))
        return s;
    return utf8_of_utf16(arena, normal, (size_t)size);
}

Str utf8_of_utf16(Arena *arena, const UChar *units, size_t count)
{
    char *bytes = arena_alloc(arena, 3 * count + 1);
    size_t size = 0;
    for (size_t i = 0; i < count;) {
        UChar32 c;
        U16_NEXT(units, i, count, c);
        size += utf8_encode((uint32_t)c, bytes + size);
    }
    bytes[size] = '\0';
    return (Str){ bytes, size };
}
