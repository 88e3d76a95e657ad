/* What the lexicon's names tell of a stretch of text, for the stages behind names. */
#ifndef RELATO_NAMES_LOOKUP_H
#define RELATO_NAMES_LOOKUP_H

#include "document/document.h"
#include "names/names_lexicon.h"

/* What kind of place the whole text names: KIND_COUNTRY, KIND_CAPITAL …; KIND_NONE if it is none. */
NameKind names_place_kind(const Names *names, const Document *document, Str text);

/* The country, or PLOVER's code, whose adjective or demonym the whole text is
 * ("russa", "norte-americanos"); empty if it is none. */
Str names_adjective_country(const Names *names, const Document *document, Str text);

/* True if the word, as written, stands before places: "em", "near". */
bool names_is_locative(const Names *names, const Document *document, Str text);

#endif
