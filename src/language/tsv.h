/* Tab-separated text, the format of every lexicon file (lexicon/README.md). */
#ifndef RELATO_LANGUAGE_TSV_H
#define RELATO_LANGUAGE_TSV_H

#include "core/str.h"
#include "relato.h"

typedef struct TsvRow {
    Str *cells;       /* (column count of the table); empty where the file has no such column */
    const char *file; /* zero-ended */
    size_t line;
} TsvRow;

typedef struct TsvTable {
    TsvRow *items;
    size_t count, capacity;
} TsvTable;

/* Where mistakes go, and how many there were. */
typedef struct Complaints {
    RelatoReport *report; /* may be NULL */
    void *context;
    size_t count;
} Complaints;

/* Reports one mistake, printf-style. */
void complain(Complaints *complaints, const char *file, size_t line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Reads `content`, the bytes of `file`, and adds its rows to `table`. `columns`
 * (`column_count` zero-ended names) are the columns that the caller knows; the
 * cells of each row come in their order. Mistakes (no header, unknown or double
 * columns, too many cells, bytes that are not UTF-8) go to `complaints` and cost
 * their line. Content and `file` must live as long as the table. */
void tsv_read(TsvTable *table, Arena *arena, Str content, const char *file, const char *const *columns,
              size_t column_count, Complaints *complaints);

/* The values of a cell: parted by "|", trimmed, braces spelled out
 * ("arm{é,ê}ni{o,a}": four). Returns an array of *count in the arena. Braces
 * that do not close, and more than 512 variants, go to `complaints`. */
Str *tsv_values(Arena *arena, Str cell, size_t *count, const TsvRow *row, Complaints *complaints);

#endif
