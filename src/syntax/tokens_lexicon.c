#include "syntax/tokens_lexicon.h"

#include <stdlib.h>

#include "core/utf8.h"

/* A longer suffix is a mistake in the sources. */
enum { LONGEST_SUFFIX = 24 };

/* ---- compiling ------------------------------------------------------------ */

typedef struct Forms {
    TokenForm *items;
    size_t count, capacity;
} Forms;

typedef struct Suffixes {
    TokenSuffix *items;
    size_t count, capacity;
} Suffixes;

typedef struct Numbers {
    uint32_t *items;
    size_t count, capacity;
} Numbers;

typedef struct Compilation {
    LexiconBuilder *builder;
    Forms forms;
    Numbers words; /* id -> 1 + index in forms */
    Numbers patterns;
    Suffixes suffixes;
} Compilation;

static const struct {
    const char *name;
    uint32_t classes;
} class_names[] = {
    { "whole", TOKEN_WHOLE },
    { "prefix", TOKEN_PREFIX },
    { "elision", TOKEN_ELISION },
    { "unit", TOKEN_UNIT },
    { "currency", TOKEN_CURRENCY },
    { "domain", TOKEN_DOMAIN },
    { "group", TOKEN_GROUP },
    { "opener", TOKEN_OPENER },
    { "split", TOKEN_SPLIT },
    { "join", TOKEN_JOIN },
    { "title", TOKEN_TITLE },
    { "before-number", TOKEN_BEFORE_NUMBER },
    { "abbreviation", TOKEN_ABBREVIATION },
    { "last", TOKEN_LAST },
};

/* The form in the compilation, added if need be. */
static TokenForm *form_of(Compilation *compilation, Str form)
{
    LexiconBuilder *builder = compilation->builder;
    uint32_t word = builder_word(builder, form);
    while (compilation->words.count <= word)
        (void)ARENA_PUSH(builder->arena, &compilation->words);
    uint32_t *index = &compilation->words.items[word];
    if (!*index) {
        *ARENA_PUSH(builder->arena, &compilation->forms) =
            (TokenForm){ .form = builder_string(builder, utf8_fold(builder->arena, form)),
                         .words = builder_string(builder, STR("")) };
        *index = (uint32_t)compilation->forms.count;
    }
    return &compilation->forms.items[*index - 1];
}

static uint32_t classes_of(Compilation *compilation, const TsvRow *row, Str name)
{
    for (size_t i = 0; i < sizeof class_names / sizeof *class_names; i++)
        if (str_equal(name, str_of(class_names[i].name)))
            return class_names[i].classes;
    complain(&compilation->builder->complaints, row->file, row->line, "unknown class \"%.*s\"", STR_ARGUMENTS(name));
    return 0;
}

static bool begins_with_capital(Str form)
{
    size_t at = 0;
    return form.size && u_isupper((UChar32)utf8_next(form, &at));
}

/* The form that a user's file takes out with a hyphen before it; empty if it does not. */
static Str removed_form(Str form, bool has_value)
{
    bool removed = !has_value && form.size > 1 && form.at[0] == '-';
    return removed ? str_slice(form, 1, form.size) : STR("");
}

static void compile_classes(Compilation *compilation, const char *pattern)
{
    static const char *const columns[] = { "form", "class" };
    TsvTable rows = builder_read(compilation->builder, pattern, columns, 2, RELATO_NONE);
    for (size_t i = 0; i < rows.count; i++) {
        const TsvRow *row = &rows.items[i];
        size_t count;
        Str *forms = builder_values(compilation->builder, row, 0, &count);
        bool removes = count && removed_form(forms[0], row->cells[1].size > 0).size;
        uint32_t classes = removes ? 0 : classes_of(compilation, row, row->cells[1]);
        for (size_t k = 0; k < count; k++) {
            Str removed = removed_form(forms[k], !removes);
            if (removed.size) {
                form_of(compilation, removed)->classes = 0;
                continue;
            }
            uint32_t letter = begins_with_capital(forms[k]) ? TOKEN_CAPITAL : TOKEN_SMALL;
            form_of(compilation, forms[k])->classes |= classes | letter;
        }
    }
}

