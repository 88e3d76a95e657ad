/* The pivot algorithm, kept up to date. */
#include "archive/heads.h"

int rank_compare(const Rank *a, const Rank *b)
{
    if (a->tier != b->tier)
        return a->tier < b->tier ? -1 : 1;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    return (a->ordinal > b->ordinal) - (a->ordinal < b->ordinal);
}

/* What is to be looked at, the lowest rank first (a binary heap). */
typedef struct Pending {
    struct PendingItem {
        Rank rank;
        int64_t id;
    } * items;
    size_t count, capacity;
} Pending;

static bool before(const Pending *pending, size_t a, size_t b)
{
    return rank_compare(&pending->items[a].rank, &pending->items[b].rank) < 0;
}

static void swap(Pending *pending, size_t a, size_t b)
{
    struct PendingItem item = pending->items[a];
    pending->items[a] = pending->items[b];
    pending->items[b] = item;
}

static void push(Arena *arena, Pending *pending, int64_t id, const Rank *rank)
{
    struct PendingItem *item = ARENA_PUSH(arena, pending);
    *item = (struct PendingItem){ *rank, id };
    for (size_t at = pending->count - 1; at > 0 && before(pending, at, (at - 1) / 2); at = (at - 1) / 2)
        swap(pending, at, (at - 1) / 2);
}

static int64_t pop(Pending *pending)
{
    int64_t id = pending->items[0].id;
    pending->items[0] = pending->items[--pending->count];
    for (size_t at = 0;;) {
        size_t least = at, left = 2 * at + 1;
        if (left < pending->count && before(pending, left, least))
            least = left;
        if (left + 1 < pending->count && before(pending, left + 1, least))
            least = left + 1;
        if (least == at)
            return id;
        swap(pending, at, least);
        at = least;
    }
}

/* Takes the first of the rank out, however often it stands there. */
static int64_t next(Pending *pending)
{
    int64_t id = pop(pending);
    while (pending->count && pending->items[0].id == id)
        pop(pending);
    return id;
}

static bool is_head(const Neighbour *thing)
{
    return thing->head == thing->id;
}

/* The head before `thing` that it agrees with most; NULL if there is none. */
static const Neighbour *choose(const Neighbour *thing, const NeighbourList *list)
{
    const Neighbour *best = NULL;
    for (size_t i = 0; i < list->count; i++) {
        const Neighbour *other = &list->items[i];
        if (!is_head(other) || rank_compare(&other->rank, &thing->rank) > 0)
            continue;
        if (!best || other->points > best->points ||
            (other->points == best->points && rank_compare(&other->rank, &best->rank) < 0))
            best = other;
    }
    return best;
}

/* Whether `other`, behind `thing` in rank, may change its head now that `thing` is
 * one, or is one no more. Of equal points the head of lower rank counts, and only a
 * look at both tells which that is. */
static bool concerned(const Neighbour *thing, bool head, const Neighbour *other)
{
    if (rank_compare(&other->rank, &thing->rank) < 0)
        return false;
    if (!head)
        return other->head == thing->id;
    return is_head(other) || other->head == 0 || other->points >= other->head_points;
}

static bool look_at(const HeadStore *store, Arena *arena, Pending *pending, int64_t id)
{
    Neighbour thing;
    NeighbourList list = { 0 };
    if (!store->look(store->context, arena, id, &thing, &list))
        return false;
    const Neighbour *best = choose(&thing, &list);
    bool was_head = is_head(&thing), head = best == NULL;
    int64_t chosen = head ? id : best->id;
    if (chosen != thing.head && !store->set_head(store->context, id, chosen, head ? 0 : best->points))
        return false;
    for (size_t i = 0; i < list.count && was_head != head; i++)
        if (concerned(&thing, head, &list.items[i]))
            push(arena, pending, list.items[i].id, &list.items[i].rank);
    return true;
}

bool heads_settle(const HeadStore *store, Arena *arena, const int64_t *ids, size_t count)
{
    Pending pending = { 0 };
    for (size_t i = 0; i < count; i++) {
        Neighbour thing;
        if (!store->look(store->context, arena, ids[i], &thing, NULL))
            return false;
        push(arena, &pending, ids[i], &thing.rank);
    }
    while (pending.count)
        if (!look_at(store, arena, &pending, next(&pending)))
            return false;
    return true;
}
