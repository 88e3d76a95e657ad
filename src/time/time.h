/* Time expressions and their values: TIMEX3 of TimeML 1.2.1, from the rules in
 * LANGUAGE/times.tsv and the words in LANGUAGE/time-words.tsv. */
#ifndef RELATO_TIME_TIME_H
#define RELATO_TIME_TIME_H

#include "document/document.h"
#include "language/builder.h"
#include "language/knowledge.h"

/* The builder's part. */
void time_compile(LexiconBuilder *builder);

/* The stage: fills the times from tokens and numerals, in order of the text. */
void time_stage(Document *document, const Language *language);

/* Adds lines that tell which rules find the document's time expressions, and how
 * their values come about. */
void time_explain(Document *document, const Language *language, Buffer *out);

#endif
