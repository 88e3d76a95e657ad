/* Tags, features, lemmas and trees: one pass of the network over the words of a
 * document. */
#ifndef RELATO_SYNTAX_SYNTAX_H
#define RELATO_SYNTAX_SYNTAX_H

#include "document/document.h"
#include "language/knowledge.h"
#include "syntax/lemma_lexicon.h"
#include "syntax/model.h"

enum { SYNTAX_LONGEST = 256 };

/* Divides the text anew into sentences (see boundaries.h) unless they are the
 * input's, and fills upos, features, lemma, head and relation of the words of all sentences.
 * Features and relations point into the model, which must outlive the document;
 * lemmas are in the document's arena, and are those of `lemmas` (may be NULL)
 * where it knows the form. A sentence of more than SYNTAX_LONGEST
 * words is read in parts of that length, the roots of the later ones hanging
 * from that of the first: so time is linear and memory bounded. The result of a
 * sentence does not depend on those around it. */
void syntax_analyse(const SyntaxModel *model, const LemmaLexicon *lemmas, Document *document);

/* The stage: syntax_analyse with the language's model, if there is one. Needs
 * sentences and words. */
void syntax_stage(Document *document, const Language *language);

#endif
