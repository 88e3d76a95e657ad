/* Who an entity is: what its mentions in other reports and languages share.
 *
 * The lexicon, the gazetteer and the codes tell it exactly (Moscovo, Moscú and
 * Moscow are one place of GeoNames). For others there is the key of the name
 * (names/key.h), which persons may share; the country tells some of them apart.
 * Who has no name is nobody's equal. */
#ifndef RELATO_ARCHIVE_IDENTITY_H
#define RELATO_ARCHIVE_IDENTITY_H

#include "document/document.h"
#include "names/key.h"

/* How much it tells that two reports name the same one. */
typedef enum IdentityReach {
    IDENTITY_UNNAMED,
    IDENTITY_BROAD,   /* countries, unions of states, outlets: in too many reports */
    IDENTITY_PLACE,   /* a place within a country */
    IDENTITY_SPECIFIC /* persons, organisations, groups */
} IdentityReach;

typedef struct Identity {
    Str key;     /* "sergei-lavrov", "ministry-defence RUS", "g745044", "=hatice jengis"; empty if unnamed */
    Str country; /* of an entity that only its name tells; else empty */
    bool exact;  /* equal keys are one entity; else the names must match and the countries agree */
    IdentityReach reach;
} Identity;

/* The identity of an entity, in the arena. */
Identity identity_of(Arena *arena, const NameKeys *keys, const Entity *entity);

/* True if two identities are those of one entity. No equivalence where the names
 * decide: "Ana Silva" may be both Ana Maria and Ana Rita. */
bool identities_match(const Identity *a, const Identity *b);

#endif
