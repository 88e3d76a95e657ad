/* Heads: which of many like things stand together, whatever the order they came in.
 *
 * Things have a fixed order of rank. Each in turn joins the head before it that it
 * agrees with most; if it agrees with none, the head for which most of those that it
 * agrees with speak, two at least, since they agree with that head themselves; else
 * it is a head. So all in a group are near its head: no chains of likeness lead from
 * one thing to something quite different. This is the pivot algorithm for correlation clustering
 * (Ailon, Charikar, Newman, "Aggregating inconsistent information", 2008) with the
 * rank in the place of chance. The outcome depends on the set of things alone; when
 * one comes or goes, only those that it agrees with are looked at again. */
#ifndef RELATO_ARCHIVE_HEADS_H
#define RELATO_ARCHIVE_HEADS_H

#include "core/arena.h"
#include "core/str.h"

/* The order of things: by tier, then day, then hash. No two have the same. */
typedef struct Rank {
    int32_t tier, day;
    uint64_t hash;
    uint32_t ordinal;
} Rank;

int rank_compare(const Rank *a, const Rank *b);

/* A thing that agrees with another. */
typedef struct Neighbour {
    int64_t id; /* not 0 */
    Rank rank;
    int64_t head;    /* its head now, itself if it is one; 0: not told yet */
    int head_points; /* how much it agrees with that; 0: not itself */
    int points;      /* how much it agrees with the other */
} Neighbour;

typedef struct NeighbourList {
    Neighbour *items;
    size_t count, capacity;
} NeighbourList;

/* Where the things are kept. The functions return false on an error that they keep. */
typedef struct HeadStore {
    void *context;
    /* The thing itself (`points` is not used) and, unless `list` is NULL, all that
     * agree with it, itself left out. */
    bool (*look)(void *context, Arena *arena, int64_t id, Neighbour *thing, NeighbourList *list);
    bool (*set_head)(void *context, int64_t id, int64_t head, int points);
} HeadStore;

/* Brings the heads up to date after the things `ids` (count) came in. When a thing went,
 * they are those whose head it was (they have head 0 now) and those that it agreed
 * with and whose head_points are 0. Allocates in `arena`. False if the store
 * had an error. */
bool heads_settle(const HeadStore *store, Arena *arena, const int64_t *ids, size_t count);

#endif
