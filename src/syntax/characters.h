/* What kind of character a code point is to tokenisation. */
#ifndef RELATO_SYNTAX_CHARACTERS_H
#define RELATO_SYNTAX_CHARACTERS_H

#include "core/utf8.h"

typedef enum CharacterKind {
    CHARACTER_SPACE,
    CHARACTER_SIGN, /* punctuation and symbols */
    CHARACTER_DIGIT,
    CHARACTER_SMALL, /* letters: small, or of a script without case; */
    CHARACTER_CAPITAL,
    CHARACTER_MARK /* accents, joiners: part of the character before them */
} CharacterKind;

/* Kinds of the ASCII characters. */
extern const uint8_t character_kinds[128];

/* Kind of a code point beyond ASCII. */
CharacterKind character_kind_beyond(uint32_t code_point);

static inline CharacterKind character_kind(uint32_t code_point)
{
    return code_point < 0x80 ? (CharacterKind)character_kinds[code_point] : character_kind_beyond(code_point);
}

/* utf8_next without a call for ASCII. */
static inline uint32_t next_character(Str s, size_t *at)
{
    unsigned char first = (unsigned char)s.at[*at];
    if (first >= 0x80)
        return utf8_next(s, at);
    ++*at;
    return first;
}

static inline bool is_letter(CharacterKind kind)
{
    return kind == CHARACTER_SMALL || kind == CHARACTER_CAPITAL;
}

/* Part of a word: letter, digit or the mark on one. */
static inline bool is_wordly(CharacterKind kind)
{
    return kind >= CHARACTER_DIGIT;
}

/* ' and ’ and the accents that are typed for them. */
static inline bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == '`' || c == 0x2019 || c == 0xB4 || c == 0x2BC;
}

static inline bool is_superscript(uint32_t c)
{
    return c == 0xB2 || c == 0xB3 || c == 0xB9;
}

static inline bool is_hyphen(uint32_t c)
{
    return c == '-' || c == 0x2010 || c == 0x2011;
}

#endif
