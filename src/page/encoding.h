/* Encodings: text in any of them becomes UTF-8. */
#ifndef RELATO_PAGE_ENCODING_H
#define RELATO_PAGE_ENCODING_H

#include "core/buffer.h"
#include "core/error.h"

/* Finds the encoding of `bytes` and sets *utf8 to the same text in UTF-8,
 * without byte order mark: `bytes` itself, or `converted`, an empty buffer that
 * the caller frees. In this order:
 *
 *   1. a byte order mark; UTF-16 without one is known by its zero bytes;
 *   2. what is valid UTF-8 is UTF-8;
 *   3. what is UTF-8 but for a few bytes: in a web page these become U+FFFD, as
 *      in browsers; in plain text they are an error that names the first one,
 *      as nobody can tell what else the file has suffered;
 *   4. what `declared` (may be empty) says, from the transport, then what a web
 *      page declares, both read as the WHATWG's Encoding Standard does;
 *   5. detection. Text with more ASCII letters than others is in an encoding
 *      of the Latin script: of windows-1252, Mac OS Roman, code page 850 and
 *      the one that uchardet guesses the first one wins in which most bytes
 *      above 127 are letters that fit into words. For other scripts uchardet
 *      decides alone.
 *
 * `is_page` tells whether it is a web page. Returns false and fills `error` if
 * the bytes are no text or their encoding is not known. */
bool encoding_to_utf8(Str bytes, bool is_page, Str declared, Buffer *converted, Str *utf8, Error *error);

#endif
