/* Where sentences end. */
#ifndef RELATO_SYNTAX_SENTENCES_H
#define RELATO_SYNTAX_SENTENCES_H

#include "document/document.h"
#include "syntax/tokens_lexicon.h"

/* The most tokens of a sentence: text without full stops is cut there. */
enum { LONGEST_SENTENCE = 1000 };

/* Fills the document's sentences from its tokens (with their words): one ends
 * with every line, and behind . ! ? … with the quotation marks and brackets that
 * close there, unless the word is an abbreviation or what follows goes on. */
void sentences_split(Document *document, const TokensLexicon *lexicon);

#endif
