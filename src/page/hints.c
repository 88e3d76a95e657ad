#include "page/hints.h"

#include <stdlib.h>

enum { MOST_WORDS = 8, LONGEST_WORD = 24 };

static const char *const uses[] = { "never",   "month-1", "month-2", "month-3",  "month-4",  "month-5",  "month-6",
                                    "month-7", "month-8", "month-9", "month-10", "month-11", "month-12", "apart" };

enum { USES = sizeof uses / sizeof *uses };

/* ---- compiling --------------------------------------------------------------------- */

static int by_phrase(const void *a, const void *b)
{
    return phrase_compare(a, b);
}

void hints_compile(LexiconBuilder *builder)
{
    static const char *const columns[] = { "word", "use" };
    TsvTable rows = builder_read(builder, "page", columns, 2, RELATO_NONE);
    PhraseTails tails = { 0 };
    struct {
        Hint *items;
        size_t count, capacity;
    } hints = { 0 };
    for (size_t i = 0; i < rows.count; i++) {
        const TsvRow *row = &rows.items[i];
        uint32_t use = 0;
        while (use < USES && !str_equal(row->cells[1], str_of(uses[use])))
            use++;
        if (use == USES)
            complain(&builder->complaints, row->file, row->line, "\"%.*s\" is not known here",
                     STR_ARGUMENTS(row->cells[1]));
        size_t count;
        Str *words = builder_values(builder, row, 0, &count);
        for (size_t k = 0; k < count; k++) {
            char *spaced = arena_alloc(builder->arena, words[k].size + 1);
            for (size_t c = 0; c < words[k].size; c++)
                spaced[c] = words[k].at[c] == '-' ? ' ' : words[k].at[c];
            Str phrase = { spaced, words[k].size };
            *ARENA_PUSH(builder->arena, &hints) = (Hint){ phrase_build(builder, &tails, phrase), use };
        }
    }
    if (hints.count)
        qsort(hints.items, hints.count, sizeof *hints.items, by_phrase);
    builder_section(builder, "page.hints", hints.items, hints.count * sizeof *hints.items);
    builder_section(builder, "page.tails", tails.items, tails.count * sizeof *tails.items);
}

PageHints hints_open(const Lexicon *lexicon)
{
    PageHints hints = { .lexicon = lexicon };
    hints.hints = lexicon_section(lexicon, "page.hints", sizeof *hints.hints, &hints.count);
    hints.tails = lexicon_section(lexicon, "page.tails", sizeof *hints.tails, &hints.tail_count);
    return hints;
}

/* ---- looking up ---------------------------------------------------------------------- */

/* Ids of the words of one name; returns how many. What is no letter parts them, and so
 * does a capital behind a small letter. */
static size_t words_of(const PageHints *hints, Str name, uint32_t words[MOST_WORDS])
{
    size_t count = 0;
    for (size_t i = 0; i < name.size && count < MOST_WORDS;) {
        char word[LONGEST_WORD];
        size_t length = 0;
        bool after_small = false;
        for (; i < name.size; i++) {
            char c = name.at[i];
            bool capital = c >= 'A' && c <= 'Z', small = (c >= 'a' && c <= 'z') || (unsigned char)c > 0x7F;
            if ((!capital && !small) || (capital && after_small))
                break;
            if (length < LONGEST_WORD)
                word[length++] = capital ? (char)(c + 32) : c;
            after_small = small;
        }
        if (length && length < LONGEST_WORD)
            words[count++] = lexicon_word(hints->lexicon, (Str){ word, length }, false);
        while (i < name.size && !((name.at[i] | 32) >= 'a' && (name.at[i] | 32) <= 'z') &&
               (unsigned char)name.at[i] <= 0x7F)
            i++;
    }
    return count;
}

static bool stands_here(const PageHints *hints, const Hint *hint, const uint32_t *words, size_t count)
{
    if (hint->phrase.tail_count >= count)
        return false;
    return hint->phrase.tail_count == 0 ||
           memcmp(hints->tails + hint->phrase.tail, words + 1, hint->phrase.tail_count * sizeof *words) == 0;
}

static bool name_is_apart(const PageHints *hints, Str name)
{
    uint32_t words[MOST_WORDS];
    size_t count = words_of(hints, name, words);
    bool apart = false;
    for (size_t i = 0; i < count; i++) {
        if (!words[i])
            continue;
        for (size_t h = phrase_first(hints->hints, hints->count, sizeof *hints->hints, words[i]);
             h < hints->count && hints->hints[h].phrase.word == words[i]; h++)
            if (stands_here(hints, &hints->hints[h], words + i, count - i)) {
                if (hints->hints[h].use == HINT_NEVER)
                    return false;
                apart = apart || hints->hints[h].use == HINT_APART;
            }
    }
    return apart;
}

bool hints_apart(const PageHints *hints, Str names)
{
    if (!hints->count)
        return false;
    while (names.at) {
        Str name = str_cut(&names, ' ');
        if (name.size && name_is_apart(hints, name))
            return true;
    }
    return false;
}

int hints_month(const PageHints *hints, Str folded)
{
    uint32_t word = hints->count ? lexicon_word(hints->lexicon, folded, true) : 0;
    if (!word)
        return 0;
    for (size_t h = phrase_first(hints->hints, hints->count, sizeof *hints->hints, word);
         h < hints->count && hints->hints[h].phrase.word == word; h++)
        if (hints->hints[h].phrase.tail_count == 0 && hints->hints[h].use >= HINT_JANUARY &&
            hints->hints[h].use <= HINT_DECEMBER)
            return (int)hints->hints[h].use;
    return 0;
}