/* The words of a contraction are words of the language too. */
static void add_words(LexiconBuilder *builder, Str words)
{
    while (words.at)
        builder_word(builder, str_cut(&words, ' '));
}

/* Adds the patterns of a cell, each with a sign before it that tells which word
 * it is of: "<" the one before, nothing the one behind. */
static void add_patterns(Compilation *compilation, const TsvRow *row, size_t column, const char *sign)
{
    LexiconBuilder *builder = compilation->builder;
    size_t count;
    Str *patterns = builder_values(builder, row, column, &count);
    for (size_t i = 0; i < count; i++)
        *ARENA_PUSH(builder->arena, &compilation->patterns) =
            builder_string(builder, str_join(builder->arena, str_of(sign), patterns[i]));
}

static void compile_contractions(Compilation *compilation)
{
    static const char *const columns[] = { "form", "words", "not_before", "not_behind" };
    LexiconBuilder *builder = compilation->builder;
    TsvTable rows = builder_read(builder, "*/contractions.tsv", columns, 4, RELATO_NONE);
    for (size_t i = 0; i < rows.count; i++) {
        const TsvRow *row = &rows.items[i];
        size_t count, word_count;
        Str *forms = builder_values(builder, row, 0, &count), *words = builder_values(builder, row, 1, &word_count);
        uint32_t first_pattern = (uint32_t)compilation->patterns.count;
        add_patterns(compilation, row, 2, "");
        add_patterns(compilation, row, 3, "<");
        if (count && removed_form(forms[0], word_count > 0).size) {
            for (size_t k = 0; k < count; k++)
                if (removed_form(forms[k], false).size)
                    form_of(compilation, removed_form(forms[k], false))->classes &= ~(uint32_t)TOKEN_CONTRACTION;
            continue;
        }
        if (count != word_count)
            complain(&builder->complaints, row->file, row->line, "%zu forms, but words for %zu", count, word_count);
        for (size_t k = 0; k < count && k < word_count; k++) {
            add_words(builder, words[k]);
            TokenForm *form = form_of(compilation, forms[k]);
            form->classes |= TOKEN_CONTRACTION;
            form->words = builder_string(builder, words[k]);
            form->first_pattern = first_pattern;
            form->pattern_count = (uint32_t)compilation->patterns.count - first_pattern;
        }
    }
}

static void compile_suffix_row(Compilation *compilation, const TsvRow *row)
{
    LexiconBuilder *builder = compilation->builder;
    size_t counts[4];
    Str *cells[4];
    for (size_t c = 0; c < 4; c++)
        cells[c] = builder_values(builder, row, c, &counts[c]);
    if (counts[1] && counts[1] != counts[0])
        complain(&builder->complaints, row->file, row->line, "%zu forms, but words for %zu", counts[0], counts[1]);
    else if (counts[3] && counts[3] != counts[2])
        complain(&builder->complaints, row->file, row->line, "%zu ends, but %zu that they become", counts[2],
                 counts[3]);
    else
        for (size_t f = 0; f < counts[0]; f++)
            for (size_t a = 0; a < (counts[2] ? counts[2] : 1); a++) {
                Str after = counts[2] ? cells[2][a] : STR("");
                Str host = str_starts(after, STR("^")) ? str_slice(after, 1, after.size) : after;
                if (cells[0][f].size > LONGEST_SUFFIX)
                    complain(&builder->complaints, row->file, row->line, "a suffix of more than %d bytes",
                             LONGEST_SUFFIX);
                *ARENA_PUSH(builder->arena, &compilation->suffixes) =
                    (TokenSuffix){ .form = builder_string(builder, utf8_fold(builder->arena, cells[0][f])),
                                   .words = builder_string(builder, counts[1] ? cells[1][f] : STR("")),
                                   .after = builder_string(builder, after),
                                   .becomes = builder_string(builder, counts[3] ? cells[3][a] : host) };
            }
}

