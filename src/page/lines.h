/* Lines between the paragraphs of a report that are no part of it - "Leia
 * também", "Read more:", "Photo: …" - by the words they begin with, which are
 * data of the language (page-lines.tsv). */
#ifndef RELATO_PAGE_LINES_H
#define RELATO_PAGE_LINES_H

#include "document/document.h"
#include "language/builder.h"
#include "language/lexicon.h"

void lines_compile(LexiconBuilder *builder);

/* Takes such lines out of the document's text, before anything counts in it. A
 * text that would be empty then stays as it is. */
void lines_drop(Document *document, const Lexicon *lexicon);

#endif
