/* Header fields, "Name: value", as in mail, HTTP and WARC (RFC 5322, RFC 9112,
 * ISO 28500). */
#ifndef RELATO_INPUT_FIELDS_H
#define RELATO_INPUT_FIELDS_H

#include "core/str.h"

/* Most bytes that a block of fields may have; what is longer is no such block. */
#define FIELDS_LIMIT ((size_t)256 << 10)

/* Length of the block of fields that begins here, the empty line behind it
 * included; SIZE_MAX if the bytes end before it. */
size_t fields_length(Str bytes);

/* The value of the first field with this name (small and capital letters alike;
 * zero-ended), without the white space around it; line ends inside it stay. Empty
 * if there is none. */
Str fields_value(Str fields, const char *name);

/* The first part of a value such as "text/html; charset=utf-8". */
Str field_token(Str value);

/* The parameter `name` of such a value, without quotation marks; empty if there is none. */
Str field_parameter(Str value, const char *name);

/* As str_equal, small and capital letters of ASCII alike. */
bool equal_folded(Str s, const char *other);

#endif