static uint32_t hash_on(uint32_t hash, char byte)
{
    return (hash ^ (unsigned char)byte) * 16777619u;
}

static const uint32_t hash_start = 2166136261u;

static uint32_t hash_backwards(Str s)
{
    uint32_t hash = hash_start;
    for (size_t i = s.size; i-- > 0;)
        hash = hash_on(hash, s.at[i]);
    return hash;
}

/* Brings the suffixes of one form together, the forms in the order in which
 * each comes first, and indexes them. */
static void add_suffixes(Compilation *compilation)
{
    LexiconBuilder *builder = compilation->builder;
    const Suffixes *all = &compilation->suffixes;
    Table places;
    table_init(&places, builder->arena);
    Numbers *groups = ARENA_ARRAY(builder->arena, Numbers, all->count + 1);
    Str *names = ARENA_ARRAY(builder->arena, Str, all->count + 1);
    for (size_t i = 0; i < all->count; i++) {
        uint32_t size;
        memcpy(&size, builder->pool.bytes + all->items[i].form, sizeof size);
        Str form = str_copy(builder->arena, (Str){ builder->pool.bytes + all->items[i].form + sizeof size, size });
        bool added;
        uint32_t *place = table_put(&places, form, &added);
        if (added)
            *place = (uint32_t)places.count - 1;
        names[*place] = form;
        *ARENA_PUSH(builder->arena, &groups[*place]) = (uint32_t)i;
    }
    size_t capacity = 16, count = 0;
    while (capacity < 2 * places.count)
        capacity *= 2;
    TokenSuffixSlot *slots = ARENA_ARRAY(builder->arena, TokenSuffixSlot, capacity);
    TokenSuffix *sorted = ARENA_ARRAY(builder->arena, TokenSuffix, all->count);
    for (size_t g = 0; g < places.count; g++) {
        TokenSuffixSlot slot = { hash_backwards(names[g]), (uint32_t)count, (uint32_t)groups[g].count };
        size_t at = slot.hash & (capacity - 1);
        while (slots[at].count)
            at = (at + 1) & (capacity - 1);
        slots[at] = slot;
        for (size_t k = 0; k < groups[g].count; k++)
            sorted[count++] = all->items[groups[g].items[k]];
    }
    builder_section(builder, "tokens.suffixes", sorted, count * sizeof *sorted);
    builder_section(builder, "tokens.index", slots, capacity * sizeof *slots);
}

void tokens_compile(LexiconBuilder *builder)
{
    static const char *const columns[] = { "form", "words", "after", "becomes" };
    Compilation compilation = { .builder = builder };
    compile_classes(&compilation, "*/tokens.tsv");
    compile_classes(&compilation, "*/abbreviations.tsv");
    compile_contractions(&compilation);
    TsvTable rows = builder_read(builder, "*/clitics.tsv", columns, 4, RELATO_NONE);
    for (size_t i = 0; i < rows.count; i++)
        compile_suffix_row(&compilation, &rows.items[i]);
    builder_section(builder, "tokens.forms", compilation.forms.items, compilation.forms.count * sizeof(TokenForm));
    builder_section(builder, "tokens.words", compilation.words.items, compilation.words.count * sizeof(uint32_t));
    builder_section(builder, "tokens.patterns", compilation.patterns.items,
                    compilation.patterns.count * sizeof(uint32_t));
    add_suffixes(&compilation);
}

/* ---- looking up ----------------------------------------------------------- */

