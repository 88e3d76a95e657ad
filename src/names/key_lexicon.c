#include <stdlib.h>

#include "core/utf8.h"
#include "names/key.h"

enum { COLUMN_FORM, COLUMN_USE, COLUMN_BECOMES, COLUMN_BEHIND, COLUMN_BEFORE, COLUMN_COUNT };

static const char *const columns[COLUMN_COUNT] = { "form", "use", "becomes", "behind", "before" };

enum { USE_REWRITE, USE_LETTER, USE_VOWEL, USE_WORD };

/* The uses; those of words from USE_WORD on, in order of their bits. */
static const char *const use_names[] = { "rewrite", "letter", "vowel",  "particle", "inner-particle",
                                         "joined",  "family", "suffix", NULL };

static const uint32_t all_letters = KEY_EDGE - 1;

typedef struct Making {
    LexiconBuilder *builder;
    uint32_t vowels;
    struct {
        KeyRule *items;
        size_t count, capacity;
    } rules;
    struct {
        KeyLetter *items;
        size_t count, capacity;
    } letters;
    struct {
        KeyWord *items;
        size_t count, capacity;
    } words;
} Making;

static void refuse(Making *making, const TsvRow *row, const char *what, Str value)
{
    complain(&making->builder->complaints, row->file, row->line, "%s \"%.*s\"", what, STR_ARGUMENTS(value));
}

/* Position in use_names; -1 if it is not there. */
static int use_of(Str name)
{
    for (int i = 0; use_names[i]; i++)
        if (str_equal(name, str_of(use_names[i])))
            return i;
    return -1;
}

static bool plain_letters(Str s, bool digits)
{
    for (size_t i = 0; i < s.size; i++)
        if (!(s.at[i] >= 'a' && s.at[i] <= 'z') && !(digits && s.at[i] >= '0' && s.at[i] <= '9'))
            return false;
    return true;
}

/* The neighbours that a cell allows: letters, V a vowel, C any other letter, ^ and
 * $ the ends of the word; an empty cell allows all. */
static uint32_t neighbours(Making *making, const TsvRow *row, size_t column, char edge)
{
    size_t count;
    Str *values = builder_values(making->builder, row, column, &count);
    uint32_t mask = 0;
    for (size_t i = 0; i < count; i++) {
        char c = values[i].size == 1 ? values[i].at[0] : '\0';
        if (c >= 'a' && c <= 'z')
            mask |= 1u << (c - 'a');
        else if (c == 'V' || c == 'C')
            mask |= c == 'V' ? making->vowels : all_letters & ~making->vowels;
        else if (c && c == edge)
            mask |= KEY_EDGE;
        else
            refuse(making, row, "no letter, V, C, or end of a word:", values[i]);
    }
    return count ? mask : all_letters | KEY_EDGE;
}

static void add_rule(Making *making, const TsvRow *row, Str form)
{
    Str becomes = row->cells[COLUMN_BECOMES];
    if (!plain_letters(form, false) || form.size > KEY_RULE_LONGEST) {
        refuse(making, row, "longer than eleven letters, or others than a to z:", form);
        return;
    }
    if (!plain_letters(becomes, true) || becomes.size > KEY_RULE_LONGEST || becomes.size > 2 * form.size) {
        refuse(making, row, "more than twice as long as its form, or others than a to z:", becomes);
        return;
    }
    KeyRule *rule = ARENA_PUSH(making->builder->arena, &making->rules);
    rule->behind = neighbours(making, row, COLUMN_BEHIND, '^');
    rule->before = neighbours(making, row, COLUMN_BEFORE, '$');
    rule->form_size = (uint8_t)form.size;
    rule->becomes_size = (uint8_t)becomes.size;
    memcpy(rule->form, form.at, form.size);
    if (becomes.size)
        memcpy(rule->becomes, becomes.at, becomes.size);
}

static void add_letter(Making *making, const TsvRow *row, Str form)
{
    Str becomes = row->cells[COLUMN_BECOMES];
    size_t at = 0;
    uint32_t code_point = utf8_next(form, &at);
    if (at < form.size || code_point < 0x80 || !plain_letters(becomes, false) || becomes.size > KEY_LETTER_LONGEST) {
        refuse(making, row, "a letter beyond ASCII becomes up to four letters a to z, not", form);
        return;
    }
    KeyLetter *letter = ARENA_PUSH(making->builder->arena, &making->letters);
    letter->code_point = code_point;
    if (becomes.size)
        memcpy(letter->becomes, becomes.at, becomes.size);
}

static void add_word(Making *making, const TsvRow *row, Str form, uint8_t use)
{
    if (!plain_letters(form, false) || form.size > KEY_WORD_LONGEST) {
        refuse(making, row, "longer than fourteen letters, or others than a to z:", form);
        return;
    }
    KeyWord word = { .uses = use };
    memcpy(word.form, form.at, form.size);
    for (size_t i = 0; i < making->words.count; i++)
        if (memcmp(making->words.items[i].form, word.form, sizeof word.form) == 0) {
            making->words.items[i].uses |= use;
            return;
        }
    *ARENA_PUSH(making->builder->arena, &making->words) = word;
}

