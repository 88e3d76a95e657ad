/* Entities by their identities. Where the lexicon or the gazetteer tells who it is,
 * equal keys are enough. Names are grouped: that with the most words and a country
 * is the head of those that may be the same. */
#include "archive/hash.h"
#include "archive/merging.h"
#include "core/table.h"

/* ---- names -------------------------------------------------------------------------- */

/* What two names that match have in common, one of them at least: the words without
 * spaces, the first and the last word, the first two. */
typedef struct NameParts {
    Str solid, ends, start;
} NameParts;

static NameParts parts_of(Arena *arena, Str key)
{
    char *solid = arena_alloc(arena, key.size + 1);
    size_t size = 0, first = key.size, second = key.size, last = 0;
    for (size_t i = 0; i < key.size; i++) {
        if (key.at[i] != ' ') {
            solid[size++] = key.at[i];
            continue;
        }
        if (first == key.size)
            first = i;
        else if (second == key.size)
            second = i;
        last = i;
    }
    return (NameParts){ .solid = { solid, size },
                        .ends = str_join(arena, str_slice(key, 0, first), str_slice(key, last, key.size)),
                        .start = str_slice(key, 0, second) };
}

static size_t word_count(Str key)
{
    size_t count = key.size > 0;
    for (size_t i = 0; i < key.size; i++)
        count += key.at[i] == ' ';
    return count;
}

static Rank rank_of(Str key, Str country, int64_t entity)
{
    return (Rank){ -(int32_t)word_count(key), country.size ? 0 : 1, (uint64_t)entity, 0 };
}

/* The name of a row (entity, key, country, head, points), copied into the arena. */
static Neighbour name_of(Arena *arena, sqlite3_stmt *row, Identity *identity)
{
    *identity =
        (Identity){ .key = str_copy(arena, column_str(row, 1)), .country = str_copy(arena, column_str(row, 2)) };
    return (Neighbour){ .id = sqlite3_column_int64(row, 0),
                        .rank = rank_of(identity->key, identity->country, sqlite3_column_int64(row, 0)),
                        .head = sqlite3_column_int64(row, 3),
                        .head_points = sqlite3_column_int(row, 4) };
}

/* How much two names that match agree: written alike, of one country. */
static int name_points(const Identity *a, const Identity *b)
{
    return 1 + 2 * str_equal(a->key, b->key) + (a->country.size && str_equal(a->country, b->country));
}

static bool look(void *context, Arena *arena, int64_t id, Neighbour *thing, NeighbourList *list)
{
    Merging *merging = context;
    Identity mine, other;
    sqlite3_stmt *select = merging_statement(
        merging, "SELECT entity, key, country, coalesce(head, 0), points FROM merge_names WHERE entity = ?");
    if (!select)
        return false;
    bind_int(select, 1, id);
    if (merging_step(merging, select) <= 0)
        return error_set(merging->error, RELATO_ERROR_INPUT, 0, SIZE_MAX, "entity %lld has no name", (long long)id);
    *thing = name_of(arena, select, &mine);
    sqlite3_reset(select);
    if (!list)
        return true;
    select = merging_statement(merging, "SELECT entity, key, country, coalesce(head, 0), points FROM merge_names "
                                        "WHERE solid = ?1 OR ends = ?2 OR start = ?3");
    if (!select)
        return false;
    NameParts parts = parts_of(arena, mine.key);
    bind_str(select, 1, parts.solid);
    bind_str(select, 2, parts.ends);
    bind_str(select, 3, parts.start);
    int row;
    while ((row = merging_step(merging, select)) > 0) {
        Neighbour neighbour = name_of(arena, select, &other);
        neighbour.points = name_points(&mine, &other);
        if (neighbour.id != id && identities_match(&mine, &other))
            *ARENA_PUSH(arena, list) = neighbour;
    }
    return row == 0;
}

/* ---- rows of reports and their entities ------------------------------------------------ */

/* Counts how often an entity has the codes of a row: one more, or (-1) one less. */
static bool count_codes(Merging *merging, int64_t entity, const Entity *row, int by)
{
    if (by < 0 || row->named)
        merging_changed(merging, &merging->entities, entity);
    if (!row->named)
        return true;
    sqlite3_stmt *count = merging_statement(
        merging, "INSERT INTO merge_codes VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET times = times + ?5");
    if (!count)
        return false;
    bind_int(count, 1, entity);
    bind_str(count, 2, str_of(relato_entity_type_name(row->type)));
    bind_str(count, 3, row->country);
    bind_str(count, 4, row->sector);
    bind_int(count, 5, by);
    return merging_run(merging, count);
}

