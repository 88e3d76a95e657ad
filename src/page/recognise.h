/* What kind of thing some bytes are, by their beginning. */
#ifndef RELATO_PAGE_RECOGNISE_H
#define RELATO_PAGE_RECOGNISE_H

#include "core/str.h"

/* What a file is that begins with these bytes and is no text: "a PDF document".
 * Static; NULL if it is none of the kinds known by their magic numbers. */
const char *recognise_binary(Str bytes);

/* True if a web page begins here (after the WHATWG's MIME Sniffing Standard,
 * with the elements of HTML5 added). */
bool recognise_html(Str bytes);

/* True if a web page is a piece of one: nothing at its beginning says that it
 * is a document. */
bool recognise_fragment(Str page);

/* True if a JSON object begins here: a brace and a member's name. */
bool recognise_json(Str bytes);

/* True if the object that begins in this line goes on in the next: it stands
 * open, and not inside a string. So one object written over many lines is told
 * from JSON Lines. */
bool recognise_open_json(Str line);

/* `bytes` without a byte order mark of UTF-8 and without white space at the beginning. */
Str recognise_start(Str bytes);

#endif
