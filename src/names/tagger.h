/* The tagger of names: a linear chain over the words of a stretch with capitals,
 * trained as in M. Collins, "Discriminative training methods for hidden Markov
 * models" (EMNLP 2002). What the rules and the lexicon propose is evidence for it
 * (evidence.h), beside tags, shapes and neighbours.
 *
 * The file: TaggerHeader; transitions [TAG_COUNT][TAG_LANES] and weights
 * [rows][TAG_LANES], both int16_t, lanes behind TAG_COUNT zero. */
#ifndef RELATO_NAMES_TAGGER_H
#define RELATO_NAMES_TAGGER_H

#include "core/error.h"
#include "core/str.h"

/* Tags of words; TAG_INSIDE + type follows a word of the same type. */
enum {
    TAG_NONE,
    TAG_BEGIN,      /* + RELATO_PERSON, RELATO_ORGANISATION, RELATO_PLACE */
    TAG_INSIDE = 4, /* likewise */
    TAG_COUNT = 7,
    TAG_LANES = 8
};

typedef struct TaggerHeader {
    char magic[8];
    uint32_t version, rows; /* rows: a power of two */
} TaggerHeader;

#define TAGGER_MAGIC "RELATONT"
enum { TAGGER_VERSION = 1 };

typedef struct NamesTagger {
    Str file; /* mapped */
    const int16_t *transitions, *weights;
    uint32_t rows;
} NamesTagger;

/* Maps the file at `path` (zero-ended). False and `error` if it cannot be read or
 * is no tagger of this version. */
bool names_tagger_open(NamesTagger *tagger, const char *path, RelatoError *error);

void names_tagger_close(NamesTagger *tagger);

/* True if a word with the tag `next` may follow one with the tag `tag`. */
static inline bool tag_follows(int tag, int next)
{
    return next < TAG_INSIDE || tag == next || tag == next - TAG_INSIDE + TAG_BEGIN;
}

/* The best tags for a stretch of words: scores [count][TAG_LANES] in, tags [count]
 * out (Viterbi). `back` is room for count * TAG_LANES bytes. */
void tagger_decode(const int32_t *transitions, const int32_t *scores, size_t count, uint8_t *back, uint8_t *tags);

#endif
