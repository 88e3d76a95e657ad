#include "archive/row.h"

#include <jansson.h>

Str row_name(Row *row, int column)
{
    Str name = str_of(sqlite3_column_name(row, column));
    return str_slice(name, 0, str_find_byte(name, ':', 0));
}

bool row_is(Row *row, int column, const char *kind)
{
    Str name = str_of(sqlite3_column_name(row, column));
    size_t colon = str_find_byte(name, ':', 0);
    return colon < name.size && str_equal(str_slice(name, colon + 1, name.size), str_of(kind));
}

static int find(Row *row, const char *name)
{
    for (int i = 0; i < sqlite3_column_count(row); i++)
        if (str_equal(row_name(row, i), str_of(name)))
            return i;
    return -1;
}

Str row_text(Row *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);
    return (Str){ text, text ? (size_t)sqlite3_column_bytes(row, column) : 0 };
}

Str row_str(Row *row, const char *name)
{
    int column = find(row, name);
    return column < 0 ? (Str){ NULL, 0 } : row_text(row, column);
}

int64_t row_int(Row *row, const char *name)
{
    int column = find(row, name);
    return column < 0 ? 0 : sqlite3_column_int64(row, column);
}

double row_real(Row *row, const char *name)
{
    int column = find(row, name);
    return column < 0 ? 0 : sqlite3_column_double(row, column);
}

bool row_has(Row *row, const char *name)
{
    int column = find(row, name);
    return column >= 0 && sqlite3_column_type(row, column) != SQLITE_NULL;
}

/* ---- arrays -------------------------------------------------------------------- */

List *row_list(Row *row, const char *name)
{
    Str text = row_str(row, name);
    return text.size ? json_loadb(text.at, text.size, 0, NULL) : NULL;
}

void list_free(List *list)
{
    json_decref(list);
}

size_t list_size(const List *list)
{
    return json_array_size(list);
}

static Str string_of(const json_t *value)
{
    return json_is_string(value) ? (Str){ json_string_value(value), json_string_length(value) } : (Str){ NULL, 0 };
}

Str list_str(const List *list, size_t index, const char *member)
{
    return string_of(json_object_get(json_array_get(list, index), member));
}

Str list_item(const List *list, size_t index)
{
    return string_of(json_array_get(list, index));
}

double list_real(const List *list, size_t index, const char *member)
{
    return json_number_value(json_object_get(json_array_get(list, index), member));
}

const List *list_list(const List *list, size_t index, const char *member)
{
    return json_object_get(json_array_get(list, index), member);
}

/* ---- CSV --------------------------------------------------------------------- */

static void add_cell(Buffer *out, Str value)
{
    bool quoted = false;
    for (size_t i = 0; i < value.size && !quoted; i++)
        quoted = value.at[i] == '"' || value.at[i] == ',' || value.at[i] == '\n' || value.at[i] == '\r';
    if (!quoted) {
        buffer_add(out, value);
        return;
    }
    buffer_byte(out, '"');
    for (size_t i = 0; i < value.size; i++) {
        if (value.at[i] == '"')
            buffer_byte(out, '"');
        buffer_byte(out, value.at[i]);
    }
    buffer_byte(out, '"');
}

static void add_flat(Buffer *out, const json_t *value)
{
    Str name = string_of(json_is_object(value) ? json_object_get(value, "name") : value);
    if (json_is_object(value) && !name.size)
        name = string_of(json_object_get(value, "country"));
    if (json_is_number(value))
        buffer_format(out, "%.15g", json_number_value(value));
    else
        buffer_add(out, name);
}

static void add_array(Buffer *out, Str text)
{
    Buffer flat = { 0 };
    json_t *array = text.size ? json_loadb(text.at, text.size, 0, NULL) : NULL;
    for (size_t i = 0; i < json_array_size(array); i++) {
        if (i)
            buffer_add(&flat, STR("; "));
        add_flat(&flat, json_array_get(array, i));
    }
    json_decref(array);
    add_cell(out, buffer_str(&flat));
    buffer_free(&flat);
}

void row_write_csv(Buffer *out, Row *row)
{
    for (int i = 0; i < sqlite3_column_count(row); i++) {
        if (i)
            buffer_byte(out, ',');
        if (row_is(row, i, "json"))
            add_array(out, row_text(row, i));
        else
            add_cell(out, row_text(row, i));
    }
    buffer_add(out, STR("\r\n"));
}

void row_write_csv_head(Buffer *out, Row *row)
{
    for (int i = 0; i < sqlite3_column_count(row); i++) {
        if (i)
            buffer_byte(out, ',');
        add_cell(out, row_name(row, i));
    }
    buffer_add(out, STR("\r\n"));
}
