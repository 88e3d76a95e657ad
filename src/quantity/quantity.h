/* Figures: how many, of what, with their bounds and what they count. From the
 * rules in LANGUAGE/quantities.tsv and the words in LANGUAGE/quantity-words.tsv. */
#ifndef RELATO_QUANTITY_QUANTITY_H
#define RELATO_QUANTITY_QUANTITY_H

#include "document/document.h"
#include "language/builder.h"
#include "language/knowledge.h"

/* The builder's part. */
void quantity_compile(LexiconBuilder *builder);

/* The stage: fills the quantities from tokens, numerals and times (a number that
 * belongs to a time expression is no figure), in order of the text. */
void quantity_stage(Document *document, const Language *language);

/* Adds lines that tell which rules find the document's figures. */
void quantity_explain(Document *document, const Language *language, Buffer *out);

#endif