static void add_vowel(Making *making, const TsvRow *row, Str form)
{
    if (form.size == 1 && plain_letters(form, false))
        making->vowels |= 1u << (form.at[0] - 'a');
    else
        refuse(making, row, "no letter from a to z:", form);
}

/* Vowels come first: the rules need them. */
static void add_row(Making *making, const TsvRow *row, bool vowels)
{
    size_t count;
    int use = use_of(row->cells[COLUMN_USE]);
    if ((use == USE_VOWEL) != vowels)
        return;
    if (use < 0) {
        refuse(making, row, "unknown use", row->cells[COLUMN_USE]);
        return;
    }
    Str *forms = builder_values(making->builder, row, COLUMN_FORM, &count);
    if (count == 0)
        refuse(making, row, "no form:", row->cells[COLUMN_FORM]);
    for (size_t i = 0; i < count; i++) {
        if (use == USE_VOWEL)
            add_vowel(making, row, forms[i]);
        else if (use == USE_REWRITE)
            add_rule(making, row, forms[i]);
        else if (use == USE_LETTER)
            add_letter(making, row, forms[i]);
        else
            add_word(making, row, forms[i], (uint8_t)(1u << (use - USE_WORD)));
    }
}

/* ---- the sections ------------------------------------------------------------ */

static unsigned bucket_of(const KeyRule *rule)
{
    unsigned second = rule->form_size > 1 ? 1u + (unsigned)(rule->form[1] - 'a') : 0;
    return 27u * (unsigned)(rule->form[0] - 'a') + second;
}

static unsigned width(const KeyRule *rule)
{
    return (unsigned)(__builtin_popcount(rule->behind) + __builtin_popcount(rule->before));
}

/* Places of rules, so that of two alike the later comes first: a user's. */
static int by_bucket(const void *a, const void *b)
{
    const KeyRule *x = *(const KeyRule *const *)a, *y = *(const KeyRule *const *)b;
    unsigned bucket_x = bucket_of(x), bucket_y = bucket_of(y);
    if (bucket_x != bucket_y)
        return bucket_x < bucket_y ? -1 : 1;
    if (x->form_size != y->form_size)
        return x->form_size > y->form_size ? -1 : 1;
    if (width(x) != width(y))
        return width(x) < width(y) ? -1 : 1;
    return (x < y) - (x > y);
}

static void write_rules(Making *making)
{
    LexiconBuilder *builder = making->builder;
    size_t count = making->rules.count;
    const KeyRule **order = ARENA_ARRAY(builder->arena, const KeyRule *, count);
    KeyRule *rules = ARENA_ARRAY(builder->arena, KeyRule, count);
    uint16_t buckets[KEY_BUCKETS + 1] = { 0 };
    for (size_t i = 0; i < count; i++) {
        order[i] = &making->rules.items[i];
        buckets[bucket_of(order[i]) + 1]++;
    }
    for (size_t b = 0; b < KEY_BUCKETS; b++)
        buckets[b + 1] = (uint16_t)(buckets[b + 1] + buckets[b]);
    if (count)
        qsort(order, count, sizeof *order, by_bucket);
    for (size_t i = 0; i < count; i++)
        rules[i] = *order[i];
    builder_section(builder, "key.rules", rules, count * sizeof *rules);
    builder_section(builder, "key.buckets", buckets, sizeof buckets);
}

static int by_code_point(const void *a, const void *b)
{
    const KeyLetter *x = a, *y = b;
    return (x->code_point > y->code_point) - (x->code_point < y->code_point);
}

static int by_form(const void *a, const void *b)
{
    return strcmp(((const KeyWord *)a)->form, ((const KeyWord *)b)->form);
}

void keys_compile(LexiconBuilder *builder)
{
    Making making = { .builder = builder };
    TsvTable rows = builder_read(builder, "spelling", columns, COLUMN_COUNT, RELATO_NONE);
    for (size_t i = 0; i < rows.count; i++)
        add_row(&making, &rows.items[i], true);
    for (size_t i = 0; i < rows.count; i++)
        add_row(&making, &rows.items[i], false);
    if (making.rules.count > UINT16_MAX) {
        complain(&builder->complaints, "spelling", 0, "more than %d forms to rewrite", UINT16_MAX);
        making.rules.count = UINT16_MAX;
    }
    write_rules(&making);
    if (making.letters.count)
        qsort(making.letters.items, making.letters.count, sizeof *making.letters.items, by_code_point);
    if (making.words.count)
        qsort(making.words.items, making.words.count, sizeof *making.words.items, by_form);
    builder_section(builder, "key.letters", making.letters.items, making.letters.count * sizeof *making.letters.items);
    builder_section(builder, "key.words", making.words.items, making.words.count * sizeof *making.words.items);
}

NameKeys keys_open(const Lexicon *lexicon)
{
    size_t count;
    NameKeys keys = { 0 };
    keys.rules = lexicon_section(lexicon, "key.rules", sizeof *keys.rules, &count);
    keys.buckets = lexicon_section(lexicon, "key.buckets", sizeof *keys.buckets, &count);
    keys.letters = lexicon_section(lexicon, "key.letters", sizeof *keys.letters, &keys.letter_count);
    keys.words = lexicon_section(lexicon, "key.words", sizeof *keys.words, &keys.word_count);
    return keys;
}
