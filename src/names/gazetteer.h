/* The gazetteer: countries, first divisions and towns of the world, from
 * lexicon/gazetteer (GeoNames). One file for all languages, mapped read-only:
 *
 *     GazetteerHeader
 *     places  (place_count) GazetteerPlace, countries first
 *     slots   (slot_count, a power of two) GazetteerSlot: hash table of the names
 *     lists   (list_count) uint32_t: for each name its places, the largest first;
 *             the top bit marks a name from another language or in another spelling
 *     pool    (pool_size) the names, each ended by a zero byte
 *
 * Opening looks at the header alone, whatever the size: no page of the rest is
 * touched until a name is looked up. */
#ifndef RELATO_NAMES_GAZETTEER_H
#define RELATO_NAMES_GAZETTEER_H

#include "core/error.h"
#include "core/str.h"

/* Its file in the folder of the compiled knowledge. */
#define GAZETTEER_FILE "gazetteer.bin"

struct LexiconBuilder;

typedef enum PlaceKind { PLACE_TOWN, PLACE_SEAT, PLACE_CAPITAL, PLACE_DIVISION, PLACE_COUNTRY } PlaceKind;

/* Where a place is. */
typedef struct PlacePoint {
    int32_t latitude, longitude; /* hundred-thousandths of a degree (WGS 84), north and east positive */
    uint32_t geonames;           /* id; 0: unknown */
    uint32_t known;              /* 0: nothing is, 1: where it is */
} PlacePoint;

typedef struct GazetteerPlace {
    PlacePoint point;
    uint32_t population; /* of a division: that of its largest town */
    char country[4];     /* alpha-3, ended by a zero byte */
    uint32_t kind;       /* PlaceKind */
} GazetteerPlace;

typedef struct GazetteerSlot {
    uint32_t hash, name;   /* str_hash of the name, and its offset in the pool */
    uint32_t first, count; /* of lists; count is 0 in a free slot */
} GazetteerSlot;

typedef struct GazetteerHeader {
    char magic[8];
    uint32_t version, place_count, slot_count, list_count, pool_size, country_count;
} GazetteerHeader;

typedef struct Gazetteer {
    GazetteerHeader header;
    const GazetteerPlace *places;
    const GazetteerSlot *slots;
    const uint32_t *lists;
    const char *pool;
} Gazetteer;

/* The places of one name. */
typedef struct GazetteerFound {
    const Gazetteer *gazetteer;
    const uint32_t *list; /* (count) */
    size_t count;
} GazetteerFound;

/* Reads the folder `gazetteer` of the builder's sources and makes the image,
 * malloc'd; NULL if memory is short. Mistakes go to the builder's complaints. */
char *gazetteer_compile(struct LexiconBuilder *builder, size_t *size);

/* Looks at the image in `bytes`, which must outlive the gazetteer. `path` is for
 * the message. False and `error` if it is none of this version. */
bool gazetteer_open(Gazetteer *gazetteer, Str bytes, const char *path, RelatoError *error);

/* The places of a name as it stands in a text. Case, accents, hyphens and
 * apostrophes do not matter. What is to be given back at once comes from `arena`. */
GazetteerFound gazetteer_find(const Gazetteer *gazetteer, Arena *arena, Str name);

/* The n-th place found, n < found.count; NULL if the image is damaged there.
 * *usual (may be NULL) tells whether the name is the place's usual one. */
const GazetteerPlace *gazetteer_place(GazetteerFound found, size_t n, bool *usual);

/* The country or territory with this alpha-3 code, or NULL. */
const GazetteerPlace *gazetteer_country(const Gazetteer *gazetteer, Str code);

/* The one place in `country` that most of `names` mean, of several the largest: a
 * division if `division` is set, else a town. What tells namesakes apart in a name
 * is passed over: "León, Guanajuato", "Poti (Georgia)", "cidade de Santos". NULL if
 * none has any of the names. */
const GazetteerPlace *gazetteer_link(const Gazetteer *gazetteer, Arena *arena, const Str *names, size_t count,
                                     Str country, bool division);

/* Kilometres between two points that are known, along the great circle. */
double gazetteer_distance(PlacePoint a, PlacePoint b);

/* Degrees of a latitude or longitude. */
static inline double gazetteer_degrees(int32_t hundred_thousandths)
{
    return hundred_thousandths / 1e5;
}

#endif
