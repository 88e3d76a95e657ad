/* The formats of a reading. Each function adds to `out`. */
#ifndef RELATO_OUTPUT_OUTPUT_H
#define RELATO_OUTPUT_OUTPUT_H

#include "core/buffer.h"
#include "document/document.h"
#include "language/knowledge.h"

/* One line of JSON, "relato-reading/1" (docs/reading.md). */
void output_json(Buffer *out, const Document *document);

/* CoNLL-U: ten columns, a comment with each sentence's text; "_" for what the
 * document does not have. */
void output_conllu(Buffer *out, const Document *document);

/* TimeML 1.2.1: the text with its time expressions as TIMEX3 elements. */
void output_timeml(Buffer *out, const Document *document);

/* Records of PLOVER, one a line as JSON or as CSV without the names of its columns. */
void output_plover(Buffer *out, const Document *document);
void output_csv(Buffer *out, const Document *document);

/* The dossier for people; `layout` may be NULL (plain, 80 columns). */
void output_text(Buffer *out, const Document *document, const Language *language, const RelatoLayout *layout);

#endif
