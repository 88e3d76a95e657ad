/* The words of numerals as they lie in the lexicon image. */
#ifndef RELATO_NUMBER_NUMBER_LEXICON_H
#define RELATO_NUMBER_NUMBER_LEXICON_H

#include "number/number.h"

typedef struct NumberWord {
    double value;
    uint32_t word; /* sorted by it */
    uint32_t kind; /* NumberKind */
} NumberWord;

/* Signs in digits: bits of which sign may stand for what. */
enum { SIGN_DOT = 1, SIGN_COMMA = 2, SIGN_SPACE = 4 };

typedef struct NumberSigns {
    uint32_t group, decimal;
} NumberSigns;

typedef struct NumberLexicon {
    const Lexicon *lexicon;
    const NumberWord *words;
    const uint32_t *index; /* by word id: 1 + its first NumberWord; 0: none */
    NumberSigns signs;
    size_t word_count, index_count;
} NumberLexicon;

bool number_lexicon_open(NumberLexicon *numbers, const Lexicon *lexicon);

/* The word's entry of this kind, or NULL. */
const NumberWord *number_word(const NumberLexicon *numbers, uint32_t word, NumberKind kind);

#endif
