#include "names/atoms.h"

#include "core/utf8.h"

static bool joins(uint32_t c)
{
    if (c < 0x80)
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return u_isalnum((UChar32)c) || (U_GET_GC_MASK((UChar32)c) & U_GC_M_MASK);
}

bool atom_next(Str s, size_t *at, Str *atom)
{
    size_t i = *at;
    while (i < s.size) {
        size_t start = i;
        uint32_t c = utf8_next(s, &i);
        if (joins(c)) {
            size_t end = i;
            while (i < s.size && joins(utf8_next(s, &i)))
                end = i;
            *at = end;
            *atom = str_slice(s, start, end);
            return true;
        }
        if (!u_isUWhiteSpace((UChar32)c)) {
            *at = i;
            *atom = str_slice(s, start, i);
            return true;
        }
    }
    return false;
}

Str atom_plain(Str atom)
{
    static const Str curly[] = { { "\xE2\x80\x99", 3 }, { "\xE2\x80\x98", 3 }, { "\xCA\xBC", 2 } };
    static const Str hyphens[] = { { "\xE2\x80\x90", 3 }, { "\xE2\x80\x91", 3 } };
    for (size_t i = 0; i < sizeof curly / sizeof *curly; i++)
        if (str_equal(atom, curly[i]))
            return STR("'");
    for (size_t i = 0; i < sizeof hyphens / sizeof *hyphens; i++)
        if (str_equal(atom, hyphens[i]))
            return STR("-");
    return atom;
}

static uint32_t word_of(const Document *document, const Lexicon *lexicon, Str atom)
{
    return lexicon_word(lexicon, utf8_fold(document->arena, atom_plain(atom)), document->bare);
}

Atoms atoms_of(const Document *document, const Lexicon *lexicon)
{
    Atoms atoms = { 0 };
    for (size_t t = 0; t < document->token_count; t++) {
        const Token *token = &document->tokens[t];
        Str form = token_str(document, token), part;
        for (size_t at = 0; atom_next(form, &at, &part);) {
            Atom *atom = ARENA_PUSH(document->arena, &atoms);
            atom->start = token->start + (uint32_t)(part.at - form.at);
            atom->end = atom->start + (uint32_t)part.size;
            atom->token = (uint32_t)t;
            atom->word = part.size == form.size ? token->word : word_of(document, lexicon, part);
        }
    }
    return atoms;
}
