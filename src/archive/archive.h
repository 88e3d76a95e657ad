/* The archive: one SQLite file that holds what many reports tell, each as it was
 * read, and what they have in common. Its tables stand in schema.sql and are
 * explained in docs/archive.md.
 *
 *     archive.c   opening, format, transactions, errors
 *     insert.c    a reading into the tables of reports
 *     merge.c     what reports have in common
 *     ask.c       questions and their answers
 */
#ifndef RELATO_ARCHIVE_ARCHIVE_H
#define RELATO_ARCHIVE_ARCHIVE_H

#include <sqlite3.h>

#include "core/error.h"
#include "document/document.h"
#include "language/knowledge.h"

enum { ARCHIVE_FORMAT = 1 };

/* A statement that is prepared once and kept. The text is its identity: use string literals. */
typedef struct Prepared {
    const char *sql;
    sqlite3_stmt *statement;
} Prepared;

struct RelatoArchive {
    sqlite3 *database;
    const RelatoKnowledge *knowledge; /* NULL: for reading alone */
    Prepared *prepared;               /* (prepared_count) */
    size_t prepared_count;
    bool in_transaction;
    struct Merging *merging; /* NULL until a report is added */
};

typedef struct RelatoArchive Archive;

/* The statement of this text, ready to be bound; NULL and `error` if it cannot be
 * had. It belongs to the archive. */
sqlite3_stmt *archive_statement(Archive *archive, const char *sql, Error *error);

/* Runs a statement to its end and makes it ready for the next use. False and `error`. */
bool archive_run(Archive *archive, sqlite3_stmt *statement, Error *error);

/* The next row: 1, 0 behind the last (the statement is reset then), -1 and `error`. */
int archive_step(Archive *archive, sqlite3_stmt *statement, Error *error);

/* Fills `error` with what the database says; false. */
bool archive_fault(const Archive *archive, Error *error);

/* Begins the transaction that relato_archive_commit ends, unless it is open. */
bool archive_begin(Archive *archive, Error *error);

/* Takes back what came since the last commit, what the merging remembers of it too. */
void archive_roll_back(Archive *archive);

/* Runs statements that give no rows. */
bool archive_execute(Archive *archive, const char *sql, Error *error);

/* Binding: positions count from 1. Strings must live until the statement was run. */
void bind_str(sqlite3_stmt *statement, int position, Str s);
void bind_int(sqlite3_stmt *statement, int position, int64_t value);
void bind_index(sqlite3_stmt *statement, int position, uint32_t index); /* 1 + index; null for RELATO_NONE */
void bind_real(sqlite3_stmt *statement, int position, double value);
void bind_null(sqlite3_stmt *statement, int position);

/* A column's text, valid until the next step. */
Str column_str(sqlite3_stmt *statement, int column);

/* Puts the document into the tables of reports: its number (from 1) in *report, 1;
 * 0 if it is there already; -1 and `error`. An earlier report of the same address
 * is superseded. Neither report_entities.entity nor report_events.event is set. */
int archive_insert(Archive *archive, const Document *document, int64_t *report, Error *error);

#endif
