/* Lemmas by scripts: how a form is changed into its lemma. */
#ifndef RELATO_SYNTAX_LEMMA_H
#define RELATO_SYNTAX_LEMMA_H

#include "core/str.h"

/* Applies a script "CASE STRIP APPEND" to a form: CASE l lower-cases the form, k
 * keeps it, t lower-cases all but its first character; then STRIP characters
 * are cut from the end (* is all of them) and APPEND is added. A script that
 * would cut all or more leaves the form as CASE made it. In the arena. */
Str lemma_apply(Str script, Str form, Arena *arena);

#endif
