/* The page stage: the bytes of one report - plain text, a web page, a JSON
 * object - become its text and what it says of itself. */
#ifndef RELATO_PAGE_PAGE_H
#define RELATO_PAGE_PAGE_H

#include "core/error.h"
#include "document/document.h"
#include "page/hints.h"

/* Fills document->text and document->meta, both in the document's arena, from
 * the bytes of `record`.
 *
 * The text is UTF-8 in normalisation form C. Paragraphs are parted by one
 * newline; there is no blank line, no space at either end of a paragraph and no
 * two spaces in a row (tabs and the no-break spaces have become spaces); control
 * characters, soft hyphens and zero-width characters are gone (private-use ones
 * stay: word processors write bullets with them). Offsets anywhere in a reading
 * count in this text.
 *
 * `hints` may know nothing ((PageHints){ 0 }).
 *
 * Returns false and fills `error`: RELATO_ERROR_INPUT (not text, no text,
 * broken JSON, a date that is none), RELATO_ERROR_LIMIT (a text of more than
 * RELATO_REPORT_LIMIT bytes, a record of more than four times as many, markup
 * that is too large), RELATO_ERROR_MEMORY. The error's line counts in
 * the record from 1; 0 where the record has no lines of its own. */
bool page_read(Document *document, const RelatoRecord *record, const PageHints *hints, Error *error);

#endif
