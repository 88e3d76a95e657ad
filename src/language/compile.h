/* Compiling the lexicon sources of a language into one image. */
#ifndef RELATO_LANGUAGE_COMPILE_H
#define RELATO_LANGUAGE_COMPILE_H

#include "language/builder.h"
#include "names/gazetteer.h"

typedef struct LanguageCodes {
    char codes[MOST_LANGUAGES][8];
    size_t count;
} LanguageCodes;

/* The languages whose sources `folder` holds: its folders with names of two or
 * three letters, sorted. */
LanguageCodes compile_languages(const char *folder);

/* Compiles `language`, one of `languages`, from `folders` (the base first); its
 * places are linked to those of `gazetteer`; `checking` as in the builder. Mistakes are counted in *mistakes and go to
 * `report` (may be NULL); what is wrong is left out. Returns a malloc'd image of *size bytes, NULL if memory is short.
 */
char *compile_language(const char *language, const LanguageCodes *languages, const char *const *folders,
                       size_t folder_count, const Gazetteer *gazetteer, bool checking, RelatoReport *report,
                       void *context, size_t *mistakes, size_t *size);

/* Compiles the gazetteer (names/gazetteer.h) in the same way. */
char *compile_gazetteer(const char *const *folders, size_t folder_count, RelatoReport *report, void *context,
                        size_t *mistakes, size_t *size);

#endif
