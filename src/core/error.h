/* Errors: filled by whoever finds the fault, passed up unchanged. */
#ifndef RELATO_CORE_ERROR_H
#define RELATO_CORE_ERROR_H

#include "relato.h"

typedef RelatoError Error;

/* Fills `error` (may be NULL) with status, place (line 0 and offset SIZE_MAX:
 * none) and a printf-style message; a message too long is cut between
 * characters. Returns false, so that a caller can `return error_set(…)`. */
bool error_set(Error *error, RelatoStatus status, size_t line, size_t offset, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

#endif
