/* Language identification: which language a text is written in.
 *
 * A log-linear model over hashed character n-grams, words and pairs of words,
 * as in langid.py (Lui & Baldwin 2012) and fastText (Joulin et al. 2016), made
 * by train/language/. The languages that it knows, and which of them count as
 * one of ours, stand in the model file; nothing here names a language.
 */
#ifndef RELATO_LANGUAGE_IDENTIFY_H
#define RELATO_LANGUAGE_IDENTIFY_H

#include "core/error.h"
#include "core/str.h"

enum {
    IDENTIFY_LANGUAGES = 16, /* columns of the model's table */
    IDENTIFY_CODE_SIZE = 4,  /* room for an ISO 639 code and a zero byte */
    IDENTIFY_LIMIT = 4096    /* bytes of a text that are looked at, at most */
};

/* A model, seen in the bytes of its file. Plain data, no pointers of its own
 * but into these bytes: copying is free, any number of threads may use it. */
typedef struct Identifier {
    uint32_t language_count;                     /* languages, in the order of the columns */
    uint32_t target_count;                       /* the first so many are told apart, the rest is "other" */
    uint32_t bits;                               /* the table has 2^bits rows */
    float scale;                                 /* what a weight of 1 is worth */
    const char (*codes)[IDENTIFY_CODE_SIZE];     /* (language_count) */
    const float *bias;                           /* (IDENTIFY_LANGUAGES) */
    const int8_t (*weights)[IDENTIFY_LANGUAGES]; /* (2^bits, IDENTIFY_LANGUAGES) */
} Identifier;

/* What a text is written in. */
typedef struct Identification {
    const char *code;  /* ISO 639 code, zero-ended: the model's, or "und" if there is no letter */
    bool target;       /* one of the languages to be told apart; false: another one, or "und" */
    double confidence; /* probability, in the model's eyes, of this target or of "any other language" */
} Identification;

/* Looks at the bytes of a model file, which must stay and be aligned to 4
 * bytes (mapped or malloc'd). A damaged file gives false and an error. */
bool identifier_open(Identifier *identifier, Str file, Error *error);

/* Identifies the language of a UTF-8 text; broken sequences are skipped. It
 * looks at IDENTIFY_LIMIT bytes at most and at fewer if these are decisive.
 * Capitals do not matter, and accents may be missing. */
Identification identify_language(const Identifier *identifier, Str text);

/* The rows of the table that a text touches, for training and tests: writes at
 * most `capacity` of them to `rows` and returns how many there are. Of a text
 * longer than IDENTIFY_LIMIT the beginning counts. */
size_t identify_rows(Str text, uint32_t bits, uint32_t *rows, size_t capacity);

#endif
