/* The texts of the interface, in the language of the report: data in
 * lexicon/LANGUAGE/interface.tsv. */
#ifndef RELATO_OUTPUT_INTERFACE_H
#define RELATO_OUTPUT_INTERFACE_H

#include "language/builder.h"
#include "language/knowledge.h"

/* The part of the lexicon's compilation that reads interface.tsv. */
void interface_compile(LexiconBuilder *builder);

/* The text of a key (zero-ended), or the key itself if the lexicon has none. */
Str interface_text(const Language *language, const char *key);

#endif
