#include "archive/archive.h"

#include <stdlib.h>

#include "archive/merge.h"
#include "read.h"

static const char schema[] = {
#include "archive/schema.inc"
    , '\0'
};

/* Wait so long for another program that writes, in milliseconds. */
enum { PATIENCE = 30000 };

#define APPLICATION_ID 1382247521 /* "Rela" */

bool archive_fault(const Archive *archive, Error *error)
{
    int code = sqlite3_errcode(archive->database) & 0xFF;
    RelatoStatus status = code == SQLITE_NOMEM                              ? RELATO_ERROR_MEMORY
                          : code == SQLITE_CORRUPT || code == SQLITE_NOTADB ? RELATO_ERROR_INPUT
                                                                            : RELATO_ERROR_IO;
    return error_set(error, status, 0, SIZE_MAX, "%s", sqlite3_errmsg(archive->database));
}

bool archive_execute(Archive *archive, const char *sql, Error *error)
{
    return sqlite3_exec(archive->database, sql, NULL, NULL, NULL) == SQLITE_OK || archive_fault(archive, error);
}

/* ---- statements ------------------------------------------------------------------ */

sqlite3_stmt *archive_statement(Archive *archive, const char *sql, Error *error)
{
    for (size_t i = 0; i < archive->prepared_count; i++)
        if (archive->prepared[i].sql == sql)
            return archive->prepared[i].statement;
    Prepared *prepared = realloc(archive->prepared, (archive->prepared_count + 1) * sizeof *prepared);
    if (!prepared) {
        error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
        return NULL;
    }
    archive->prepared = prepared;
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v3(archive->database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK) {
        archive_fault(archive, error);
        return NULL;
    }
    prepared[archive->prepared_count++] = (Prepared){ sql, statement };
    return statement;
}

int archive_step(Archive *archive, sqlite3_stmt *statement, Error *error)
{
    int result = sqlite3_step(statement);
    if (result == SQLITE_ROW)
        return 1;
    if (result != SQLITE_DONE)
        archive_fault(archive, error);
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    return result == SQLITE_DONE ? 0 : -1;
}

bool archive_run(Archive *archive, sqlite3_stmt *statement, Error *error)
{
    int result;
    while ((result = archive_step(archive, statement, error)) > 0)
        ;
    return result == 0;
}

void bind_str(sqlite3_stmt *statement, int position, Str s)
{
    sqlite3_bind_text64(statement, position, s.at ? s.at : "", s.size, SQLITE_STATIC, SQLITE_UTF8);
}

void bind_int(sqlite3_stmt *statement, int position, int64_t value)
{
    sqlite3_bind_int64(statement, position, value);
}

void bind_index(sqlite3_stmt *statement, int position, uint32_t index)
{
    if (index == RELATO_NONE)
        sqlite3_bind_null(statement, position);
    else
        sqlite3_bind_int64(statement, position, (int64_t)index + 1);
}

void bind_real(sqlite3_stmt *statement, int position, double value)
{
    sqlite3_bind_double(statement, position, value);
}

void bind_null(sqlite3_stmt *statement, int position)
{
    sqlite3_bind_null(statement, position);
}

Str column_str(sqlite3_stmt *statement, int column)
{
    const unsigned char *text = sqlite3_column_text(statement, column);
    return (Str){ (const char *)text, (size_t)sqlite3_column_bytes(statement, column) };
}

/* ---- opening ----------------------------------------------------------------------- */

