#include "language/builder.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/utf8.h"
#include "language/lexicon.h"

enum { SECTION_ALIGNMENT = 16 };

/* ---- reading the sources -------------------------------------------------- */

/* The bytes of a file in the arena; at is NULL if there is none. */
static Str file_content(LexiconBuilder *builder, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        if (errno != ENOENT)
            complain(&builder->complaints, path, 0, "cannot be opened: %s", strerror(errno));
        return (Str){ NULL, 0 };
    }
    Buffer buffer = { 0 };
    size_t got;
    for (char *at; (at = buffer_reserve(&buffer, 1 << 16)) && (got = fread(at, 1, 1 << 16, file)) > 0;)
        buffer.size += got;
    if (ferror(file))
        complain(&builder->complaints, path, 0, "cannot be read");
    fclose(file);
    Str content = str_copy(builder->arena, buffer_str(&buffer));
    buffer_free(&buffer);
    return content;
}

typedef struct Paths {
    Str *items;
    size_t count, capacity;
} Paths;

static int by_bytes(const void *a, const void *b)
{
    return str_compare(*(const Str *)a, *(const Str *)b);
}

/* The files of `pattern` in one folder, sorted by name. */
static Paths paths_of(LexiconBuilder *builder, const char *folder, const char *pattern)
{
    Paths paths = { 0 };
    Arena *arena = builder->arena;
    if (pattern[0] == '*') {
        *ARENA_PUSH(arena, &paths) =
            str_format(arena, "%s/%.*s%s", folder, STR_ARGUMENTS(builder->language), pattern + 1);
        return paths;
    }
    Str directory = str_format(arena, "%s/%s", folder, pattern);
    DIR *stream = opendir(directory.at);
    for (struct dirent *entry; stream && (entry = readdir(stream));)
        if (str_ends(str_of(entry->d_name), STR(".tsv")) && entry->d_name[0] != '.')
            *ARENA_PUSH(arena, &paths) = str_format(arena, "%s/%s", directory.at, entry->d_name);
    if (stream)
        closedir(stream);
    if (paths.count)
        qsort(paths.items, paths.count, sizeof *paths.items, by_bytes);
    return paths;
}

/* Takes out of `rows` what a later folder's rows (from `fresh` on) overrule. */
static void overrule(LexiconBuilder *builder, TsvTable *rows, size_t fresh, uint32_t key)
{
    Table overruled;
    table_init(&overruled, builder->arena);
    for (size_t i = fresh; i < rows->count; i++) {
        Str name = rows->items[i].cells[key];
        bool removed = name.size > 1 && name.at[0] == '-';
        *table_put(&overruled, removed ? str_slice(name, 1, name.size) : name, NULL) = removed;
    }
    size_t kept = 0;
    for (size_t i = 0; i < rows->count; i++) {
        Str name = rows->items[i].cells[key];
        bool removal = i >= fresh && name.size > 1 && name.at[0] == '-';
        if (!removal && (i >= fresh || !table_find(&overruled, name)))
            rows->items[kept++] = rows->items[i];
    }
    rows->count = kept;
}

TsvTable builder_read(LexiconBuilder *builder, const char *pattern, const char *const *columns, size_t column_count,
                      uint32_t key)
{
    TsvTable rows = { 0 };
    for (size_t f = 0; f < builder->folder_count; f++) {
        size_t fresh = rows.count;
        Paths paths = paths_of(builder, builder->folders[f], pattern);
        for (size_t i = 0; i < paths.count; i++) {
            Str content = file_content(builder, paths.items[i].at);
            if (content.at)
                tsv_read(&rows, builder->arena, content, paths.items[i].at, columns, column_count,
                         &builder->complaints);
        }
        if (key != RELATO_NONE && f > 0)
            overrule(builder, &rows, fresh, key);
    }
    return rows;
}

Str *builder_values(LexiconBuilder *builder, const TsvRow *row, size_t column, size_t *count)
{
    Str *values = tsv_values(builder->arena, row->cells[column], count, row, &builder->complaints);
    for (size_t i = 0; i < *count; i++)
        values[i] = utf8_normalise(builder->arena, values[i]);
    return values;
}

/* ---- what goes into the image --------------------------------------------- */

uint32_t builder_word(LexiconBuilder *builder, Str form)
{
    bool added;
    uint32_t *id = table_put(&builder->words, utf8_fold(builder->arena, form), &added);
    if (added)
        *id = (uint32_t)builder->words.count;
    return *id;
}

