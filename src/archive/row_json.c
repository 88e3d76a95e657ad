#include "archive/row.h"
#include "output/json_writer.h"

static bool is_empty(Row *row, int column)
{
    int type = sqlite3_column_type(row, column);
    if (type != SQLITE_TEXT)
        return type == SQLITE_NULL;
    Str text = row_text(row, column);
    return text.size == 0 ||
           (row_is(row, column, "json") && (str_equal(text, STR("[]")) || str_equal(text, STR("{}"))));
}

static void write_value(JsonWriter *writer, Row *row, int column)
{
    if (row_is(row, column, "json"))
        json_raw(writer, row_text(row, column));
    else if (row_is(row, column, "bool"))
        json_boolean(writer, sqlite3_column_int(row, column));
    else if (sqlite3_column_type(row, column) == SQLITE_TEXT)
        json_string(writer, row_text(row, column));
    else if (sqlite3_column_type(row, column) == SQLITE_INTEGER)
        json_integer(writer, (size_t)sqlite3_column_int64(row, column));
    else
        json_number(writer, sqlite3_column_double(row, column));
}

void row_write_json(Buffer *out, Row *row)
{
    JsonWriter writer = { .out = out };
    json_open(&writer, '{');
    for (int i = 0; i < sqlite3_column_count(row); i++) {
        char name[64];
        if (is_empty(row, i))
            continue;
        snprintf(name, sizeof name, "%.*s", STR_ARGUMENTS(row_name(row, i)));
        json_name(&writer, name);
        write_value(&writer, row, i);
    }
    json_close(&writer, '}');
    buffer_byte(out, '\n');
}
