/* Cues and nouns for sources in the compiled lexicon. */
#ifndef RELATO_CLAIM_CLAIM_LEXICON_H
#define RELATO_CLAIM_CLAIM_LEXICON_H

#include "language/lexicon.h"
#include "language/phrase.h"

typedef enum CueUse {
    CUE_VERB,
    CUE_NOUN,
    CUE_PREPOSITION,
    CUE_DECLINE,
    CUE_COMPLEMENTISER,
    CUE_HEARER,
    CUE_CHARGE,
    CUE_RELAY,
    CUE_ANONYMITY
} CueUse;

/* What a cue takes as its content (bits of Cue.content; lexicon/README.md). */
enum {
    CONTENT_CLAUSE = 1 << 0,
    CONTENT_INFINITIVE = 1 << 1,
    CONTENT_GERUND = 1 << 2,
    CONTENT_QUOTE = 1 << 3,
    CONTENT_NOUN = 1 << 4,
    CONTENT_OBJECT = 1 << 5
};

typedef struct Cue {
    Phrase phrase;
    uint8_t use;    /* CueUse */
    uint8_t stance; /* RelatoStance */
    uint16_t content;
} Cue;

typedef struct SourceNoun {
    Phrase phrase;
    uint32_t kind; /* RelatoSourceKind */
} SourceNoun;

/* Both arrays are sorted by phrase_compare. */
typedef struct ClaimLexicon {
    const Cue *cues;
    const SourceNoun *nouns;
    const uint32_t *tails;
    size_t cue_count, noun_count, tail_count;
} ClaimLexicon;

/* The cues of a compiled lexicon. */
ClaimLexicon claim_lexicon_open(const Lexicon *lexicon);

/* The first cue, and the first noun, with this first word; the counts if there is none. */
size_t claim_lexicon_cue(const ClaimLexicon *lexicon, uint32_t word);
size_t claim_lexicon_noun(const ClaimLexicon *lexicon, uint32_t word);

#endif
