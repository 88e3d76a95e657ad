/* Near-duplicates: the same text in several outlets, cut here and changed there.
 *
 * A text is the set of its runs of three words (shingles); two texts are alike by
 * the Jaccard index of their sets, which MinHash estimates (Broder, "On the
 * resemblance and containment of documents", 1997). Pairs worth comparing share
 * a band of two of the signature's values (Leskovec, Rajaraman, Ullman, "Mining
 * of Massive Datasets", ch. 3): with twenty bands a pair with half of its shingles
 * in common is missed once in three hundred times. */
#ifndef RELATO_ARCHIVE_SIMILAR_H
#define RELATO_ARCHIVE_SIMILAR_H

#include "core/str.h"

enum {
    SIGNATURE_VALUES = 64,
    SIGNATURE_BANDS = 20,
    SIGNATURE_BYTES = 4 + 4 * SIGNATURE_VALUES /* as stored */
};

typedef struct Signature {
    uint32_t shingles;                 /* of the text, repeats included */
    uint32_t minima[SIGNATURE_VALUES]; /* the smallest value of each hash function */
} Signature;

/* The signature of a text; case, accents, digits' separators and punctuation do not matter. */
Signature signature_of(Arena *arena, Str text);

/* The key of a band, below SIGNATURE_BANDS; equal keys make a candidate. */
uint64_t signature_band(const Signature *signature, size_t band);

/* True if one text is a near-duplicate of the other: half of all their shingles are
 * common, or most of those of the shorter. *resemblance (may be NULL) is the
 * estimated Jaccard index. Symmetric. Texts too short to tell are none. */
bool signatures_alike(const Signature *a, const Signature *b, double *resemblance);

/* To and from SIGNATURE_BYTES bytes, the same on every machine. */
void signature_write(const Signature *signature, unsigned char *bytes);
Signature signature_read(const unsigned char *bytes);

#endif
