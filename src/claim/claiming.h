/* The search for claims in one document: what the parts of this stage share.
 *
 *     quotes.c    where quotation marks open and close
 *     source.c    who speaks: phrase, entity, kind
 *     claim.c     finds cues and what they attribute
 */
#ifndef RELATO_CLAIM_CLAIMING_H
#define RELATO_CLAIM_CLAIMING_H

#include "claim/claim_lexicon.h"
#include "document/document.h"
#include "language/knowledge.h"
#include "syntax/links.h"

/* A quotation: bytes of the text, without its marks. */
typedef struct Quote {
    uint32_t start, end;
    bool closed; /* its closing mark is there */
} Quote;

typedef struct Claiming {
    Document *document;
    ClaimLexicon lexicon;
    bool *used; /* (word_count): the word is part of a cue that was found */
    struct {
        Quote *items;
        size_t count, capacity;
    } quotes;
    struct {
        Claim *items;
        size_t count, capacity;
    } claims;
    struct {
        uint32_t *items;
        size_t count, capacity;
    } nouns;                  /* of the claims' sources, one for each */
    const Sentence *sentence; /* under way */
    uint32_t first, last;     /* its words, both included */
    uint32_t relayer;         /* the outlet that a formula of it names, or RELATO_NONE */
    uint32_t unnamed;         /* the formula that says that a source goes unnamed, or RELATO_NONE */
} Claiming;

/* ---- quotes.c */
void quotes_find(Claiming *claiming);

/* The quotation that holds the byte, or NULL; the first that begins at or behind it. */
const Quote *quote_around(const Claiming *claiming, uint32_t byte);
const Quote *quote_from(const Claiming *claiming, uint32_t byte);

/* The first and the last of the quotations that are one over several paragraphs: each
 * paragraph opens again, only the last one closes. */
const Quote *quote_first(const Claiming *claiming, const Quote *quote);
const Quote *quote_last(const Claiming *claiming, const Quote *quote);

/* How much of a span stands in quotation marks. */
RelatoQuoted quoted_of(const Claiming *claiming, Span span);

/* ---- claim.c */
Str word_text(const Claiming *claiming, uint32_t word);

/* Words that a phrase covers from a word on; 0 if it does not stand there. */
uint32_t phrase_match(const Claiming *claiming, const Phrase *phrase, uint32_t word);

/* ---- source.c */

/* The noun that says who a verb's word is; RELATO_NONE if the text leaves it out,
 * *relative tells that a relative clause leads to it. */
uint32_t source_of(const Claiming *claiming, uint32_t verb);

/* The words of a noun phrase without clauses set off by commas. */
void phrase_of_noun(const Claiming *claiming, uint32_t noun, uint32_t *first, uint32_t *last);

/* Fills the source of a claim from its noun; RELATO_NONE: it is left out before
 * the word `cue`. False if that is nobody who could speak. */
bool source_fill(const Claiming *claiming, Claim *claim, uint32_t noun, uint32_t cue);

#endif