uint32_t builder_string(LexiconBuilder *builder, Str s)
{
    bool added;
    uint32_t *offset = table_put(&builder->strings, s, &added);
    if (added) {
        uint32_t size = (uint32_t)s.size;
        *offset = (uint32_t)builder->pool.size;
        buffer_add(&builder->pool, (Str){ (const char *)&size, sizeof size });
        buffer_add(&builder->pool, s);
        buffer_byte(&builder->pool, '\0');
    }
    return *offset;
}

void builder_section(LexiconBuilder *builder, const char *name, const void *bytes, size_t size)
{
    struct LexiconSections *sections = &builder->sections;
    (void)ARENA_PUSH(builder->arena, sections);
    sections->items[sections->count - 1].name = str_copy(builder->arena, str_of(name));
    sections->items[sections->count - 1].bytes = str_copy(builder->arena, (Str){ bytes, size });
}

static void put_word(LexiconWord *slots, size_t mask, LexiconWord word)
{
    size_t i = word.hash & mask;
    while (slots[i].id)
        i = (i + 1) & mask;
    slots[i] = word;
}

static int by_id(const void *a, const void *b)
{
    const TableSlot *x = a, *y = b;
    return (x->value > y->value) - (x->value < y->value);
}

/* The vocabulary: every form, and every form without its accents that is not
 * itself a form (of two such the first in the sources). */
static void add_vocabulary(LexiconBuilder *builder)
{
    Arena *arena = builder->arena;
    size_t count = 0;
    TableSlot *forms = ARENA_ARRAY(arena, TableSlot, builder->words.count + 1);
    for (size_t i = 0; i < builder->words.capacity; i++)
        if (builder->words.slots[i].key.at)
            forms[count++] = builder->words.slots[i];
    qsort(forms, count, sizeof *forms, by_id);

    size_t capacity = 16;
    while (capacity < 4 * count)
        capacity *= 2;
    LexiconWord *slots = ARENA_ARRAY(arena, LexiconWord, capacity);
    Table bare;
    table_init(&bare, arena);
    for (size_t i = 0; i < count; i++) {
        put_word(slots, capacity - 1,
                 (LexiconWord){ forms[i].hash, builder_string(builder, forms[i].key), forms[i].value, 0 });
        Str stripped = utf8_strip_accents(arena, forms[i].key);
        bool added = false;
        if (!table_find(&builder->words, stripped))
            table_put(&bare, stripped, &added);
        if (added)
            put_word(slots, capacity - 1,
                     (LexiconWord){ str_hash(stripped), builder_string(builder, stripped), forms[i].value, 1 });
    }
    builder_section(builder, "words", slots, capacity * sizeof *slots);
}

static void pad(Buffer *image)
{
    buffer_repeat(image, '\0', (SECTION_ALIGNMENT - image->size % SECTION_ALIGNMENT) % SECTION_ALIGNMENT);
}

char *builder_image(LexiconBuilder *builder, size_t *size)
{
    add_vocabulary(builder);
    builder_section(builder, "strings", builder->pool.bytes, builder->pool.size);

    struct LexiconSections *sections = &builder->sections;
    LexiconHeader header = { .magic = LEXICON_MAGIC,
                             .version = LEXICON_VERSION,
                             .section_count = (uint32_t)sections->count };
    memcpy(header.language, builder->language.at,
           builder->language.size < sizeof header.language ? builder->language.size : sizeof header.language - 1);
    LexiconSection *table = ARENA_ARRAY(builder->arena, LexiconSection, sections->count);

    Buffer image = { 0 };
    buffer_repeat(&image, '\0', sizeof header + sections->count * sizeof *table);
    for (size_t i = 0; i < sections->count; i++) {
        Str name = sections->items[i].name, bytes = sections->items[i].bytes;
        pad(&image);
        memcpy(table[i].name, name.at, name.size < sizeof table[i].name ? name.size : sizeof table[i].name - 1);
        table[i].offset = image.size;
        table[i].size = bytes.size;
        buffer_add(&image, bytes);
    }
    pad(&image);
    if (image.failed || builder->pool.failed) {
        buffer_free(&image);
        return NULL;
    }
    memcpy(image.bytes + sizeof header, table, sections->count * sizeof *table);
    header.size = image.size;
    header.checksum = lexicon_checksum(str_slice(buffer_str(&image), sizeof header, image.size));
    memcpy(image.bytes, &header, sizeof header);
    return buffer_take(&image, size);
}
