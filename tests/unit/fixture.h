/* A fixture for tests that need an arena. */
#ifndef FIXTURE_H
#define FIXTURE_H

#include <stdlib.h>

#include "core/arena.h"

typedef struct Fixture {
    Arena arena;
    jmp_buf escape;
} Fixture;

static inline int set_up(void **state)
{
    Fixture *fixture = calloc(1, sizeof *fixture);
    arena_init(&fixture->arena, 0, &fixture->escape);
    *state = fixture;
    return 0;
}

static inline int tear_down(void **state)
{
    Fixture *fixture = *state;
    arena_free(&fixture->arena);
    free(fixture);
    return 0;
}

#endif