/* The number behind a pragma; -1 and `error`. */
static int64_t pragma(Archive *archive, const char *sql, Error *error)
{
    sqlite3_stmt *statement = NULL;
    int64_t value = -1;
    if (sqlite3_prepare_v2(archive->database, sql, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
        value = sqlite3_column_int64(statement, 0);
    else
        archive_fault(archive, error);
    sqlite3_finalize(statement);
    return value;
}

/* Makes the tables, all or none. */
static bool create(Archive *archive, Error *error)
{
    if (archive_execute(archive, "BEGIN IMMEDIATE", error) && archive_execute(archive, schema, error) &&
        archive_execute(archive, "COMMIT", error))
        return true;
    sqlite3_exec(archive->database, "ROLLBACK", NULL, NULL, NULL);
    return false;
}

/* Sees to it that the file is an archive of this format. */
static bool check_format(Archive *archive, bool writing, Error *error)
{
    int64_t application = pragma(archive, "PRAGMA application_id", error);
    int64_t format = application < 0 ? -1 : pragma(archive, "PRAGMA user_version", error);
    int64_t tables = format < 0 ? -1 : pragma(archive, "SELECT count(*) FROM sqlite_master", error);
    if (tables < 0)
        return false;
    if (tables == 0 && application == 0 && format == 0)
        return writing ? create(archive, error)
                       : error_set(error, RELATO_ERROR_INPUT, 0, SIZE_MAX, "is empty; \"relato add\" fills it");
    if (application != APPLICATION_ID)
        return error_set(error, RELATO_ERROR_INPUT, 0, SIZE_MAX, "is a database, but no archive of Relato");
    if (format > ARCHIVE_FORMAT)
        return error_set(error, RELATO_ERROR_INPUT, 0, SIZE_MAX,
                         "has format %lld, which a later version of Relato made; this one knows %d", (long long)format,
                         ARCHIVE_FORMAT);
    return format == ARCHIVE_FORMAT || error_set(error, RELATO_ERROR_INPUT, 0, SIZE_MAX,
                                                 "has format %lld, which no "
                                                 "version of Relato made",
                                                 (long long)format);
}

/* A write-ahead log keeps readers and the writer apart; a crash loses what was
 * not committed and nothing else. */
static bool prepare(Archive *archive, bool writing, Error *error)
{
    sqlite3_busy_timeout(archive->database, PATIENCE);
    if (!archive_execute(archive, "PRAGMA cache_size = -64000; PRAGMA temp_store = MEMORY;", error))
        return false;
    if (writing && !archive_execute(archive, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;", error))
        return false;
    return check_format(archive, writing, error);
}

RelatoArchive *relato_archive_open(const char *file, const RelatoKnowledge *knowledge, RelatoError *error)
{
    Archive *archive = calloc(1, sizeof *archive);
    if (!archive) {
        error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
        return NULL;
    }
    archive->knowledge = knowledge;
    int flags = knowledge ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READWRITE;
    if (sqlite3_open_v2(file, &archive->database, flags | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK
            ? prepare(archive, knowledge != NULL, error)
            : archive_fault(archive, error))
        return archive;
    relato_archive_close(archive);
    return NULL;
}

void relato_archive_close(RelatoArchive *archive)
{
    if (!archive)
        return;
    for (size_t i = 0; i < archive->prepared_count; i++)
        sqlite3_finalize(archive->prepared[i].statement);
    free(archive->prepared);
    archive_merge_close(archive);
    if (archive->in_transaction)
        sqlite3_exec(archive->database, "ROLLBACK", NULL, NULL, NULL);
    sqlite3_close(archive->database);
    free(archive);
}

/* ---- adding -------------------------------------------------------------------------- */

bool archive_begin(Archive *archive, Error *error)
{
    if (!archive->in_transaction && !archive_execute(archive, "BEGIN IMMEDIATE", error))
        return false;
    return archive->in_transaction = true;
}

void archive_roll_back(Archive *archive)
{
    sqlite3_exec(archive->database, "ROLLBACK", NULL, NULL, NULL);
    archive_merge_forget(archive);
    archive->in_transaction = false;
}

int relato_archive_add(RelatoArchive *archive, const RelatoReading *reading, RelatoError *error)
{
    int64_t report;
    if (!archive_begin(archive, error))
        return -1;
    int added = archive_insert(archive, &reading->document, &report, error);
    if (added > 0 && !archive_merge(archive, report, &reading->document, error))
        added = -1;
    if (added < 0)
        archive_roll_back(archive);
    return added;
}

bool relato_archive_commit(RelatoArchive *archive, RelatoError *error)
{
    if (!archive->in_transaction)
        return true;
    if (archive_merge_settle(archive, error) && archive_execute(archive, "COMMIT", error)) {
        archive->in_transaction = false;
        return true;
    }
    archive_roll_back(archive);
    return false;
}
