/* What the lexicon knows of lemmas: lexicon/LANGUAGE/irregular.tsv and
 * lemma-endings.tsv, compiled and looked up. It overrules the network. */
#ifndef RELATO_SYNTAX_LEMMA_LEXICON_H
#define RELATO_SYNTAX_LEMMA_LEXICON_H

#include "document/document.h"
#include "language/builder.h"
#include "language/lexicon.h"
#include "syntax/model.h"

enum { LEMMA_CHOICES = 8 }; /* lemmas that one form with one tag may have */

/* How one form becomes a lemma; section "lemma.rows", those of a key together. */
typedef struct LemmaRow {
    uint32_t script;   /* string: see lemma_apply */
    uint32_t features; /* string: those that the word must have, parted by "|" */
    uint32_t last;     /* 1: the last of its key */
} LemmaRow;

/* An ending that lemmas of a tag must have; section "lemma.endings". */
typedef struct LemmaEnding {
    uint32_t upos, ending; /* ending: string */
} LemmaEnding;

typedef struct LemmaLexicon {
    const Lexicon *lexicon;
    Keys keys; /* ending_keys of forms, to 1 + their first row */
    const LemmaRow *rows;
    const LemmaEnding *endings;
    size_t row_count, ending_count;
} LemmaLexicon;

/* Reads both files and adds the sections. */
void lemma_compile(LexiconBuilder *builder);

LemmaLexicon lemma_lexicon_open(const Lexicon *lexicon);

/* The scripts that make the lemmas which the form, tag and features of a word
 * allow, in the order of the sources; returns how many. 0: nothing is known. A
 * NULL lexicon knows nothing. */
size_t lemma_lexicon_find(const LemmaLexicon *lexicon, const Word *word, Str scripts[LEMMA_CHOICES]);

/* Whether a lemma ends as those of its tag must: true if there is no such rule. */
bool lemma_lexicon_fits(const LemmaLexicon *lexicon, uint8_t upos, Str lemma);

#endif
