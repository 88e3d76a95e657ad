/* Heads: the same groups in whatever order things come. */
#include "test.h"

#include "fixture.h"

#include "archive/heads.h"

enum { THINGS = 60, ROUNDS = 200 };

/* Things in memory; a matrix tells who agrees with whom. */
typedef struct World {
    int points[THINGS][THINGS]; /* symmetric; 0: they do not agree */
    Rank ranks[THINGS];
    int64_t heads[THINGS]; /* from 1; 0: not told */
    int head_points[THINGS];
    bool there[THINGS];
    size_t looks;
} World;

static uint32_t random_state = 1;

static uint32_t draw(uint32_t below)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % below;
}

static Neighbour thing_of(const World *world, size_t i, int points)
{
    return (Neighbour){ (int64_t)i + 1, world->ranks[i], world->heads[i], world->head_points[i], points };
}

static bool look(void *context, Arena *arena, int64_t id, Neighbour *thing, NeighbourList *list)
{
    World *world = context;
    size_t me = (size_t)id - 1;
    *thing = thing_of(world, me, 0);
    if (!list)
        return true;
    world->looks++;
    for (size_t i = 0; i < THINGS; i++)
        if (world->there[i] && world->points[me][i])
            *ARENA_PUSH(arena, list) = thing_of(world, i, world->points[me][i]);
    return true;
}

static bool set_head(void *context, int64_t id, int64_t head, int points)
{
    World *world = context;
    world->heads[id - 1] = head;
    world->head_points[id - 1] = points;
    return true;
}

static void make_world(World *world)
{
    memset(world, 0, sizeof *world);
    for (size_t i = 0; i < THINGS; i++) {
        world->ranks[i] = (Rank){ (int32_t)draw(2), (int32_t)draw(5), draw(1000), (uint32_t)i };
        for (size_t k = 0; k < i; k++)
            if (draw(12) == 0)
                world->points[i][k] = world->points[k][i] = 1 + (int)draw(3);
    }
}

/* The head of `me` by the definition, when those before it have theirs; direct[i]
 * tells whether i agrees with its head itself. */
static int64_t head_by_definition(const World *world, size_t me, const bool done[THINGS], const int64_t heads[THINGS],
                                  bool direct[THINGS])
{
    int64_t best = 0, elected = 0;
    int best_points = 0, votes = 1, vote_points = 0;
    for (size_t i = 0; i < THINGS; i++) {
        int points = world->points[me][i];
        if (!done[i] || heads[i] != (int64_t)i + 1 || !points)
            continue;
        if (points > best_points ||
            (points == best_points && rank_compare(&world->ranks[i], &world->ranks[best - 1]) < 0)) {
            best = heads[i];
            best_points = points;
        }
    }
    direct[me] = best != 0;
    if (best)
        return best;
    size_t first = 0;
    for (int64_t head = 1; head <= THINGS; head++) {
        int count = 0, most = 0;
        size_t speaker = 0;
        for (size_t i = 0; i < THINGS; i++) {
            int points = world->points[me][i];
            if (!done[i] || heads[i] != head || head == (int64_t)i + 1 || !direct[i] || !points)
                continue;
            count++;
            if (points > most || (points == most && rank_compare(&world->ranks[i], &world->ranks[speaker]) < 0)) {
                most = points;
                speaker = i;
            }
        }
        bool better = most > vote_points ||
                      (most == vote_points && rank_compare(&world->ranks[speaker], &world->ranks[first]) < 0);
        if (count > votes || (count == votes && elected && better)) {
            elected = head;
            votes = count;
            vote_points = most;
            first = speaker;
        }
    }
    return elected ? elected : (int64_t)me + 1;
}

/* The definition: one after the other by rank. */
static void by_definition(const World *world, int64_t heads[THINGS])
{
    bool done[THINGS] = { false }, direct[THINGS] = { false };
    for (size_t round = 0; round < THINGS; round++) {
        size_t first = THINGS;
        for (size_t i = 0; i < THINGS; i++)
            if (world->there[i] && !done[i] &&
                (first == THINGS || rank_compare(&world->ranks[i], &world->ranks[first]) < 0))
                first = i;
        if (first == THINGS)
            return;
        heads[first] = head_by_definition(world, first, done, heads, direct);
        done[first] = true;
    }
}

static void check(const World *world)
{
    int64_t heads[THINGS] = { 0 };
    by_definition(world, heads);
    for (size_t i = 0; i < THINGS; i++)
        if (world->there[i])
            assert_int_equal(world->heads[i], heads[i]);
}

static void groups_do_not_depend_on_the_order(void **state)
{
    Fixture *fixture = *state;
    World world;
    HeadStore store = { &world, look, set_head };
    for (size_t round = 0; round < ROUNDS; round++) {
        int64_t order[THINGS];
        make_world(&world);
        for (size_t i = 0; i < THINGS; i++) {
            size_t other = draw((uint32_t)i + 1);
            order[i] = order[other];
            order[other] = (int64_t)i + 1;
        }
        for (size_t i = 0; i < THINGS;) {
            size_t count = 1 + draw(4);
            count = i + count > THINGS ? THINGS - i : count;
            for (size_t k = i; k < i + count; k++)
                world.there[order[k] - 1] = true;
            assert_true(heads_settle(&store, &fixture->arena, &order[i], count));
            check(&world);
            i += count;
        }
    }
}

static void what_goes_leaves_no_trace(void **state)
{
    Fixture *fixture = *state;
    World world;
    HeadStore store = { &world, look, set_head };
    for (size_t round = 0; round < ROUNDS; round++) {
        int64_t all[THINGS];
        make_world(&world);
        for (size_t i = 0; i < THINGS; i++) {
            world.there[i] = true;
            all[i] = (int64_t)i + 1;
        }
        assert_true(heads_settle(&store, &fixture->arena, all, THINGS));
        for (size_t gone = 0; gone < THINGS; gone += 7) {
            int64_t orphans[THINGS];
            size_t count = 0;
            world.there[gone] = false;
            for (size_t i = 0; i < THINGS; i++)
                if (world.there[i] &&
                    (world.heads[i] == (int64_t)gone + 1 || (world.points[gone][i] && world.head_points[i] == 0))) {
                    world.heads[i] = world.heads[i] == (int64_t)gone + 1 ? 0 : world.heads[i];
                    orphans[count++] = (int64_t)i + 1;
                }
            assert_true(heads_settle(&store, &fixture->arena, orphans, count));
            check(&world);
        }
    }
}

/* A thing that comes last in rank is looked at alone. */
static void coming_in_order_looks_at_little(void **state)
{
    Fixture *fixture = *state;
    World world;
    HeadStore store = { &world, look, set_head };
    make_world(&world);
    for (int64_t i = 1; i <= THINGS; i++) {
        world.ranks[i - 1] = (Rank){ 0, (int32_t)i, 0, 0 };
        world.there[i - 1] = true;
        assert_true(heads_settle(&store, &fixture->arena, &i, 1));
    }
    assert_int_equal(world.looks, THINGS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(groups_do_not_depend_on_the_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_goes_leaves_no_trace, set_up, tear_down),
        cmocka_unit_test_setup_teardown(coming_in_order_looks_at_little, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
