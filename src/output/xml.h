/* XML, as far as the formats need it. */
#ifndef RELATO_OUTPUT_XML_H
#define RELATO_OUTPUT_XML_H

#include "core/buffer.h"

/* Adds text, or the value of an attribute between double quotation marks: what XML
 * reserves is escaped, what it forbids (control characters) left out. */
void xml_add(Buffer *out, Str text, bool attribute);

#endif
