#include "archive/query.h"

void query_add(Query *query, const char *sql)
{
    buffer_add(&query->sql, str_of(sql));
}

static void add_value(Query *query, QueryValue value)
{
    if (query->value_count == QUERY_VALUES) {
        query->failed = true;
        error_set(query->error, RELATO_ERROR_USAGE, 0, SIZE_MAX, "the filter has too many values");
        return;
    }
    query->values[query->value_count++] = value;
    query_add(query, "?");
}

void query_str(Query *query, Str value)
{
    add_value(query, (QueryValue){ .text = true, .string = value });
}

void query_int(Query *query, int64_t value)
{
    add_value(query, (QueryValue){ .number = value });
}

void query_equals(Query *query, const char *column, const char *value)
{
    if (!value)
        return;
    buffer_format(&query->sql, " AND %s = ", column);
    query_str(query, str_of(value));
}

sqlite3_stmt *query_prepare(Query *query)
{
    sqlite3_stmt *statement = NULL;
    if (query->failed)
        return NULL;
    if (query->sql.failed) {
        error_set(query->error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
        return NULL;
    }
    if (sqlite3_prepare_v2(query->archive->database, query->sql.bytes, (int)query->sql.size, &statement, NULL) !=
        SQLITE_OK) {
        archive_fault(query->archive, query->error);
        return NULL;
    }
    for (size_t i = 0; i < query->value_count; i++)
        if (query->values[i].text)
            bind_str(statement, (int)i + 1, query->values[i].string);
        else
            bind_int(statement, (int)i + 1, query->values[i].number);
    return statement;
}

void query_free(Query *query)
{
    buffer_free(&query->sql);
}

int64_t query_number(Query *query)
{
    sqlite3_stmt *statement = query_prepare(query);
    int64_t number = -1;
    if (statement && archive_step(query->archive, statement, query->error) > 0)
        number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    query_free(query);
    return number;
}
