#include "syntax/features.h"

#include "core/utf8.h"

/* ---- case ---------------------------------------------------------------- */

static bool within(uint32_t c, uint32_t first, uint32_t last)
{
    return c >= first && c <= last;
}

/* Blocks in which a capital is even and its small letter follows it. */
static bool pairs_from_even(uint32_t c)
{
    return within(c, 0x100, 0x137) || within(c, 0x14A, 0x177) || within(c, 0x460, 0x481) || within(c, 0x1E00, 0x1EFF);
}

uint32_t lower_character(uint32_t c)
{
    if (c < 0x80)
        return within(c, 'A', 'Z') ? c + 32 : c;
    if (within(c, 0xC0, 0xDE))
        return c == 0xD7 ? c : c + 32;
    if (pairs_from_even(c))
        return c == 0x130 || c == 0x131 ? c : c | 1;
    if (within(c, 0x139, 0x148) || within(c, 0x179, 0x17E))
        return c & 1 ? c + 1 : c;
    if (c == 0x178)
        return 0xFF;
    if (within(c, 0x391, 0x3A9))
        return c == 0x3A2 ? c : c + 32;
    if (within(c, 0x410, 0x42F))
        return c + 32;
    return within(c, 0x400, 0x40F) ? c + 80 : c;
}

/* A small letter, so far as we know case. */
static bool is_small(uint32_t c)
{
    if (c < 0x80)
        return within(c, 'a', 'z');
    if (c < 0x100)
        return c >= 0xDF && c != 0xF7;
    return lower_character(c) == c && (within(c, 0x100, 0x17F) || within(c, 0x3AC, 0x3CE) || within(c, 0x430, 0x45F) ||
                                       within(c, 0x461, 0x481) || within(c, 0x1E00, 0x1EFF));
}

/* ---- hashing ------------------------------------------------------------- */

static const uint64_t OFFSET = 0xcbf29ce484222325, PRIME = 0x100000001b3;

/* FNV-1a. */
static uint64_t hash_bytes(uint64_t hash, const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * PRIME;
    return hash;
}

/* The final mixing of MurmurHash3. */
static uint64_t finish(uint64_t hash)
{
    hash ^= hash >> 33;
    hash *= 0xff51afd7ed558ccd;
    hash ^= hash >> 33;
    hash *= 0xc4ceb9fe1a85ec53;
    return hash ^ hash >> 33;
}

/* ---- features ------------------------------------------------------------ */

typedef struct Character {
    char bytes[UTF8_LONGEST];
    size_t size;
} Character;

enum { SHAPE_LENGTH = 8 };

typedef struct Shape {
    char kinds[SHAPE_LENGTH];
    size_t size;
} Shape;

/* Runs of a kind count once, a run of capitals twice: "Rui" Xx, "EUA" XX. */
static void add_to_shape(Shape *shape, uint32_t c)
{
    if (shape->size == SHAPE_LENGTH)
        return;
    char kind = '?';
    if (within(c, '0', '9'))
        kind = '0';
    else if (lower_character(c) != c)
        kind = 'X';
    else if (is_small(c))
        kind = 'x';
    else if (c < 0x80)
        kind = (char)c;
    size_t n = shape->size;
    if (n > 0 && shape->kinds[n - 1] == kind && (kind != 'X' || (n > 1 && shape->kinds[n - 2] == kind)))
        return;
    shape->kinds[shape->size++] = kind;
}

WordFeatures word_features(Str form)
{
    WordFeatures features;
    Character last[SUFFIXES]; /* the last characters read, as a ring */
    Shape shape = { .size = 0 };
    uint64_t word = hash_bytes(OFFSET, "w", 1), piece = hash_bytes(OFFSET, "p", 1);
    size_t count = 0;
    for (size_t at = 0; at < form.size; count++) {
        uint32_t c = utf8_next(form, &at);
        add_to_shape(&shape, c);
        Character *character = &last[count % SUFFIXES];
        character->size = utf8_encode(within(c, '0', '9') ? '0' : lower_character(c), character->bytes);
        word = hash_bytes(word, character->bytes, character->size);
        if (count < PREFIXES) {
            piece = hash_bytes(piece, character->bytes, character->size);
            features.pieces[count] = finish(piece + count);
        }
    }
    features.word = finish(word);
    for (size_t i = count; i < PREFIXES; i++)
        features.pieces[i] = finish(piece + i);
    piece = hash_bytes(OFFSET, "s", 1);
    for (size_t i = 0; i < SUFFIXES; i++) {
        if (i < count) {
            const Character *character = &last[(count - 1 - i) % SUFFIXES];
            piece = hash_bytes(piece, character->bytes, character->size);
        }
        features.pieces[PREFIXES + i] = finish(piece + i);
    }
    features.pieces[PIECES - 1] = finish(hash_bytes(hash_bytes(OFFSET, "x", 1), shape.kinds, shape.size));
    return features;
}

uint64_t lemma_key(Str form, uint8_t upos)
{
    uint64_t hash = hash_bytes(OFFSET, "l", 1);
    for (size_t at = 0; at < form.size;) {
        char bytes[UTF8_LONGEST];
        size_t size = utf8_encode(lower_character(utf8_next(form, &at)), bytes);
        hash = hash_bytes(hash, bytes, size);
    }
    return finish(hash + upos);
}

EndingKeys ending_keys(Str form, uint8_t upos)
{
    EndingKeys keys = { .count = 0 };
    uint64_t hash = hash_bytes(OFFSET, "e", 1);
    size_t end = form.size;
    while (end > 0 && keys.count < MOST_ENDINGS) {
        char bytes[UTF8_LONGEST];
        size_t size = utf8_encode(lower_character(utf8_previous(form, &end)), bytes);
        hash = hash_bytes(hash, bytes, size);
        keys.endings[keys.count++] = finish(hash + upos);
    }
    if (end == 0)
        keys.whole = finish(hash_bytes(hash, "^", 1) + upos);
    return keys;
}
