/* Rows of an answer: what a query gives, by the names of its columns. A column
 * "actors:json" holds JSON, "anonymous:bool" a truth; the name is what stands before
 * the colon. */
#ifndef RELATO_ARCHIVE_ROW_H
#define RELATO_ARCHIVE_ROW_H

#include <sqlite3.h>

#include "core/buffer.h"

typedef sqlite3_stmt Row; /* a statement that stands on a row */

/* Name of a column before its kind, and whether it has that kind ("json", "bool"). */
Str row_name(Row *row, int column);
bool row_is(Row *row, int column, const char *kind);

/* Text of a column as long as the statement stands on the row; empty if it is null
 * or not there. Numbers: 0 then. */
Str row_text(Row *row, int column);
Str row_str(Row *row, const char *name);
int64_t row_int(Row *row, const char *name);
double row_real(Row *row, const char *name);

/* True if the column is there and not null. */
bool row_has(Row *row, const char *name);

/* ---- arrays of JSON in a row ---- */

typedef struct json_t List;

/* The array in a column; NULL, which is an empty one, if there is none. */
List *row_list(Row *row, const char *name);
void list_free(List *list);
size_t list_size(const List *list);

/* A member of an object in it: an empty text or 0 if it has none. */
Str list_str(const List *list, size_t index, const char *member);
double list_real(const List *list, size_t index, const char *member);

/* An item that is a text. */
Str list_item(const List *list, size_t index);

/* The array in a member of an object in it; it belongs to the list. NULL if there is none. */
const List *list_list(const List *list, size_t index, const char *member);

/* ---- as a line ---- */

/* The row as an object of JSON; nulls, empty texts and empty arrays are left out. */
void row_write_json(Buffer *out, Row *row);

/* The row as a line of CSV (RFC 4180), and the line of its columns' names. Arrays
 * of JSON become texts parted by "; ", of objects their "name". */
void row_write_csv(Buffer *out, Row *row);
void row_write_csv_head(Buffer *out, Row *row);

#endif
