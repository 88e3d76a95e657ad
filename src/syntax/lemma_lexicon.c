#include "syntax/lemma_lexicon.h"

#include <stdlib.h>

#include "core/utf8.h"
#include "syntax/features.h"

/* ---- compiling ------------------------------------------------------------ */

typedef struct Entry {
    uint64_t key;
    size_t folder, order; /* of the sources */
    LemmaRow row;
    bool general; /* the word of its own that comes with an ending */
    bool removes; /* the form is left to the network */
} Entry;

typedef struct Entries {
    Entry *items;
    size_t count, capacity;
} Entries;

/* The folder that a row stands in: a later one overrules an earlier one. */
static size_t folder_of(const LexiconBuilder *builder, const TsvRow *row)
{
    Str file = str_of(row->file);
    for (size_t i = builder->folder_count; i-- > 0;) {
        Str folder = str_of(builder->folders[i]);
        if (str_starts(file, folder) && file.size > folder.size && file.at[folder.size] == '/')
            return i;
    }
    return 0;
}

/* The script that makes `lemma` of `form`, whatever stands before both. */
static Str ending_script(Arena *arena, Str form, Str lemma)
{
    size_t shared = 0;
    for (size_t a = 0, b = 0; a < form.size && b < lemma.size; shared = a)
        if (utf8_next(form, &a) != utf8_next(lemma, &b))
            break;
    return str_format(arena, "l %zu %.*s", utf8_length(str_slice(form, shared, form.size)),
                      STR_ARGUMENTS(str_slice(lemma, shared, lemma.size)));
}

/* A row with one form and one tag, as entries: a form behind "*" is both an
 * ending and, unless another row has it, a word of its own. */
static void add_form(LexiconBuilder *builder, Entries *entries, Entry entry, Str form, Str lemma, Upos upos)
{
    bool ending = str_starts(form, STR("*"));
    Str bare = str_slice(form, ending, form.size), whole = str_slice(lemma, ending && lemma.size, lemma.size);
    EndingKeys keys = ending_keys(bare, (uint8_t)upos);
    entry.general = ending;
    entry.removes = lemma.size == 0;
    entry.order = entries->count;
    entry.key = keys.whole;
    entry.row.script = builder_string(builder, str_format(builder->arena, "k * %.*s", STR_ARGUMENTS(whole)));
    *ARENA_PUSH(builder->arena, entries) = entry;
    if (ending) {
        entry.general = false;
        entry.key = keys.endings[keys.count - 1];
        entry.row.script = builder_string(builder, ending_script(builder->arena, bare, whole));
        *ARENA_PUSH(builder->arena, entries) = entry;
    }
}

/* What is wrong with a form and its lemma; NULL: nothing. */
static const char *fault_of(Str form, Str lemma)
{
    bool ending = str_starts(form, STR("*"));
    if (lemma.size && ending != str_starts(lemma, STR("*")))
        return "\"*\" belongs before form and lemma";
    if (form.size == (size_t)ending || (lemma.size && lemma.size == (size_t)ending))
        return "no form or lemma";
    return utf8_length(form) > MOST_ENDINGS ? "form is too long" : NULL;
}

static void add_row(LexiconBuilder *builder, const TsvRow *row, Entries *entries)
{
    size_t form_count, tag_count;
    Str *forms = builder_values(builder, row, 0, &form_count), *tags = builder_values(builder, row, 1, &tag_count);
    Str lemma = utf8_normalise(builder->arena, row->cells[3]);
    Entry entry = { .folder = folder_of(builder, row), .row.features = builder_string(builder, row->cells[2]) };
    for (size_t i = 0; i < form_count; i++) {
        const char *fault = fault_of(forms[i], lemma);
        if (fault)
            complain(&builder->complaints, row->file, row->line, "%s: \"%.*s\"", fault, STR_ARGUMENTS(forms[i]));
        for (size_t k = 0; k < tag_count && !fault; k++)
            add_form(builder, entries, entry, forms[i], lemma, upos_of(tags[k]));
    }
    for (size_t k = 0; k < tag_count; k++)
        if (upos_of(tags[k]) == UPOS_NONE)
            complain(&builder->complaints, row->file, row->line, "\"%.*s\" is no tag", STR_ARGUMENTS(tags[k]));
}

/* By key; the last folder first, then what is no ending, then as in the sources. */
static int by_key(const void *a, const void *b)
{
    const Entry *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    if (x->folder != y->folder)
        return x->folder > y->folder ? -1 : 1;
    if (x->general != y->general)
        return x->general ? 1 : -1;
    return (x->order > y->order) - (x->order < y->order);
}

static void put_key(uint64_t *keys, uint32_t *values, size_t capacity, uint64_t key, size_t value)
{
    size_t i = key & (capacity - 1);
    while (keys[i])
        i = (i + 1) & (capacity - 1);
    keys[i] = key;
    values[i] = (uint32_t)value;
}

/* Whether an entry counts where `first` is the first with its key. */
static bool counts_beside(const Entry *entry, const Entry *first)
{
    return entry->folder == first->folder && entry->general == first->general && !entry->removes;
}

