#include "language/tsv.h"

#include <stdarg.h>

#include "core/utf8.h"

enum { MOST_COLUMNS = 64, MOST_VARIANTS = 512 };

void complain(Complaints *complaints, const char *file, size_t line, const char *format, ...)
{
    char message[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    complaints->count++;
    if (complaints->report)
        complaints->report(complaints->context, file, line, message);
}

/* Maps the cells of the header to the caller's columns: place[cell] = column. */
static size_t read_header(Str line, int *place, const char *file, size_t number, const char *const *columns,
                          size_t column_count, Complaints *complaints)
{
    size_t cells = 0;
    while (line.at && cells < MOST_COLUMNS) {
        Str name = str_trim(str_cut(&line, '\t'));
        place[cells] = -1;
        for (size_t c = 0; c < column_count; c++)
            if (str_equal(name, str_of(columns[c])))
                place[cells] = (int)c;
        if (place[cells] < 0)
            complain(complaints, file, number, "unknown column \"%.*s\"", STR_ARGUMENTS(name));
        for (size_t c = 0; c < cells; c++)
            if (place[c] >= 0 && place[c] == place[cells])
                complain(complaints, file, number, "column \"%.*s\" is there twice", STR_ARGUMENTS(name));
        cells++;
    }
    if (line.at)
        complain(complaints, file, number, "more than %d columns", MOST_COLUMNS);
    return cells;
}

static void read_row(TsvTable *table, Arena *arena, Str line, const int *place, size_t cells, const char *file,
                     size_t number, size_t column_count, Complaints *complaints)
{
    Str *values = ARENA_ARRAY(arena, Str, column_count);
    for (size_t i = 0; line.at; i++) {
        Str cell = str_trim(str_cut(&line, '\t'));
        if (i >= cells) {
            complain(complaints, file, number, "more cells than the header has columns (%zu)", cells);
            return;
        }
        if (place[i] >= 0)
            values[place[i]] = cell;
    }
    *ARENA_PUSH(arena, table) = (TsvRow){ .cells = values, .file = file, .line = number };
}

void tsv_read(TsvTable *table, Arena *arena, Str content, const char *file, const char *const *columns,
              size_t column_count, Complaints *complaints)
{
    int place[MOST_COLUMNS];
    size_t cells = 0, number = 0;
    while (content.at) {
        Str line = str_cut(&content, '\n');
        number++;
        if (line.size && line.at[line.size - 1] == '\r')
            line.size--;
        if (number == 1 && str_starts(line, STR("\xEF\xBB\xBF")))
            line = str_slice(line, 3, line.size);
        if (str_trim(line).size == 0 || line.at[0] == '#')
            continue;
        if (utf8_invalid(line) < line.size)
            complain(complaints, file, number, "byte %zu of the line is not UTF-8", utf8_invalid(line) + 1);
        else if (cells == 0)
            cells = read_header(line, place, file, number, columns, column_count, complaints);
        else
            read_row(table, arena, line, place, cells, file, number, column_count, complaints);
    }
    if (cells == 0)
        complain(complaints, file, 1, "no header line that names the columns");
}

typedef struct Values {
    Str *items;
    size_t count, capacity;
} Values;

/* Spells out the first braces of `value` and goes on with what that gives. */
static bool expand(Arena *arena, Values *values, Str value, size_t depth)
{
    size_t open = str_find_byte(value, '{', 0), close = str_find_byte(value, '}', open);
    if (open == value.size) {
        if (str_find_byte(value, '}', 0) < value.size || values->count >= MOST_VARIANTS)
            return false;
        *ARENA_PUSH(arena, values) = str_copy(arena, value);
        return true;
    }
    if (close == value.size || depth > 8)
        return false;
    Str head = str_slice(value, 0, open), tail = str_slice(value, close + 1, value.size);
    for (Str inner = str_slice(value, open + 1, close); inner.at;) {
        Str choice = str_cut(&inner, ',');
        if (!expand(arena, values, str_join(arena, str_join(arena, head, choice), tail), depth + 1))
            return false;
    }
    return true;
}

Str *tsv_values(Arena *arena, Str cell, size_t *count, const TsvRow *row, Complaints *complaints)
{
    Values values = { 0 };
    while (cell.at && cell.size) {
        Str value = str_trim(str_cut(&cell, '|'));
        if (value.size && !expand(arena, &values, value, 0))
            complain(complaints, row->file, row->line, "\"%.*s\": braces that do not match, or over %d variants",
                     STR_ARGUMENTS(value), MOST_VARIANTS);
    }
    *count = values.count;
    return values.items;
}
