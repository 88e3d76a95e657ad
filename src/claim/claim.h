/* Claims: who says what. Fills document->claims from words, trees, quotation
 * marks and entities, by the cues in LANGUAGE/cues.tsv and the nouns for sources
 * in LANGUAGE/sources.tsv. */
#ifndef RELATO_CLAIM_CLAIM_H
#define RELATO_CLAIM_CLAIM_H

#include "document/document.h"
#include "language/builder.h"
#include "language/knowledge.h"

/* The builder's part. */
void claim_compile(LexiconBuilder *builder);

/* The stage. Needs trees and entities; without trees there are no claims. */
void claim_stage(Document *document, const Language *language);

/* The stage after it and the events: which events each claim tells. */
void claim_events_stage(Document *document, const Language *language);

#endif