/* Makes the row of an entity if it is not there; its name and the like are summed up later. */
static bool add_entity(Merging *merging, int64_t entity, const Entity *row)
{
    sqlite3_stmt *insert = merging_statement(
        merging, "INSERT INTO entities (entity, type, name, country, sector, known, lat, lon, geonames, "
                 "reports) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0) ON CONFLICT DO UPDATE SET "
                 "known = max(known, excluded.known), lat = coalesce(lat, excluded.lat), "
                 "lon = coalesce(lon, excluded.lon), geonames = coalesce(geonames, excluded.geonames) "
                 "WHERE known < excluded.known OR lat IS NULL AND excluded.lat IS NOT NULL");
    if (!insert)
        return false;
    bind_int(insert, 1, entity);
    bind_str(insert, 2, str_of(relato_entity_type_name(row->type)));
    bind_str(insert, 3, row->name);
    bind_str(insert, 4, row->country);
    bind_str(insert, 5, row->sector);
    bind_str(insert, 6, row->known);
    if (row->located) {
        bind_real(insert, 7, row->latitude);
        bind_real(insert, 8, row->longitude);
    }
    if (row->geonames)
        bind_int(insert, 9, row->geonames);
    return merging_run(merging, insert);
}

static bool count_reports(Merging *merging, int64_t entity, int by)
{
    sqlite3_stmt *update = merging_statement(merging, "UPDATE entities SET reports = reports + ? WHERE entity = ?");
    if (!update)
        return false;
    bind_int(update, 1, by);
    bind_int(update, 2, entity);
    return merging_run(merging, update);
}

/* Tells the n-th entity of a report whose it is (0: nobody's). */
static bool set_entity(Merging *merging, int64_t report, int64_t n, int64_t entity)
{
    sqlite3_stmt *update =
        merging_statement(merging, "UPDATE report_entities SET entity = nullif(?, 0) WHERE report = ? AND n = ?");
    if (!update)
        return false;
    bind_int(update, 1, entity);
    bind_int(update, 2, report);
    bind_int(update, 3, n);
    return merging_run(merging, update);
}

/* ---- a name's head changes ---------------------------------------------------------------- */

typedef struct ReportEntity {
    int64_t report, n;
    Entity row;
} ReportEntity;

typedef struct ReportEntities {
    ReportEntity *items;
    size_t count, capacity;
} ReportEntities;

static ReportEntity report_entity_of(Arena *arena, sqlite3_stmt *row)
{
    ReportEntity made = { .report = sqlite3_column_int64(row, 0), .n = sqlite3_column_int64(row, 1) };
    Str type = column_str(row, 2);
    for (int t = RELATO_PERSON; t <= RELATO_GROUP; t++)
        if (str_equal(type, str_of(relato_entity_type_name((RelatoEntityType)t))))
            made.row.type = (RelatoEntityType)t;
    made.row.named = sqlite3_column_int(row, 3);
    made.row.name = str_copy(arena, column_str(row, 4));
    made.row.country = str_copy(arena, column_str(row, 5));
    made.row.sector = str_copy(arena, column_str(row, 6));
    made.row.known = str_copy(arena, column_str(row, 7));
    made.row.geonames = (uint32_t)sqlite3_column_int64(row, 8);
    return made;
}

static bool list_rows(Merging *merging, sqlite3_stmt *select, int64_t number, ReportEntities *list)
{
    if (!select)
        return false;
    bind_int(select, 1, number);
    int row;
    while ((row = merging_step(merging, select)) > 0)
        *ARENA_PUSH(&merging->arena, list) = report_entity_of(&merging->arena, select);
    return row == 0;
}

/* Counts the reports of an entity anew. */
static bool recount_reports(Merging *merging, int64_t entity)
{
    sqlite3_stmt *update =
        merging_statement(merging, "UPDATE entities SET reports = (SELECT count(DISTINCT report) FROM report_entities "
                                   "WHERE entity = ?1) WHERE entity = ?1");
    if (!update)
        return false;
    bind_int(update, 1, entity);
    return merging_run(merging, update);
}

