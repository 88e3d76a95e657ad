/* The arena: memory that is had piece by piece and given back at once. A
 * document and all its layers live in one; nothing in it is freed alone. */
#ifndef RELATO_CORE_ARENA_H
#define RELATO_CORE_ARENA_H

#include <setjmp.h>
#include <stddef.h>

typedef struct ArenaChunk ArenaChunk;

typedef struct Arena {
    ArenaChunk *chunks; /* newest first */
    char *next, *end;   /* free part of the newest */
    size_t used;        /* bytes of all chunks */
    size_t limit;       /* most bytes of all chunks; 0: no limit */
    jmp_buf *escape;    /* where to go when memory or the limit is exhausted */
} Arena;

/* Makes an empty arena of at most `limit` bytes (0: no limit). When an
 * allocation cannot be had the arena jumps to `escape`, which the owner has set
 * with setjmp and which must stay valid as long as anything is allocated: so no
 * caller has to check for NULL, and a report that is too costly ends as an
 * error of that report. */
void arena_init(Arena *arena, size_t limit, jmp_buf *escape);

/* Gives all memory back. */
void arena_free(Arena *arena);

/* Forgets what was allocated and keeps one chunk for the next use. */
void arena_reset(Arena *arena);

/* `size` bytes, aligned for any type, not cleared. Never NULL. */
void *arena_alloc(Arena *arena, size_t size);

/* `count` elements of `size` bytes, zeroed. Never NULL. */
void *arena_zeroed(Arena *arena, size_t count, size_t size);

/* Grows an array from `old_count` to `new_count` elements of `size` bytes; in
 * place if it was allocated last. Returns where it is now. */
void *arena_grow(Arena *arena, void *array, size_t old_count, size_t new_count, size_t size);

#define ARENA_ARRAY(arena, Type, count) ((Type *)arena_zeroed((arena), (count), sizeof(Type)))

/* A growing array in an arena: struct { Type *items; size_t count, capacity; }.
 * ARENA_PUSH gives a pointer to a new zeroed last element; it may move the others. */
#define ARENA_PUSH(arena, list)                                                                                        \
    ((list)->count == (list)->capacity                                                                                 \
         ? (void)((list)->items = arena_grow((arena), (list)->items, (list)->capacity,                                 \
                                             (list)->capacity ? 2 * (list)->capacity : 8, sizeof *(list)->items),      \
                  (list)->capacity = (list)->capacity ? 2 * (list)->capacity : 8)                                      \
         : (void)0,                                                                                                    \
     memset(&(list)->items[(list)->count], 0, sizeof *(list)->items), &(list)->items[(list)->count++])

#endif
