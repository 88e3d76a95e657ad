/* What the user knows better. */
#include <time.h>

#include "archive/archive.h"
#include "archive/merge.h"
#include "archive/merging.h"

/* An item that belongs to the event or entity `id`: the one that stands for it. */
static bool item_of(Archive *archive, bool events, int64_t id, ArchiveItem *item, Error *error)
{
    sqlite3_stmt *find = archive_statement(
        archive,
        events ? "SELECT report, n FROM events WHERE event = ?"
               : "SELECT report, n FROM report_entities WHERE entity = ? ORDER BY named DESC, report, n LIMIT 1",
        error);
    if (!find)
        return false;
    bind_int(find, 1, id);
    int step = archive_step(archive, find, error);
    if (step > 0)
        *item = (ArchiveItem){ sqlite3_column_int64(find, 0), sqlite3_column_int64(find, 1) };
    sqlite3_reset(find);
    if (step == 0)
        error_set(error, RELATO_ERROR_INPUT, 0, SIZE_MAX, "there is no %s %lld", events ? "event" : "entity",
                  (long long)id);
    return step > 0;
}

/* True if the item belongs to the event or entity `id`. */
static bool belongs(Archive *archive, bool events, int64_t id, ArchiveItem item, Error *error)
{
    sqlite3_stmt *find = archive_statement(archive,
                                           events ? "SELECT event FROM report_events WHERE report = ? AND n = ?"
                                                  : "SELECT entity FROM report_entities WHERE report = ? AND n = ?",
                                           error);
    if (!find)
        return false;
    bind_int(find, 1, item.report);
    bind_int(find, 2, item.n);
    int step = archive_step(archive, find, error);
    bool own = step > 0 && sqlite3_column_int64(find, 0) == id;
    sqlite3_reset(find);
    return own ||
           (step >= 0 &&
            error_set(error, RELATO_ERROR_INPUT, 0, SIZE_MAX, "report %lld has no item %lld that belongs to %s %lld",
                      (long long)item.report, (long long)item.n, events ? "event" : "entity", (long long)id));
}

/* An item of the event or entity `id` that is not `item`: what is left when that goes. */
static bool another_of(Archive *archive, bool events, int64_t id, ArchiveItem item, ArchiveItem *other, Error *error)
{
    sqlite3_stmt *find = archive_statement(
        archive,
        events
            ? "SELECT report, n FROM report_events WHERE event = ?1 AND (report, n) <> (?2, ?3) ORDER BY report, n "
              "LIMIT 1"
            : "SELECT report, n FROM report_entities WHERE entity = ?1 AND (report, n) <> (?2, ?3) ORDER BY report, n "
              "LIMIT 1",
        error);
    if (!find)
        return false;
    bind_int(find, 1, id);
    bind_int(find, 2, item.report);
    bind_int(find, 3, item.n);
    int step = archive_step(archive, find, error);
    if (step > 0)
        *other = (ArchiveItem){ sqlite3_column_int64(find, 0), sqlite3_column_int64(find, 1) };
    sqlite3_reset(find);
    return step > 0 ||
           (step == 0 && error_set(error, RELATO_ERROR_INPUT, 0, SIZE_MAX, "nothing else belongs to %s %lld",
                                   events ? "event" : "entity", (long long)id));
}

/* Keeps the correction by the texts of the reports, which stay when numbers change. */
static bool keep(Archive *archive, bool events, ArchiveItem a, ArchiveItem b, bool same, Error *error)
{
    sqlite3_stmt *insert = archive_statement(
        archive,
        "INSERT INTO corrections (kind, what, a_id, a_n, b_id, b_n, made) VALUES (?1, ?2, (SELECT id FROM reports "
        "WHERE report = ?3), ?4, (SELECT id FROM reports WHERE report = ?5), ?6, ?7)",
        error);
    char now[24];
    time_t seconds = time(NULL);
    struct tm utc;
    if (!insert)
        return false;
    strftime(now, sizeof now, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&seconds, &utc));
    bind_str(insert, 1, same ? STR("merge") : STR("split"));
    bind_str(insert, 2, events ? STR("event") : STR("entity"));
    bind_int(insert, 3, a.report);
    bind_int(insert, 4, a.n);
    bind_int(insert, 5, b.report);
    bind_int(insert, 6, b.n);
    bind_str(insert, 7, str_of(now));
    return archive_run(archive, insert, error);
}

/* Who changes his mind is right the second time: drops what was kept of the
 * opposite kind about an item. */
static bool drop_opposite(Archive *archive, bool events, ArchiveItem item, bool same, Error *error)
{
    sqlite3_stmt *drop = archive_statement(
        archive,
        "DELETE FROM corrections WHERE kind = ?1 AND what = ?2 AND ((a_id = (SELECT id FROM reports WHERE report = ?3) "
        "AND a_n = ?4 AND kind = 'merge') OR (b_id = (SELECT id FROM reports WHERE report = ?3) AND b_n = ?4))",
        error);
    if (!drop)
        return false;
    bind_str(drop, 1, same ? STR("split") : STR("merge"));
    bind_str(drop, 2, events ? STR("event") : STR("entity"));
    bind_int(drop, 3, item.report);
    bind_int(drop, 4, item.n);
    return archive_run(archive, drop, error);
}

static bool correct(Archive *archive, bool events, ArchiveItem a, ArchiveItem b, bool same, Error *error)
{
    if (!archive_begin(archive, error))
        return false;
    /* The merging must know what held before, to undo it. */
    if (merging_of(archive, error) && drop_opposite(archive, events, b, same, error) &&
        (!same || drop_opposite(archive, events, a, same, error)) && keep(archive, events, a, b, same, error) &&
        archive_correct(archive, events, a, b, same, error) && relato_archive_commit(archive, error))
        return true;
    archive_roll_back(archive);
    return false;
}

bool relato_archive_join(RelatoArchive *archive, bool events, int64_t a, int64_t b, RelatoError *error)
{
    ArchiveItem first, second;
    if (a == b)
        return error_set(error, RELATO_ERROR_USAGE, 0, SIZE_MAX, "they are one already");
    return item_of(archive, events, a, &first, error) && item_of(archive, events, b, &second, error) &&
           correct(archive, events, first, second, true, error);
}

bool relato_archive_part(RelatoArchive *archive, bool events, int64_t a, int64_t report, int64_t item,
                         RelatoError *error)
{
    ArchiveItem gone = { report, item }, kept;
    return belongs(archive, events, a, gone, error) && another_of(archive, events, a, gone, &kept, error) &&
           correct(archive, events, kept, gone, false, error);
}
