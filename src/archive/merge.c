/* A report comes in, and what follows from it. */
#include "archive/merge.h"

#include <stdlib.h>

#include "archive/hash.h"
#include "archive/merging.h"

/* ---- the merging -------------------------------------------------------------------- */

Merging *merging_of(Archive *archive, Error *error)
{
    if (!archive->merging) {
        Merging *merging = calloc(1, sizeof *merging);
        if (!merging) {
            error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
            return NULL;
        }
        merging->archive = archive;
        arena_init(&merging->arena, 0, &merging->escape);
        arena_init(&merging->cached, 0, &merging->escape);
        if (archive->knowledge)
            merging->keys = keys_open(&archive->knowledge->languages[0].lexicon);
        archive->merging = merging;
        merging->error = error;
        if (setjmp(merging->escape) != 0 || (archive->knowledge && !corrections_load(merging))) {
            archive_merge_close(archive);
            return NULL;
        }
    }
    archive->merging->error = error;
    return archive->merging;
}

static void empty_cache(Merging *merging)
{
    memset(merging->chains, 0, sizeof merging->chains);
    arena_reset(&merging->cached);
}

void archive_merge_forget(Archive *archive)
{
    if (!archive->merging)
        return;
    empty_cache(archive->merging);
    archive->merging->near = 0;
}

void archive_merge_close(Archive *archive)
{
    Merging *merging = archive->merging;
    if (!merging)
        return;
    arena_free(&merging->arena);
    arena_free(&merging->cached);
    free(merging->entities.items);
    free(merging->events.items);
    free(merging->corrections);
    free(merging->joined_events.items);
    free(merging->joined_entities.items);
    free(merging);
    archive->merging = NULL;
}

int64_t event_number(uint64_t report_hash, int64_t n)
{
    return (int64_t)(hash_mix(report_hash + (uint64_t)n) >> 12) + 1;
}

int64_t entity_number(Str key, Str country)
{
    return (int64_t)(hash_mix(hash_str(key) + 3 * hash_str(country)) >> 12) + 1;
}

void merging_changed(Merging *merging, Changed *changed, int64_t number)
{
    if (changed->count && changed->items[changed->count - 1] == number)
        return;
    if (changed->count == changed->capacity) {
        size_t capacity = changed->capacity ? 2 * changed->capacity : 256;
        int64_t *items = realloc(changed->items, capacity * sizeof *items);
        if (!items)
            longjmp(merging->escape, 1);
        changed->items = items;
        changed->capacity = capacity;
    }
    changed->items[changed->count++] = number;
}

sqlite3_stmt *merging_statement(Merging *merging, const char *sql)
{
    return archive_statement(merging->archive, sql, merging->error);
}

bool merging_run(Merging *merging, sqlite3_stmt *statement)
{
    return archive_run(merging->archive, statement, merging->error);
}

int merging_step(Merging *merging, sqlite3_stmt *statement)
{
    return archive_step(merging->archive, statement, merging->error);
}

bool merging_list(Merging *merging, const char *sql, int64_t number, ReportList *list)
{
    sqlite3_stmt *select = merging_statement(merging, sql);
    if (!select)
        return false;
    bind_int(select, 1, number);
    int row;
    while ((row = merging_step(merging, select)) > 0)
        *ARENA_PUSH(&merging->arena, list) = sqlite3_column_int64(select, 0);
    return row == 0;
}

/* ---- one report ------------------------------------------------------------------------- */

static uint64_t report_hash(const Document *document)
{
    return hash_mix(hash_str(document->id) + 3 * hash_str(document->meta.url) + 7 * hash_str(document->meta.outlet));
}

/* Keeps what later reports are compared with. */
static bool keep_facts(Merging *merging, int64_t report, const Document *document, const ReportFacts *facts,
                       const Signature *signature)
{
    EventFacts *events = ARENA_ARRAY(&merging->arena, EventFacts, document->event_count);
    for (size_t i = 0; i < document->event_count; i++)
        events[i] = event_facts(&merging->arena, facts, i);
    Buffer buffer = { 0 };
    facts_write(events, document->event_count, facts, &buffer);
    unsigned char bytes[SIGNATURE_BYTES];
    signature_write(signature, bytes);
    sqlite3_stmt *insert = merging_statement(
        merging, "INSERT INTO merge_reports (report, day, hash, signature, facts) VALUES (?, ?, ?, ?, ?)");
    bool done = insert && !buffer.failed;
    if (done) {
        bind_int(insert, 1, report);
        bind_int(insert, 2, facts->published == INT32_MIN ? INT32_MAX : facts->published);
        bind_int(insert, 3, (int64_t)report_hash(document));
        sqlite3_bind_blob(insert, 4, bytes, sizeof bytes, SQLITE_STATIC);
        sqlite3_bind_blob64(insert, 5, buffer.bytes, buffer.size, SQLITE_STATIC);
        done = merging_run(merging, insert);
    }
    buffer_free(&buffer);
    return done;
}

