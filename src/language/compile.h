/* Compiling the lexicon sources of a language into one image. */
#ifndef RELATO_LANGUAGE_COMPILE_H
#define RELATO_LANGUAGE_COMPILE_H

#include "language/builder.h"

/* Codes of the languages whose sources are compiled, ended by NULL. */
extern const char *const compile_languages[];

/* Compiles `language` from `folders` (the base first). Mistakes are counted in
 * *mistakes and go to `report` (may be NULL); what is wrong is left out.
 * Returns a malloc'd image of *size bytes, NULL if memory is short. */
char *compile_language(const char *language, const char *const *folders, size_t folder_count, RelatoReport *report,
                       void *context, size_t *mistakes, size_t *size);

#endif
