#include "core/table.h"

void table_init(Table *table, Arena *arena)
{
    *table = (Table){ .arena = arena };
}

/* The slot of the key, or the free slot where it would stand. */
static TableSlot *slot_of(const Table *table, Str key, uint32_t hash)
{
    size_t mask = table->capacity - 1;
    size_t i = hash & mask;
    while (table->slots[i].key.at && !(table->slots[i].hash == hash && str_equal(table->slots[i].key, key)))
        i = (i + 1) & mask;
    return &table->slots[i];
}

uint32_t *table_find(const Table *table, Str key)
{
    if (!table->capacity)
        return NULL;
    TableSlot *slot = slot_of(table, key, str_hash(key));
    return slot->key.at ? &slot->value : NULL;
}

static void grow(Table *table)
{
    Table old = *table;
    table->capacity = old.capacity ? 2 * old.capacity : 16;
    table->slots = ARENA_ARRAY(table->arena, TableSlot, table->capacity);
    for (size_t i = 0; i < old.capacity; i++)
        if (old.slots[i].key.at)
            *slot_of(table, old.slots[i].key, old.slots[i].hash) = old.slots[i];
}

uint32_t *table_put(Table *table, Str key, bool *added)
{
    if (2 * (table->count + 1) > table->capacity)
        grow(table);
    uint32_t hash = str_hash(key);
    TableSlot *slot = slot_of(table, key, hash);
    bool fresh = !slot->key.at;
    if (fresh) {
        *slot = (TableSlot){ .key = { key.at ? key.at : "", key.size }, .hash = hash };
        table->count++;
    }
    if (added)
        *added = fresh;
    return &slot->value;
}
