/* What speaks for a name and its type, as the tagger of names has it: features of
 * the words of a stretch, hashed. Most are classes that hold in every language:
 * what rules and lexicon propose there, tags, shapes, heads, the gazetteer, and
 * what the rest of the report says of the same word. */
#ifndef RELATO_NAMES_EVIDENCE_H
#define RELATO_NAMES_EVIDENCE_H

#include "names/search.h"

enum { MOST_FEATURES = 96 };

/* A stretch of words that may hold names: tokens [first, end) of one sentence. */
typedef struct Stretch {
    size_t first, end;
    size_t begin, limit; /* tokens of the sentence */
} Stretch;

typedef struct Evidence Evidence;

/* What the whole report tells; it belongs to the arena of the document. */
Evidence *evidence_of(Search *search);

/* The next stretch from token `from` on; false if there is none. */
bool evidence_stretch(const Evidence *evidence, size_t from, Stretch *stretch);

/* The features of a token of a stretch: hashes, for the caller to fold. `common`
 * of them hold in all languages and come first; returns how many there are. */
size_t evidence_features(Evidence *evidence, const Stretch *stretch, size_t token, uint32_t features[MOST_FEATURES],
                         size_t *common);

#endif
