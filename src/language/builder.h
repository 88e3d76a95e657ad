/* The builder: makes a compiled lexicon (lexicon.h) of one language from the
 * tab-separated sources. Each stage has a function that reads its files through
 * the builder and adds its sections; src/language/compile.c lists them. */
#ifndef RELATO_LANGUAGE_BUILDER_H
#define RELATO_LANGUAGE_BUILDER_H

#include "core/buffer.h"
#include "core/table.h"
#include "language/tsv.h"

enum { MOST_FOLDERS = 8, MOST_LANGUAGES = 8 };

typedef struct LexiconBuilder {
    Arena *arena;
    const struct Gazetteer *gazetteer; /* the world's places, for linking those of the lexicon; NULL: none */
    Str language;                      /* "pt" */
    Str languages[MOST_LANGUAGES];     /* (language_count), zero-ended: all that the first folder holds */
    size_t language_count;
    const char *folders[MOST_FOLDERS]; /* of sources; a later one overrules an earlier one */
    size_t folder_count;
    Complaints complaints;
    bool checking; /* nothing is written: what is right but useless is reported, too */
    Table words;   /* folded form -> id, from 1 */
    Table strings; /* string -> offset in pool */
    Buffer pool;
    struct LexiconSections {
        struct {
            Str name, bytes;
        } * items;
        size_t count, capacity;
    } sections;
} LexiconBuilder;

/* Reads the files of `pattern` below every folder: "world" (all .tsv in it) or
 * "LANGUAGE/NAME.tsv" with the builder's language ("*" for LANGUAGE:
 * builder_read(b, "*" "/numbers.tsv", …)). Rows come in order of folder, file
 * name and line. If `key` is a column (not RELATO_NONE), the rows of a later
 * folder replace all earlier folders' rows with the same key, and a key "-x"
 * removes those of x. A file that is nowhere gives an empty table. */
TsvTable builder_read(LexiconBuilder *builder, const char *pattern, const char *const *columns, size_t column_count,
                      uint32_t key);

/* Values of a cell, as tsv_values, normalised to NFC. */
Str *builder_values(LexiconBuilder *builder, const TsvRow *row, size_t column, size_t *count);

/* Id of a word form (case is folded) in the vocabulary, added if need be; from 1. */
uint32_t builder_word(LexiconBuilder *builder, Str form);

/* Offset of a string in the lexicon's string pool, added if need be. */
uint32_t builder_string(LexiconBuilder *builder, Str s);

/* Adds a section: `size` bytes, copied, found again by `name` (15 bytes at most). */
void builder_section(LexiconBuilder *builder, const char *name, const void *bytes, size_t size);

/* The finished image, malloc'd; NULL if memory is short. */
char *builder_image(LexiconBuilder *builder, size_t *size);

#endif
