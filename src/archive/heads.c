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

static bool is_before(const Neighbour *other, const Neighbour *thing)
{
    return rank_compare(&other->rank, &thing->rank) < 0;
}

/* The better of two by points, then by rank. */
static bool is_better(const Neighbour *a, const Neighbour *b)
{
    return !b || a->points > b->points || (a->points == b->points && is_before(a, b));
}

/* The head before `thing` that it agrees with most; NULL if there is none. */
static const Neighbour *choose(const Neighbour *thing, const NeighbourList *list)
{
    const Neighbour *best = NULL;
    for (size_t i = 0; i < list->count; i++)
        if (is_head(&list->items[i]) && is_before(&list->items[i], thing) && is_better(&list->items[i], best))
            best = &list->items[i];
    return best;
}

/* True if the thing, before the other in rank, speaks for its head: it agrees with that itself. */
static bool speaks(const Neighbour *other, const Neighbour *thing)
{
    return is_before(other, thing) && other->head && !is_head(other) && other->head_points > 0;
}

/* The thing that speaks best for the head that most speak for, two at least; NULL if there is none. */
static const Neighbour *elect(const Neighbour *thing, const NeighbourList *list)
{
    const Neighbour *elected = NULL;
    size_t most = 1;
    for (size_t i = 0; i < list->count; i++) {
        const Neighbour *best = NULL;
        size_t votes = 0;
        for (size_t k = 0; k < list->count && speaks(&list->items[i], thing); k++) {
            const Neighbour *other = &list->items[k];
            if (!speaks(other, thing) || other->head != list->items[i].head)
                continue;
            votes++;
            best = is_better(other, best) ? other : best;
        }
        if (votes > most || (votes == most && elected && is_better(best, elected))) {
            most = votes;
            elected = best;
        }
    }
    return elected;
}

/* Whether `other`, behind `thing` in rank, may change its head now that `thing` has
 * changed its own. Of equal points the head of lower rank counts, and only a look at
 * both tells which that is. */
static bool concerned(const Neighbour *thing, bool was_head, bool head, const Neighbour *other)
{
    if (is_before(other, thing))
        return false;
    if (is_head(other) || other->head == 0 || other->head_points == 0)
        return true;
    return head ? other->points >= other->head_points : was_head && other->head == thing->id;
}

static bool look_at(const HeadStore *store, Arena *arena, Pending *pending, int64_t id)
{
    Neighbour thing;
    NeighbourList list = { 0 };
    if (!store->look(store->context, arena, id, &thing, &list))
        return false;
    const Neighbour *best = choose(&thing, &list), *elected = best ? NULL : elect(&thing, &list);
    bool was_head = is_head(&thing), head = !best && !elected;
    int64_t chosen = best ? best->id : elected ? elected->head : id;
    int points = best ? best->points : 0;
    if (chosen == thing.head && points == thing.head_points)
        return true;
    if (!store->set_head(store->context, id, chosen, points))
        return false;
    for (size_t i = 0; i < list.count; i++)
        if (concerned(&thing, was_head, head, &list.items[i]))
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
