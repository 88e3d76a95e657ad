/* What an archive holds, in one object. */
#include "archive/archive.h"
#include "core/buffer.h"

/* Each is one member: a number, or JSON that SQLite makes. */
static const struct {
    const char *name, *sql;
} members[] = {
    { "reports", "SELECT count(*) FROM reports WHERE superseded_by IS NULL" },
    { "superseded", "SELECT count(*) FROM reports WHERE superseded_by IS NOT NULL" },
    { "voices", "SELECT count(DISTINCT head) FROM reports WHERE superseded_by IS NULL" },
    { "events", "SELECT count(*) FROM events" },
    { "entities", "SELECT count(*) FROM entities" },
    { "claims", "SELECT count(*) FROM report_claims JOIN reports USING (report) WHERE superseded_by IS NULL" },
    { "anonymous",
      "SELECT count(*) FROM report_claims JOIN reports USING (report) WHERE superseded_by IS NULL AND anonymous" },
    { "first", "SELECT json_quote(min(published)) FROM reports WHERE published <> ''" },
    { "last", "SELECT json_quote(max(published)) FROM reports WHERE published <> ''" },
    { "languages", "SELECT json_group_array(json_object('name', language, 'reports', n)) FROM (SELECT language, "
                   "count(*) AS n FROM reports WHERE superseded_by IS NULL GROUP BY 1 ORDER BY n DESC, 1)" },
    { "outlets",
      "SELECT json_group_array(json_object('name', outlet, 'reports', n)) FROM (SELECT outlet, count(*) AS "
      "n FROM reports WHERE superseded_by IS NULL AND outlet <> '' GROUP BY 1 ORDER BY n DESC, 1 LIMIT 200)" },
    { "types", "SELECT json_group_array(json_object('name', type, 'events', n)) FROM (SELECT type, count(*) AS n "
               "FROM events GROUP BY 1 ORDER BY n DESC, 1)" },
    { "countries", "SELECT json_group_array(json_object('name', country, 'events', n)) FROM (SELECT country, "
                   "count(*) AS n FROM events WHERE country <> '' GROUP BY 1 ORDER BY n DESC, 1 LIMIT 300)" },
    { "months", "SELECT json_group_array(json_object('month', month, 'events', n)) FROM (SELECT substr(\"from\", 1, 7) "
                "AS month, count(*) AS n FROM events WHERE \"from\" <> '' GROUP BY 1 ORDER BY 1)" },
};

static bool add_member(Archive *archive, size_t index, Buffer *out, Error *error)
{
    sqlite3_stmt *statement = archive_statement(archive, members[index].sql, error);
    int stepped = statement ? archive_step(archive, statement, error) : -1;
    if (stepped < 0)
        return false;
    Str value = stepped ? column_str(statement, 0) : STR("null");
    buffer_format(out, "%s\"%s\":%.*s", index ? "," : "", members[index].name, STR_ARGUMENTS(value));
    sqlite3_reset(statement);
    return true;
}

char *relato_archive_summary(RelatoArchive *archive, size_t *size, RelatoError *error)
{
    Buffer out = { 0 };
    buffer_byte(&out, '{');
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (!add_member(archive, i, &out, error)) {
            buffer_free(&out);
            return NULL;
        }
    buffer_add(&out, STR("}\n"));
    char *bytes = buffer_take(&out, size);
    if (!bytes)
        error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
    return bytes;
}
