/* Atoms: the pieces in which names are compared. A run of letters and digits is
 * one atom, any other character but white space is one too. So a name is found
 * whatever the tokens are: "EE. UU.", "al-Qaeda", "N'Djamena", "Moscow's". */
#ifndef RELATO_NAMES_ATOMS_H
#define RELATO_NAMES_ATOMS_H

#include "document/document.h"
#include "language/lexicon.h"

typedef struct Atom {
    uint32_t start, end; /* bytes of the text */
    uint32_t word;       /* id in the lexicon, 0 if it is not there */
    uint32_t token;      /* index of the token it is in */
} Atom;

typedef struct Atoms {
    Atom *items;
    size_t count, capacity;
} Atoms;

/* The next atom of s from *at on, which moves behind it. False at the end. */
bool atom_next(Str s, size_t *at, Str *atom);

/* The atom as the lexicon has it: curly apostrophes and hyphens made plain. */
Str atom_plain(Str atom);

/* The atoms of all tokens, in order. */
Atoms atoms_of(const Document *document, const Lexicon *lexicon);

#endif
