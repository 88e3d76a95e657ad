/* Tokens and words after the conventions of Universal Dependencies, and the
 * sentences of which they are part. */
#ifndef RELATO_SYNTAX_TOKENS_H
#define RELATO_SYNTAX_TOKENS_H

#include "document/document.h"
#include "language/knowledge.h"

/* The stage: fills tokens, words and sentences from the text. A document that
 * has them already (CoNLL-U input) keeps them and gets the members of its
 * tokens that depend on the language. Time is linear in the text, whatever it
 * holds. */
void tokens_stage(Document *document, const Language *language);

#endif
