/* Names: who and where. Fills document->entities from tokens and lexicon. */
#ifndef RELATO_NAMES_NAMES_H
#define RELATO_NAMES_NAMES_H

#include "core/buffer.h"
#include "document/document.h"
#include "language/knowledge.h"
#include "names/search.h"

/* Finds the names of the lexicon in the text, decides between entries that share
 * a name by the countries that the report speaks of, codes country and sector by
 * the date of the report, and joins later mentions by surname. Needs tokens. */
void names_stage(Document *document, const Language *language);

/* Tells in plain lines which rows of the lexicon and which rules found the names of a
 * document that has been read, and who takes part without a name. */
void names_explain(Document *document, const Language *language, Buffer *out);

/* Its first part: what lexicon and rules propose, before anything is decided. */
Search names_propose(Document *document, const Language *language);

#endif
