/* What both readers of JSON need. */
#ifndef RELATO_PAGE_JSON_H
#define RELATO_PAGE_JSON_H

#include <jansson.h>

#include "core/str.h"

enum { JSON_MOST_VALUES = 1 << 20 };

/* True if the JSON holds more than JSON_MOST_VALUES values. Each costs the
 * parser about a hundred bytes of memory, however short it is written, so that
 * a megabyte of brackets asks for fifty: to be asked before parsing. */
bool json_has_too_many_values(Str json);

#endif