TokensLexicon tokens_lexicon(const Lexicon *lexicon)
{
    TokensLexicon found = { .lexicon = lexicon };
    size_t count;
    found.forms = lexicon_section(lexicon, "tokens.forms", sizeof *found.forms, &count);
    found.form_of_word = lexicon_section(lexicon, "tokens.words", sizeof *found.form_of_word, &found.word_count);
    found.patterns = lexicon_section(lexicon, "tokens.patterns", sizeof *found.patterns, &count);
    found.suffixes = lexicon_section(lexicon, "tokens.suffixes", sizeof *found.suffixes, &count);
    found.slots = lexicon_section(lexicon, "tokens.index", sizeof *found.slots, &found.slot_count);
    found.splits_hyphen = tokens_classes(&found, STR("-")) & TOKEN_SPLIT;
    found.splits_slash = tokens_classes(&found, STR("/")) & TOKEN_SPLIT;
    found.splits_superscript = tokens_classes(&found, STR("²")) & TOKEN_SPLIT;
    found.joins_percent = tokens_classes(&found, STR("%")) & TOKEN_JOIN;
    return found;
}

const TokenForm *tokens_form(const TokensLexicon *lexicon, uint32_t word, Str folded)
{
    if (word >= lexicon->word_count || !lexicon->form_of_word[word])
        return NULL;
    const TokenForm *form = &lexicon->forms[lexicon->form_of_word[word] - 1];
    /* In a text without accents the vocabulary also finds forms that have some. */
    return str_equal(lexicon_string(lexicon->lexicon, form->form), folded) ? form : NULL;
}

uint32_t tokens_classes(const TokensLexicon *lexicon, Str folded)
{
    const TokenForm *form = tokens_form(lexicon, lexicon_word(lexicon->lexicon, folded, false), folded);
    return form ? form->classes : 0;
}

static bool suffix_holds(const TokensLexicon *lexicon, const TokenSuffix *suffix, Str host)
{
    Str after = lexicon_string(lexicon->lexicon, suffix->after);
    if (after.size && after.at[0] == '^')
        return str_equal(host, str_slice(after, 1, after.size));
    return str_ends(host, after);
}

static const TokenSuffixSlot *slot_of(const TokensLexicon *lexicon, uint32_t hash, Str suffix)
{
    size_t mask = lexicon->slot_count - 1;
    for (size_t i = hash & mask; lexicon->slot_count && lexicon->slots[i].count; i = (i + 1) & mask)
        if (lexicon->slots[i].hash == hash &&
            str_equal(lexicon_string(lexicon->lexicon, lexicon->suffixes[lexicon->slots[i].first].form), suffix))
            return &lexicon->slots[i];
    return NULL;
}

const TokenSuffix *tokens_suffix(const TokensLexicon *lexicon, Str folded)
{
    const TokenSuffix *found = NULL;
    uint32_t hash = hash_start;
    for (size_t length = 1; length <= LONGEST_SUFFIX && length < folded.size; length++) {
        size_t start = folded.size - length;
        hash = hash_on(hash, folded.at[start]);
        const TokenSuffixSlot *slot = slot_of(lexicon, hash, str_slice(folded, start, folded.size));
        for (uint32_t i = slot ? slot->count : 0; i-- > 0;)
            if (suffix_holds(lexicon, &lexicon->suffixes[slot->first + i], str_slice(folded, 0, start))) {
                found = &lexicon->suffixes[slot->first + i];
                break;
            }
    }
    return found;
}

/* A pattern is a word, or "*" and the end of one. */
static bool matches(Str word, Str pattern)
{
    return str_starts(pattern, STR("*")) ? str_ends(word, str_slice(pattern, 1, pattern.size))
                                         : str_equal(word, pattern);
}

bool tokens_uncontracted(const TokensLexicon *lexicon, const TokenForm *form, Str before, Str after)
{
    bool found = false;
    for (uint32_t i = 0; i < form->pattern_count; i++) {
        Str pattern = lexicon_string(lexicon->lexicon, lexicon->patterns[form->first_pattern + i]);
        bool behind = str_starts(pattern, STR("<"));
        Str word = behind ? before : after;
        pattern = str_slice(pattern, behind, pattern.size);
        if (!str_starts(pattern, STR("!")))
            found = found || matches(word, pattern);
        else if (matches(word, str_slice(pattern, 1, pattern.size)))
            return false;
    }
    return found;
}
