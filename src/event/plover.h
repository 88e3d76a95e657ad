/* The ontology of PLOVER (draft of its manual, version 2.0): types, modes,
 * contexts, and what the export formats say of them. No language in here. */
#ifndef RELATO_EVENT_PLOVER_H
#define RELATO_EVENT_PLOVER_H

#include "core/str.h"

enum {
    PLOVER_NO_TYPE = 255, /* "-" in the lexicon: no event */
    PLOVER_NO_MODE = 0    /* position of "" in every type's modes */
};

/* The type with this name; PLOVER_NO_TYPE if there is none. */
uint8_t plover_type(Str name);

/* Position of a type's mode, from 1; PLOVER_NO_MODE if it has none such. */
uint8_t plover_mode(uint8_t type, Str name);

/* The mode's name, "" for PLOVER_NO_MODE. */
Str plover_mode_name(uint8_t type, uint8_t mode);

/* The conflict-cooperation score of a type and one of its modes, -10 to 10. */
double plover_score(uint8_t type, uint8_t mode);

/* Quad category: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict. */
int plover_quad(uint8_t type);

/* The root code of CAMEO that comes nearest, by the table of PLOVER's authors read backwards: "19". */
const char *plover_cameo_root(uint8_t type, uint8_t mode);

enum { PLOVER_CONTEXT_COUNT = 38 };

/* Position of a context; PLOVER_CONTEXT_COUNT if there is none such. */
size_t plover_context(Str name);
const char *plover_context_name(size_t context);

/* True for a PLOVER sector such as "GOV"; *position is its place among them. */
enum { PLOVER_SECTOR_COUNT = 25 };
bool plover_sector(Str name, size_t *position);

/* True for a code of international actors such as "UNO"; *position is its place among them. */
enum { PLOVER_NONSTATE_COUNT = 7 };
bool plover_nonstate(Str name, size_t *position);

#endif
