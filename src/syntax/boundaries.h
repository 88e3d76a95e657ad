/* Where sentences end, by the network. */
#ifndef RELATO_SYNTAX_BOUNDARIES_H
#define RELATO_SYNTAX_BOUNDARIES_H

#include "document/document.h"
#include "syntax/model.h"

/* Divides the lines of a document anew into sentences. The network sees what
 * rules on punctuation cannot: a heading that runs into the text, a full stop
 * inside a name. Where it is in doubt, the sentences that are there stand. Time
 * is linear; scratch memory from the arena. */
void boundaries_refine(const SyntaxModel *model, Document *document, Arena *scratch);

#endif
