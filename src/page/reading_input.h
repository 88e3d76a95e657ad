/* Readings in: JSON as "relato read --format json" prints it becomes a document
 * again, so that what was read once need not be read twice. */
#ifndef RELATO_PAGE_READING_INPUT_H
#define RELATO_PAGE_READING_INPUT_H

#include "core/error.h"
#include "document/document.h"

/* True if the bytes begin like a reading. */
bool reading_recognise(Str bytes);

/* Fills text, meta, sentences (without their tokens), entities, times,
 * quantities, events and claims of the document, in its arena. False and `error`
 * if a member is missing, of the wrong type, or points to what is not there. */
bool reading_input(Document *document, Str bytes, Error *error);

#endif
