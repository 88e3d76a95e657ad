/* What kind of character a code point is to tokenisation. */
#ifndef RELATO_SYNTAX_CHARACTERS_H
#define RELATO_SYNTAX_CHARACTERS_H

#include "core/utf8.h"

typedef enum CharacterKind {
    CHARACTER_SPACE,
    CHARACTER_SIGN,         /* punctuation and symbols */
    CHARACTER_DIGIT,
    CHARACTER_SMALL,        /* letters: small, or of a script without case; */
    CHARACTER_CAPITAL,
    CHARACTER_MARK          /* accents, joiners: part of the character before them */
} CharacterKind;

CharacterKind character_kind(uint32_t code_point);

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

static inline bool is_hyphen(uint32_t c)
{
    return c == '-' || c == 0x2010 || c == 0x2011;
}

#endif
