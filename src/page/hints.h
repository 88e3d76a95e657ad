/* Hints: words that tell what a page's elements and lines are, as data
 * (lexicon/page/): in the names of classes, and the months in dates. */
#ifndef RELATO_PAGE_HINTS_H
#define RELATO_PAGE_HINTS_H

#include "language/builder.h"
#include "language/lexicon.h"
#include "language/phrase.h"

typedef enum HintUse {
    HINT_NEVER, /* a name that holds it says nothing */
    HINT_JANUARY = 1,
    HINT_DECEMBER = 12,
    HINT_APART /* what bears the name is no part of the article */
} HintUse;

typedef struct Hint {
    Phrase phrase;
    uint32_t use; /* HintUse */
} Hint;

typedef struct PageHints {
    const Lexicon *lexicon; /* NULL: nothing is known */
    const Hint *hints;      /* (count), sorted by the first word */
    const uint32_t *tails;
    size_t count, tail_count;
} PageHints;

/* Adds the hints to a lexicon, and opens those of one. */
void hints_compile(LexiconBuilder *builder);
PageHints hints_open(const Lexicon *lexicon);

/* True if an element with these names, parted by spaces, is apart from the article. */
bool hints_apart(const PageHints *hints, Str names);

/* The month that a word names, from 1; 0 if it names none. */
int hints_month(const PageHints *hints, Str folded);

#endif