/* Rows by key, and the table of keys. */
static void add_sections(LexiconBuilder *builder, const Entries *entries)
{
    size_t capacity = 16, count = 0;
    while (capacity < 2 * entries->count)
        capacity *= 2;
    uint64_t *keys = ARENA_ARRAY(builder->arena, uint64_t, capacity);
    uint32_t *values = ARENA_ARRAY(builder->arena, uint32_t, capacity);
    LemmaRow *rows = ARENA_ARRAY(builder->arena, LemmaRow, entries->count + 1);
    for (size_t i = 0, end; i < entries->count; i = end) {
        const Entry *first = &entries->items[i];
        size_t from = count;
        for (end = i; end < entries->count && entries->items[end].key == first->key; end++)
            if (counts_beside(&entries->items[end], first))
                rows[count++] = entries->items[end].row;
        if (count == from)
            continue;
        rows[count - 1].last = 1;
        put_key(keys, values, capacity, first->key, from + 1);
    }
    builder_section(builder, "lemma.keys", keys, capacity * sizeof *keys);
    builder_section(builder, "lemma.values", values, capacity * sizeof *values);
    builder_section(builder, "lemma.rows", rows, count * sizeof *rows);
}

static void compile_endings(LexiconBuilder *builder)
{
    static const char *const columns[] = { "upos", "ending" };
    TsvTable rows = builder_read(builder, "*/lemma-endings.tsv", columns, 2, RELATO_NONE);
    struct {
        LemmaEnding *items;
        size_t count, capacity;
    } endings = { 0 };
    for (size_t i = 0; i < rows.count; i++) {
        size_t tag_count, count;
        Str *tags = builder_values(builder, &rows.items[i], 0, &tag_count);
        Str *ends = builder_values(builder, &rows.items[i], 1, &count);
        for (size_t k = 0; k < tag_count * count; k++)
            *ARENA_PUSH(builder->arena, &endings) =
                (LemmaEnding){ upos_of(tags[k / count]), builder_string(builder, ends[k % count]) };
    }
    builder_section(builder, "lemma.endings", endings.items, endings.count * sizeof *endings.items);
}

void lemma_compile(LexiconBuilder *builder)
{
    static const char *const columns[] = { "form", "upos", "features", "lemma" };
    TsvTable rows = builder_read(builder, "*/irregular.tsv", columns, 4, RELATO_NONE);
    Entries entries = { 0 };
    for (size_t i = 0; i < rows.count; i++)
        add_row(builder, &rows.items[i], &entries);
    if (entries.count)
        qsort(entries.items, entries.count, sizeof *entries.items, by_key);
    add_sections(builder, &entries);
    compile_endings(builder);
}

/* ---- looking up ------------------------------------------------------------ */

LemmaLexicon lemma_lexicon_open(const Lexicon *lexicon)
{
    LemmaLexicon lemmas = { .lexicon = lexicon };
    size_t count;
    lemmas.keys.keys = lexicon_section(lexicon, "lemma.keys", sizeof *lemmas.keys.keys, &lemmas.keys.capacity);
    lemmas.keys.values = lexicon_section(lexicon, "lemma.values", sizeof *lemmas.keys.values, &count);
    lemmas.rows = lexicon_section(lexicon, "lemma.rows", sizeof *lemmas.rows, &lemmas.row_count);
    lemmas.endings = lexicon_section(lexicon, "lemma.endings", sizeof *lemmas.endings, &lemmas.ending_count);
    return lemmas;
}

/* Whether all of `wanted`, parted by "|", are among `features`. */
static bool has_features(Str features, Str wanted)
{
    while (wanted.size) {
        Str feature = str_cut(&wanted, '|'), rest = features;
        bool found = false;
        while (rest.at && !found)
            found = str_equal(str_cut(&rest, '|'), feature);
        if (!found)
            return false;
    }
    return true;
}

/* The scripts of the rows from `first` on, those that ask for features if `asking`, else the others. */
static size_t collect(const LemmaLexicon *lexicon, size_t first, bool asking, Str features, Str *scripts)
{
    size_t count = 0;
    for (size_t i = first; count < LEMMA_CHOICES; i++) {
        const LemmaRow *row = &lexicon->rows[i];
        Str wanted = lexicon_string(lexicon->lexicon, row->features);
        if (asking == (wanted.size > 0) && has_features(features, wanted))
            scripts[count++] = lexicon_string(lexicon->lexicon, row->script);
        if (row->last)
            break;
    }
    return count;
}

static size_t find_key(const LemmaLexicon *lexicon, uint64_t key, Str features, Str *scripts)
{
    uint32_t first = keys_find(&lexicon->keys, key);
    if (!first)
        return 0;
    size_t count = collect(lexicon, first - 1, true, features, scripts);
    return count ? count : collect(lexicon, first - 1, false, features, scripts);
}

size_t lemma_lexicon_find(const LemmaLexicon *lexicon, const Word *word, Str scripts[LEMMA_CHOICES])
{
    if (!lexicon || !lexicon->row_count)
        return 0;
    EndingKeys keys = ending_keys(word->form, word->upos);
    size_t count = find_key(lexicon, keys.whole, word->features, scripts);
    for (size_t i = keys.count; i-- > 0 && count == 0;)
        count = find_key(lexicon, keys.endings[i], word->features, scripts);
    return count;
}

bool lemma_lexicon_fits(const LemmaLexicon *lexicon, uint8_t upos, Str lemma)
{
    bool ruled = false;
    for (size_t i = 0; lexicon && i < lexicon->ending_count; i++)
        if (lexicon->endings[i].upos == upos) {
            ruled = true;
            if (str_ends(lemma, lexicon_string(lexicon->lexicon, lexicon->endings[i].ending)))
                return true;
        }
    return !ruled;
}
