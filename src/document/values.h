/* The values of the layers' enumerations by the names that the JSON, the archive
 * and the command line have for them. */
#ifndef RELATO_DOCUMENT_VALUES_H
#define RELATO_DOCUMENT_VALUES_H

#include "core/str.h"

/* An enumeration: the name of a value, and how many there are. */
typedef struct Values {
    const char *(*name)(int value);
    int count;
} Values;

extern const Values entity_types, time_types, bounds, counts_kinds, event_types, realities, stances, source_kinds,
    quoted_kinds;

/* The value with this name; -1 if there is none. */
int value_of(const Values *values, Str name);

#endif