static bool voices_changed(Merging *merging, const ReportList *reports)
{
    for (size_t i = 0; i < reports->count; i++)
        if (!voice_changed(merging, reports->items[i]))
            return false;
    return true;
}

static bool merge_report(Merging *merging, int64_t report, const Document *document)
{
    ReportFacts facts =
        report_facts(&merging->arena, document, &merging->keys, &merging->archive->knowledge->gazetteer);
    Signature signature = signature_of(&merging->arena, document->text);
    ReportList others = { 0 };
    return keep_facts(merging, report, document, &facts, &signature) &&
           merge_duplicates(merging, report, &signature, &others) && voices_changed(merging, &others) &&
           merge_entities(merging, report, report_hash(document), document, facts.identities) &&
           merge_events(merging, report);
}

/* Takes a report out that a later version has superseded. */
static bool withdraw_report(Merging *merging, int64_t report)
{
    ReportList others = { 0 };
    if (!withdraw_duplicate(merging, report, &others) || !voices_changed(merging, &others) ||
        !withdraw_events(merging, report) || !withdraw_entities(merging, report))
        return false;
    sqlite3_stmt *delete = merging_statement(merging, "DELETE FROM merge_reports WHERE report = ?");
    if (!delete)
        return false;
    bind_int(delete, 1, report);
    return merging_run(merging, delete);
}

/* The superseded reports of the address of `report` that still count. */
static bool list_superseded(Merging *merging, int64_t report, ReportList *list)
{
    return merging_list(merging,
                        "SELECT m.report FROM reports r JOIN reports o ON o.url = r.url JOIN merge_reports m "
                        "ON m.report = o.report WHERE r.report = ? AND r.url <> '' AND o.superseded_by IS NOT NULL",
                        report, list);
}

/* 1 if the report is the last version of its address, 0 if not, -1 on an error. */
static int is_current(Merging *merging, int64_t report)
{
    sqlite3_stmt *select = merging_statement(merging, "SELECT superseded_by IS NULL FROM reports WHERE report = ?");
    if (!select)
        return -1;
    bind_int(select, 1, report);
    int row = merging_step(merging, select), current = row > 0 ? sqlite3_column_int(select, 0) : row;
    sqlite3_reset(select);
    return current;
}

static bool merge_guarded(Merging *merging, int64_t report, const Document *document)
{
    ReportList superseded = { 0 };
    arena_reset(&merging->arena);
    merging->near = 0;
    if (merging->cached.used > CACHE_BYTES)
        empty_cache(merging);
    if (!list_superseded(merging, report, &superseded))
        return false;
    for (size_t i = 0; i < superseded.count; i++)
        if (!withdraw_report(merging, superseded.items[i]))
            return false;
    int current = is_current(merging, report);
    if (current < 0 || (current && !merge_report(merging, report, document)))
        return false;
    return corrections_rejoin(merging);
}

bool archive_merge(Archive *archive, int64_t report, const Document *document, Error *error)
{
    if (!merging_of(archive, error))
        return false;
    if (setjmp(archive->merging->escape) == 0)
        return merge_guarded(archive->merging, report, document);
    return error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
}

/* ---- summing up ----------------------------------------------------------------------------- */

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static bool sum_all(Merging *merging, Changed *changed, bool (*sum)(Merging *, int64_t))
{
    if (changed->count)
        qsort(changed->items, changed->count, sizeof *changed->items, by_number);
    for (size_t i = 0; i < changed->count; i++)
        if ((i == 0 || changed->items[i] != changed->items[i - 1]) && !sum(merging, changed->items[i]))
            return false;
    changed->count = 0;
    return true;
}

bool archive_merge_settle(Archive *archive, Error *error)
{
    Merging *merging = archive->merging;
    if (!merging)
        return true;
    merging->error = error;
    if (setjmp(merging->escape) != 0)
        return error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
    return sum_all(merging, &merging->entities, sum_entity) && sum_all(merging, &merging->events, sum_event);
}
