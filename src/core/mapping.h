/* Files of lexicons and models: mapped into memory, read-only. */
#ifndef RELATO_CORE_MAPPING_H
#define RELATO_CORE_MAPPING_H

#include "core/error.h"
#include "core/str.h"

/* Maps the whole file at `path` (zero-ended). The bytes stay until mapping_close.
 * False and `error` (RELATO_ERROR_LEXICON) if it cannot be read or is empty. */
bool mapping_open(Str *bytes, const char *path, Error *error);

/* Unmaps what mapping_open gave; nothing happens to an empty Str. */
void mapping_close(Str bytes);

/* True if `path` (zero-ended) is a folder. */
bool is_directory(const char *path);

#endif
