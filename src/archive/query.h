/* Queries: SQL that grows piece by piece with the values it asks for, and the
 * conditions that a filter makes of it. */
#ifndef RELATO_ARCHIVE_QUERY_H
#define RELATO_ARCHIVE_QUERY_H

#include "archive/archive.h"
#include "core/buffer.h"

enum { QUERY_VALUES = 64 };

typedef struct QueryValue {
    bool text;
    Str string; /* must outlive the query */
    int64_t number;
} QueryValue;

typedef struct Query {
    Archive *archive;
    Arena *arena; /* for what it makes on the way */
    Buffer sql;
    QueryValue values[QUERY_VALUES];
    size_t value_count;
    bool narrow; /* a condition leaves so few rows that all of them can be sorted */
    bool failed; /* `error` tells why */
    Error *error;
} Query;

/* Adds SQL; each function adds a value as "?". */
void query_add(Query *query, const char *sql);
void query_str(Query *query, Str value);
void query_int(Query *query, int64_t value);

/* Adds " AND COLUMN = value" unless `value` (zero-ended) is NULL. */
void query_equals(Query *query, const char *column, const char *value);

/* The statement, with its values; the caller finalizes it. NULL and `error`. */
sqlite3_stmt *query_prepare(Query *query);

/* Gives back the memory. */
void query_free(Query *query);

/* The first number that the query gives, or -1 and `error`. Frees the query. */
int64_t query_number(Query *query);

/* Conditions of a filter, each with " AND" before it. Events stand as e; claims as
 * c, their reports as r. Those that leave few rows set query->narrow. */
void filter_events(Query *query, const RelatoFilter *filter);
void filter_claims(Query *query, const RelatoFilter *filter);
void filter_reports(Query *query, const RelatoFilter *filter);
void filter_entities(Query *query, const RelatoFilter *filter);

/* What FTS5 is to look for when a user gives words: all of them, each in all its
 * forms, with "quotation marks" around those that stand together. */
Str filter_match(Query *query, const char *words);

#endif