/* Moves the rows that have the name `name` from one merged entity to another. */
static bool move_rows(Merging *merging, int64_t name, int64_t from, int64_t to)
{
    ReportEntities rows = { 0 };
    bool moved = false;
    from = joined_root(&merging->joined_entities, from);
    to = joined_root(&merging->joined_entities, to);
    sqlite3_stmt *select =
        merging_statement(merging, "SELECT report, n, type, named, name, country, sector, known, geonames "
                                   "FROM report_entities WHERE entity = ? ORDER BY report, n");
    if (!list_rows(merging, select, from, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        const ReportEntity *row = &rows.items[i];
        Identity identity = identity_of(&merging->arena, &merging->keys, &row->row);
        if (identity.exact || entity_number(identity.key, identity.country) != name || from == to ||
            correction_isolates(merging, false, (ArchiveItem){ row->report, row->n }))
            continue;
        if ((!moved && !add_entity(merging, to, &row->row)) || !count_codes(merging, from, &row->row, -1) ||
            !count_codes(merging, to, &row->row, 1) || !set_entity(merging, row->report, row->n, to) ||
            !voice_changed(merging, row->report))
            return false;
        moved = true;
    }
    return !moved || (recount_reports(merging, from) && recount_reports(merging, to));
}

static bool set_head(void *context, int64_t id, int64_t head, int points)
{
    Merging *merging = context;
    sqlite3_stmt *select = merging_statement(merging, "SELECT coalesce(head, 0) FROM merge_names WHERE entity = ?");
    if (!select)
        return false;
    bind_int(select, 1, id);
    int64_t before = merging_step(merging, select) > 0 ? sqlite3_column_int64(select, 0) : 0;
    sqlite3_reset(select);
    sqlite3_stmt *update = merging_statement(merging, "UPDATE merge_names SET head = ?, points = ? WHERE entity = ?");
    if (!update)
        return false;
    bind_int(update, 1, head);
    bind_int(update, 2, points);
    bind_int(update, 3, id);
    return merging_run(merging, update) && (!before || move_rows(merging, id, before, head));
}

/* The head of a name, which is added if it is new; 0 and the error. */
static int64_t head_of_name(Merging *merging, const Identity *identity)
{
    int64_t name = entity_number(identity->key, identity->country);
    HeadStore store = { merging, look, set_head };
    sqlite3_stmt *insert = merging_statement(
        merging,
        "INSERT OR IGNORE INTO merge_names (entity, key, country, solid, ends, start) VALUES (?, ?, ?, ?, ?, ?)");
    if (!insert)
        return 0;
    NameParts parts = parts_of(&merging->arena, identity->key);
    bind_int(insert, 1, name);
    bind_str(insert, 2, identity->key);
    bind_str(insert, 3, identity->country);
    bind_str(insert, 4, parts.solid);
    bind_str(insert, 5, parts.ends);
    bind_str(insert, 6, parts.start);
    if (!merging_run(merging, insert))
        return 0;
    bool added = sqlite3_changes(merging->archive->database) > 0;
    if (added && !heads_settle(&store, &merging->arena, &name, 1))
        return 0;
    Neighbour thing;
    return look(merging, &merging->arena, name, &thing, NULL) ? thing.head : 0;
}

/* ---- a report ------------------------------------------------------------------------------- */

/* The entity of the n-th of a report, as the user has not corrected it; 0 and the error. */
static int64_t plain_entity(Merging *merging, uint64_t hash, int64_t n, const Identity *identity)
{
    if (identity->key.size == 0)
        return event_number(~hash, n);
    return identity->exact ? entity_number(identity->key, identity->country) : head_of_name(merging, identity);
}

/* The merged entity of an item; 0 and the error. */
static int64_t merged_entity(Merging *merging, uint64_t hash, ArchiveItem item, const Identity *identity)
{
    if (correction_isolates(merging, false, item))
        return event_number(~hash, item.n);
    return joined_root(&merging->joined_entities, plain_entity(merging, hash, item.n, identity));
}

bool merge_entities(Merging *merging, int64_t report, uint64_t hash, const Document *document,
                    const Identity *identities)
{
    int64_t *entities = ARENA_ARRAY(&merging->arena, int64_t, document->entity_count);
    /* First all names: one of them may become the head of another. */
    for (size_t i = 0; i < document->entity_count; i++)
        if (!plain_entity(merging, hash, (int64_t)i + 1, &identities[i]))
            return false;
    for (size_t i = 0; i < document->entity_count; i++) {
        ArchiveItem item = { report, (int64_t)i + 1 };
        int64_t entity = entities[i] = merged_entity(merging, hash, item, &identities[i]);
        if (!entity || !add_entity(merging, entity, &document->entities[i]) ||
            !set_entity(merging, report, (int64_t)i + 1, entity) ||
            !count_codes(merging, entity, &document->entities[i], 1))
            return false;
        bool counted = false;
        for (size_t k = 0; k < i && !counted; k++)
            counted = entities[k] == entity;
        if (!counted && !count_reports(merging, entity, 1))
            return false;
    }
    return true;
}

bool withdraw_entities(Merging *merging, int64_t report)
{
    ReportEntities rows = { 0 };
    sqlite3_stmt *select =
        merging_statement(merging, "SELECT report, n, type, named, name, country, sector, known, geonames "
                                   "FROM report_entities WHERE report = ? AND entity IS NOT NULL");
    if (!list_rows(merging, select, report, &rows))
        return false;
    int64_t *entities = ARENA_ARRAY(&merging->arena, int64_t, rows.count);
    sqlite3_stmt *find = merging_statement(merging, "SELECT entity FROM report_entities WHERE report = ? AND n = ?");
    for (size_t i = 0; find && i < rows.count; i++) {
        const ReportEntity *row = &rows.items[i];
        bind_int(find, 1, report);
        bind_int(find, 2, row->n);
        entities[i] = merging_step(merging, find) > 0 ? sqlite3_column_int64(find, 0) : 0;
        sqlite3_reset(find);
        bool counted = false;
        for (size_t k = 0; k < i && !counted; k++)
            counted = entities[k] == entities[i];
        if (!count_codes(merging, entities[i], &row->row, -1) || !set_entity(merging, report, row->n, 0) ||
            (!counted && !count_reports(merging, entities[i], -1)))
            return false;
    }
    return find != NULL;
}

/* ---- corrections ------------------------------------------------------------------------------ */

static const char rows_of_item[] = "SELECT report, n, type, named, name, country, sector, known, geonames, entity "
                                   "FROM report_entities WHERE report = ? AND n = ?";

static bool hash_of(Merging *merging, int64_t report, uint64_t *hash)
{
    sqlite3_stmt *select = merging_statement(merging, "SELECT hash FROM merge_reports WHERE report = ?");
    if (!select)
        return false;
    bind_int(select, 1, report);
    int row = merging_step(merging, select);
    *hash = row > 0 ? (uint64_t)sqlite3_column_int64(select, 0) : 0;
    sqlite3_reset(select);
    return row >= 0;
}

bool entity_of_item(Merging *merging, ArchiveItem item, int64_t *entity)
{
    uint64_t hash;
    sqlite3_stmt *select = merging_statement(merging, rows_of_item);
    *entity = 0;
    if (!select || !hash_of(merging, item.report, &hash))
        return false;
    bind_int(select, 1, item.report);
    bind_int(select, 2, item.n);
    int row = merging_step(merging, select);
    ReportEntity found = { 0 };
    if (row > 0)
        found = report_entity_of(&merging->arena, select);
    sqlite3_reset(select);
    if (row <= 0 || !hash)
        return row >= 0;
    Identity identity = identity_of(&merging->arena, &merging->keys, &found.row);
    *entity = plain_entity(merging, hash, item.n, &identity);
    return *entity != 0;
}

/* Gives a row to the entity that it is of now. */
static bool reassign(Merging *merging, const ReportEntity *row, int64_t from)
{
    uint64_t hash;
    if (!hash_of(merging, row->report, &hash))
        return false;
    Identity identity = identity_of(&merging->arena, &merging->keys, &row->row);
    int64_t to = merged_entity(merging, hash, (ArchiveItem){ row->report, row->n }, &identity);
    if (!to || to == from)
        return to != 0;
    return add_entity(merging, to, &row->row) && count_codes(merging, from, &row->row, -1) &&
           count_codes(merging, to, &row->row, 1) && set_entity(merging, row->report, row->n, to) &&
           recount_reports(merging, to) && voice_changed(merging, row->report);
}

bool merge_entities_again(Merging *merging, ArchiveItem item)
{
    ReportEntities rows = { 0 };
    sqlite3_stmt *find = merging_statement(merging, "SELECT entity FROM report_entities WHERE report = ? AND n = ?");
    sqlite3_stmt *select =
        merging_statement(merging, "SELECT report, n, type, named, name, country, sector, known, geonames "
                                   "FROM report_entities WHERE entity = ? ORDER BY report, n");
    if (!find || !select)
        return false;
    bind_int(find, 1, item.report);
    bind_int(find, 2, item.n);
    int64_t entity = merging_step(merging, find) > 0 ? sqlite3_column_int64(find, 0) : 0;
    sqlite3_reset(find);
    if (!list_rows(merging, select, entity, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        if (!reassign(merging, &rows.items[i], entity))
            return false;
    return recount_reports(merging, entity);
}
