/* Near-duplicates: a group of reports with one text speaks with one voice, that of
 * the earliest. */
#include "archive/hash.h"
#include "archive/merging.h"

/* Copies appear within days: reports are compared with those of the same span of
 * days, the one before and the one after. */
enum { BUCKET_DAYS = 4 };

static int64_t bucket_of(int32_t day)
{
    return day == INT32_MAX ? INT32_MAX : (day - (day < 0 ? BUCKET_DAYS - 1 : 0)) / BUCKET_DAYS;
}

typedef struct Copying {
    Merging *merging;
    ReportList *changed;
} Copying;

/* The report's place in the order, its group and signature; false on an error. */
static bool read_report(Merging *merging, int64_t report, Neighbour *thing, Signature *signature)
{
    sqlite3_stmt *select =
        merging_statement(merging, "SELECT m.day, m.hash, m.points, coalesce(r.head, 0), m.signature "
                                   "FROM merge_reports m JOIN reports r USING (report) WHERE m.report = ?");
    if (!select)
        return false;
    bind_int(select, 1, report);
    if (merging_step(merging, select) <= 0 || sqlite3_column_bytes(select, 4) != SIGNATURE_BYTES) {
        sqlite3_reset(select);
        return error_set(merging->error, RELATO_ERROR_INPUT, 0, SIZE_MAX, "report %lld has no signature",
                         (long long)report);
    }
    *thing = (Neighbour){ .id = report,
                          .rank = { 0, sqlite3_column_int(select, 0), (uint64_t)sqlite3_column_int64(select, 1), 0 },
                          .head_points = sqlite3_column_int(select, 2),
                          .head = sqlite3_column_int64(select, 3) };
    *signature = signature_read(sqlite3_column_blob(select, 4));
    sqlite3_reset(select);
    return true;
}

/* The reports that share a band with a signature, each once. */
static bool list_candidates(Merging *merging, int32_t day, const Signature *signature, ReportList *list)
{
    sqlite3_stmt *select = merging_statement(
        merging, "SELECT DISTINCT report FROM merge_bands WHERE bucket IN (?1, ?2, ?3) AND band IN "
                 "(?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23)");
    if (!select)
        return false;
    int64_t bucket = bucket_of(day);
    for (int i = 0; i < 3; i++)
        bind_int(select, 1 + i, day == INT32_MAX ? bucket : bucket + i - 1);
    for (int i = 0; i < SIGNATURE_BANDS; i++)
        bind_int(select, 4 + i, (int64_t)signature_band(signature, (size_t)i));
    int row;
    while ((row = merging_step(merging, select)) > 0)
        *ARENA_PUSH(&merging->arena, list) = sqlite3_column_int64(select, 0);
    return row == 0;
}

static bool look(void *context, Arena *arena, int64_t id, Neighbour *thing, NeighbourList *list)
{
    Merging *merging = ((Copying *)context)->merging;
    Signature mine, theirs;
    ReportList candidates = { 0 };
    if (!read_report(merging, id, thing, &mine))
        return false;
    if (!list)
        return true;
    if (!list_candidates(merging, thing->rank.day, &mine, &candidates))
        return false;
    for (size_t i = 0; i < candidates.count; i++) {
        Neighbour other;
        double resemblance;
        if (candidates.items[i] == id)
            continue;
        if (!read_report(merging, candidates.items[i], &other, &theirs))
            return false;
        if (!signatures_alike(&mine, &theirs, &resemblance))
            continue;
        other.points = (int)(resemblance * SIGNATURE_VALUES + 0.5);
        *ARENA_PUSH(arena, list) = other;
    }
    return true;
}

static bool set_head(void *context, int64_t id, int64_t head, int points)
{
    Copying *copying = context;
    Merging *merging = copying->merging;
    sqlite3_stmt *update = merging_statement(merging, "UPDATE reports SET head = ? WHERE report = ?");
    if (!update)
        return false;
    bind_int(update, 1, head);
    bind_int(update, 2, id);
    if (!merging_run(merging, update))
        return false;
    *ARENA_PUSH(&merging->arena, copying->changed) = id;
    update = points ? merging_statement(merging, "UPDATE merge_reports SET points = ? WHERE report = ?") : NULL;
    if (!update)
        return points == 0;
    bind_int(update, 1, points);
    bind_int(update, 2, id);
    return merging_run(merging, update);
}

static bool settle(Merging *merging, const int64_t *ids, size_t count, ReportList *changed)
{
    Copying copying = { merging, changed };
    HeadStore store = { &copying, look, set_head };
    return heads_settle(&store, &merging->arena, ids, count);
}

bool merge_duplicates(Merging *merging, int64_t report, const Signature *signature, ReportList *others)
{
    Neighbour thing;
    Signature same;
    sqlite3_stmt *insert = merging_statement(merging, "INSERT OR IGNORE INTO merge_bands VALUES (?, ?, ?)");
    if (!insert || !read_report(merging, report, &thing, &same))
        return false;
    for (size_t i = 0; i < SIGNATURE_BANDS; i++) {
        bind_int(insert, 1, bucket_of(thing.rank.day));
        bind_int(insert, 2, (int64_t)signature_band(signature, i));
        bind_int(insert, 3, report);
        if (!merging_run(merging, insert))
            return false;
    }
    return settle(merging, &report, 1, others);
}

/* The reports whose head this one is, but for itself. */
static bool list_followers(Merging *merging, int64_t report, ReportList *list)
{
    return merging_list(
        merging, "SELECT report FROM reports WHERE head = ?1 AND report <> ?1 AND superseded_by IS NULL", report, list);
}

bool withdraw_duplicate(Merging *merging, int64_t report, ReportList *others)
{
    Neighbour thing;
    Signature signature;
    ReportList followers = { 0 };
    sqlite3_stmt *delete =
        merging_statement(merging, "DELETE FROM merge_bands WHERE bucket = ? AND band = ? AND report = ?");
    if (!delete || !read_report(merging, report, &thing, &signature) || !list_followers(merging, report, &followers))
        return false;
    for (size_t i = 0; i < SIGNATURE_BANDS; i++) {
        bind_int(delete, 1, bucket_of(thing.rank.day));
        bind_int(delete, 2, (int64_t)signature_band(&signature, i));
        bind_int(delete, 3, report);
        if (!merging_run(merging, delete))
            return false;
    }
    sqlite3_stmt *update = merging_statement(merging, "UPDATE reports SET head = NULL WHERE head = ?");
    if (!update)
        return false;
    bind_int(update, 1, report);
    return merging_run(merging, update) && settle(merging, followers.items, followers.count, others);
}
