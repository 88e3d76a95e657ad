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
