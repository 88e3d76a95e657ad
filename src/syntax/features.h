/* What the network sees of a word: hashes of its normal form, of its first and
 * last characters and of its shape. The twin of train/words.py. */
#ifndef RELATO_SYNTAX_FEATURES_H
#define RELATO_SYNTAX_FEATURES_H

#include "core/str.h"

enum {
    PREFIXES = 4,                     /* prefixes of 1 .. 4 characters */
    SUFFIXES = 5,                     /* suffixes of 1 .. 5 characters */
    PIECES = PREFIXES + SUFFIXES + 1, /* and the shape */
    MOST_ENDINGS = 24                 /* characters of the longest ending that has a key */
};

typedef struct WordFeatures {
    uint64_t word;           /* key of the normal form in the vocabulary */
    uint64_t pieces[PIECES]; /* modulo the number of buckets: rows of the table of pieces */
} WordFeatures;

/* The features of a form of any length, in one pass over it. */
WordFeatures word_features(Str form);

/* Lower case of one code point in the Latin, Greek and Cyrillic blocks; all
 * others as they are. Never longer in UTF-8 than the code point given. */
uint32_t lower_character(uint32_t c);

/* Key of (form in lower case, tag) in the table of lemmas. */
uint64_t lemma_key(Str form, uint8_t upos);

/* Keys of the endings of a form, in lower case, together with a tag. */
typedef struct EndingKeys {
    uint64_t endings[MOST_ENDINGS]; /* (count) of the last character, the last two … */
    uint64_t whole;                 /* of the form as a word; 0: it is longer than MOST_ENDINGS */
    size_t count;
} EndingKeys;

EndingKeys ending_keys(Str form, uint8_t upos);

#endif
