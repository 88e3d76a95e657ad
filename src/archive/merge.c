/* Every entity and every event of a report is one of the archive. */
#include "archive/merge.h"

/* Copies the rows of a report, and tells the rows which copy is theirs. */
bool archive_merge(Archive *archive, int64_t report, const Document *document, Error *error)
{
    (void)document;
    static const char *const steps[] = {
        "UPDATE reports SET head = report WHERE report = ?1",
        "INSERT INTO entities (entity, type, name, country, sector, known, lat, lon, geonames) "
        "SELECT report * 65536 + n, type, name, country, sector, known, lat, lon, geonames FROM report_entities "
        "WHERE report = ?1",
        "UPDATE report_entities SET entity = report * 65536 + n WHERE report = ?1",
        "INSERT INTO events (event, type, mode, reality, \"from\", \"to\", place, country, report, n) "
        "SELECT v.report * 65536 + v.n, v.type, v.mode, v.reality, coalesce(t.\"from\", ''), coalesce(t.\"to\", ''), "
        "v.report * 65536 + v.place, coalesce(p.country, ''), v.report, v.n FROM report_events v "
        "LEFT JOIN report_times t ON t.report = v.report AND t.n = v.time "
        "LEFT JOIN report_entities p ON p.report = v.report AND p.n = v.place WHERE v.report = ?1",
        "UPDATE report_events SET event = report * 65536 + n WHERE report = ?1",
        "INSERT INTO event_participants (event, role, entity, country, sector) "
        "SELECT report * 65536 + event, role, report * 65536 + entity, country, sector FROM report_participants "
        "WHERE report = ?1",
    };
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        sqlite3_stmt *statement = archive_statement(archive, steps[i], error);
        if (!statement)
            return false;
        bind_int(statement, 1, report);
        if (!archive_run(archive, statement, error))
            return false;
    }
    return true;
}

/* Runs a statement with the numbers ?1 and ?2. */
static bool run_with(Archive *archive, const char *sql, int64_t first, int64_t second, Error *error)
{
    sqlite3_stmt *statement = archive_statement(archive, sql, error);
    if (!statement)
        return false;
    bind_int(statement, 1, first);
    if (sqlite3_bind_parameter_count(statement) > 1)
        bind_int(statement, 2, second);
    return archive_run(archive, statement, error);
}

/* The event or entity that an item belongs to; -1 and `error`. */
static int64_t merged_of(Archive *archive, bool events, ArchiveItem item, Error *error)
{
    sqlite3_stmt *find =
        archive_statement(archive,
                          events ? "SELECT event FROM report_events WHERE report = ? AND n = ?"
                                 : "SELECT entity FROM report_entities WHERE report = ? AND n = ?",
                          error);
    if (!find)
        return -1;
    bind_int(find, 1, item.report);
    bind_int(find, 2, item.n);
    int64_t merged = archive_step(archive, find, error) > 0 ? sqlite3_column_int64(find, 0) : -1;
    sqlite3_reset(find);
    return merged;
}

bool archive_correct(Archive *archive, bool events, ArchiveItem a, ArchiveItem b, bool same, Error *error)
{
    int64_t kept = merged_of(archive, events, a, error), gone = merged_of(archive, events, b, error);
    if (kept < 0 || gone < 0)
        return false;
    if (!same || kept == gone) /* every item is one of its own already */
        return true;
    if (events)
        return run_with(archive, "UPDATE report_events SET event = ?1 WHERE event = ?2", kept, gone, error) &&
               run_with(archive, "DELETE FROM event_participants WHERE event = ?1", gone, 0, error) &&
               run_with(archive, "DELETE FROM events WHERE event = ?1", gone, 0, error);
    return run_with(archive, "UPDATE report_entities SET entity = ?1 WHERE entity = ?2", kept, gone, error) &&
           run_with(archive, "UPDATE OR REPLACE event_participants SET entity = ?1 WHERE entity = ?2", kept, gone, error) &&
           run_with(archive, "UPDATE events SET place = ?1 WHERE place = ?2", kept, gone, error) &&
           run_with(archive, "DELETE FROM entities WHERE entity = ?1", gone, 0, error);
}
