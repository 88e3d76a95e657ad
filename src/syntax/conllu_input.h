/* CoNLL-U in: sentences and words as somebody else has them, so that what comes
 * after tokenisation can be measured alone.
 * The format: https://universaldependencies.org/format.html */
#ifndef RELATO_SYNTAX_CONLLU_INPUT_H
#define RELATO_SYNTAX_CONLLU_INPUT_H

#include "core/error.h"
#include "document/document.h"

/* Fills text, sentences, tokens and words of the document, in its arena, from
 * CoNLL-U. Of the columns only ID, FORM and SpaceAfter are read; empty nodes are
 * passed over. A sentence's text is its "# text" if it has one, else its forms;
 * "# newpar" and "# newdoc" open paragraphs. False and `error` with its line if
 * it is not CoNLL-U or the forms are not those of the text. */
bool conllu_input(Document *document, Str bytes, Error *error);

#endif
