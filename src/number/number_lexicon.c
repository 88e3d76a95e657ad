#include "number/number_lexicon.h"

#include <stdlib.h>

static const char *const kind_names[NUMBER_KIND_COUNT] = {
    "unit",           "teen",     "ten",     "hundred", "times", "multiplier", "alone", "suffix",  "collective",
    "plural",         "half",     "article", "several", "and",   "of",         "range", "between", "ordinal",
    "ordinal-suffix", "fraction", "group",   "decimal",
};

static uint32_t sign_of(Str form)
{
    return str_equal(form, STR("."))       ? SIGN_DOT
           : str_equal(form, STR(","))     ? SIGN_COMMA
           : str_equal(form, STR("space")) ? SIGN_SPACE
                                           : 0;
}

static int by_word(const void *a, const void *b)
{
    const NumberWord *x = a, *y = b;
    if (x->word != y->word)
        return x->word < y->word ? -1 : 1;
    return (x->kind > y->kind) - (x->kind < y->kind);
}

typedef struct NumberWords {
    NumberWord *items;
    size_t count, capacity;
} NumberWords;

static void add_row(LexiconBuilder *builder, const TsvRow *row, NumberWords *words, NumberSigns *signs)
{
    size_t count;
    Str *forms = builder_values(builder, row, 0, &count);
    uint32_t kind = 0;
    while (kind < NUMBER_KIND_COUNT && !str_equal(row->cells[2], str_of(kind_names[kind])))
        kind++;
    if (kind == NUMBER_KIND_COUNT || !count) {
        complain(&builder->complaints, row->file, row->line, count ? "unknown kind of number \"%.*s\"" : "no form",
                 STR_ARGUMENTS(row->cells[2]));
        return;
    }
    Str digits = str_copy(builder->arena, row->cells[1]);
    char *end;
    double value = strtod(digits.at, &end);
    if (*end)
        complain(&builder->complaints, row->file, row->line, "\"%s\" is no number", digits.at);
    for (size_t i = 0; i < count; i++) {
        if (kind == NUMBER_GROUP || kind == NUMBER_DECIMAL)
            *(kind == NUMBER_GROUP ? &signs->group : &signs->decimal) |= sign_of(forms[i]);
        else
            *ARENA_PUSH(builder->arena, words) = (NumberWord){ value, builder_word(builder, forms[i]), kind };
    }
}

void number_compile(LexiconBuilder *builder)
{
    static const char *const columns[] = { "form", "value", "kind" };
    TsvTable rows = builder_read(builder, "*/numbers.tsv", columns, 3, RELATO_NONE);
    NumberWords words = { 0 };
    NumberSigns signs = { 0 };
    for (size_t i = 0; i < rows.count; i++)
        add_row(builder, &rows.items[i], &words, &signs);
    if (words.count)
        qsort(words.items, words.count, sizeof *words.items, by_word);
    size_t size = builder->words.count + 1;
    uint32_t *index = ARENA_ARRAY(builder->arena, uint32_t, size);
    for (size_t i = words.count; i-- > 0;)
        index[words.items[i].word] = (uint32_t)i + 1;
    builder_section(builder, "number.words", words.items, words.count * sizeof *words.items);
    builder_section(builder, "number.index", index, size * sizeof *index);
    builder_section(builder, "number.signs", &signs, sizeof signs);
}

bool number_lexicon_open(NumberLexicon *numbers, const Lexicon *lexicon)
{
    size_t count;
    *numbers = (NumberLexicon){ .lexicon = lexicon };
    numbers->words = lexicon_section(lexicon, "number.words", sizeof *numbers->words, &numbers->word_count);
    numbers->index = lexicon_section(lexicon, "number.index", sizeof *numbers->index, &numbers->index_count);
    const NumberSigns *signs = lexicon_section(lexicon, "number.signs", sizeof *signs, &count);
    if (signs && count)
        numbers->signs = *signs;
    return numbers->words && signs;
}

const NumberWord *number_word(const NumberLexicon *numbers, uint32_t word, NumberKind kind)
{
    if (word == 0 || word >= numbers->index_count || !numbers->index[word])
        return NULL;
    for (size_t i = numbers->index[word] - 1; i < numbers->word_count && numbers->words[i].word == word; i++)
        if (numbers->words[i].kind == kind)
            return &numbers->words[i];
    return NULL;
}
