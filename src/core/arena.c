#include "core/arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CHUNK = 64 << 10, LARGEST_CHUNK = 4 << 20, ALIGNMENT = alignof(max_align_t) };

struct ArenaChunk {
    ArenaChunk *older;
    size_t size;
    alignas(max_align_t) char bytes[];
};

void arena_init(Arena *arena, size_t limit, jmp_buf *escape)
{
    *arena = (Arena){ .limit = limit, .escape = escape };
}

void arena_free(Arena *arena)
{
    for (ArenaChunk *chunk = arena->chunks, *older; chunk; chunk = older) {
        older = chunk->older;
        free(chunk);
    }
    *arena = (Arena){ .limit = arena->limit, .escape = arena->escape };
}

void arena_reset(Arena *arena)
{
    ArenaChunk *kept = arena->chunks;
    if (!kept)
        return;
    for (ArenaChunk *chunk = kept->older, *older; chunk; chunk = older) {
        older = chunk->older;
        free(chunk);
    }
    kept->older = NULL;
    arena->next = kept->bytes;
    arena->end = kept->bytes + kept->size;
    arena->used = kept->size;
}

static void exhausted(Arena *arena)
{
    assert(arena->escape);
    longjmp(*arena->escape, 1);
}

static void add_chunk(Arena *arena, size_t least)
{
    size_t size = arena->chunks ? 2 * arena->chunks->size : FIRST_CHUNK;
    if (size > LARGEST_CHUNK)
        size = LARGEST_CHUNK;
    if (size < least)
        size = least;
    if (arena->limit && size > arena->limit - arena->used)
        size = least;
    if ((arena->limit && size > arena->limit - arena->used) || size > SIZE_MAX - sizeof(ArenaChunk))
        exhausted(arena);
    ArenaChunk *chunk = malloc(sizeof *chunk + size);
    if (!chunk)
        exhausted(arena);
    chunk->older = arena->chunks;
    chunk->size = size;
    arena->chunks = chunk;
    arena->next = chunk->bytes;
    arena->end = chunk->bytes + size;
    arena->used += size;
}

static size_t aligned(Arena *arena, size_t size)
{
    if (size > SIZE_MAX - ALIGNMENT)
        exhausted(arena);
    return (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
}

void *arena_alloc(Arena *arena, size_t size)
{
    size = aligned(arena, size);
    if (!arena->chunks || size > (size_t)(arena->end - arena->next))
        add_chunk(arena, size);
    void *at = arena->next;
    arena->next += size;
    return at;
}

static size_t product(Arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        exhausted(arena);
    return count * size;
}

void *arena_zeroed(Arena *arena, size_t count, size_t size)
{
    size_t bytes = product(arena, count, size);
    return memset(arena_alloc(arena, bytes), 0, bytes);
}

void *arena_grow(Arena *arena, void *array, size_t old_count, size_t new_count, size_t size)
{
    size_t old_bytes = aligned(arena, product(arena, old_count, size));
    size_t new_bytes = aligned(arena, product(arena, new_count, size));
    assert(new_count >= old_count);
    bool last = array && (char *)array + old_bytes == arena->next;
    if (last && new_bytes - old_bytes <= (size_t)(arena->end - arena->next)) {
        arena->next += new_bytes - old_bytes;
        return array;
    }
    void *grown = arena_alloc(arena, new_bytes);
    if (old_count)
        memcpy(grown, array, old_count * size);
    return grown;
}
