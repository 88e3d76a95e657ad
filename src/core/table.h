/* Table: a hash table from strings to numbers, in an arena. */
#ifndef RELATO_CORE_TABLE_H
#define RELATO_CORE_TABLE_H

#include "core/str.h"

typedef struct TableSlot {
    Str key; /* not owned; at is NULL in a free slot */
    uint32_t hash;
    uint32_t value;
} TableSlot;

typedef struct Table {
    Arena *arena;
    TableSlot *slots; /* (capacity), a power of two, at most half of them used */
    size_t capacity, count;
} Table;

/* An empty table whose slots come from `arena`. */
void table_init(Table *table, Arena *arena);

/* The value of a key, or NULL. The pointer holds until the next table_put. */
uint32_t *table_find(const Table *table, Str key);

/* The value of a key, added as 0 if it is not there; *added tells (may be
 * NULL). The key's bytes must live as long as the table. */
uint32_t *table_put(Table *table, Str key, bool *added);

#endif
