#include "syntax/repair.h"

#include <string.h>

enum { LONGEST_LEMMA = 63 };

/* ---- compiling ------------------------------------------------------------------- */

static const char *const use_names[REPAIR_USE_COUNT] = { "ending", "stem", "noun", "participle" };

void repairs_compile(LexiconBuilder *builder)
{
    enum { USE, FORM, BECOMES, COLUMN_COUNT };
    static const char *const columns[COLUMN_COUNT] = { "use", "form", "becomes" };
    TsvTable rows = builder_read(builder, "*/lemmas.tsv", columns, COLUMN_COUNT, RELATO_NONE);
    struct {
        Repair *items;
        size_t count, capacity;
    } repairs = { 0 };
    for (size_t i = 0; i < rows.count; i++) {
        const TsvRow *row = &rows.items[i];
        size_t form_count, becomes_count;
        Str *forms = builder_values(builder, row, FORM, &form_count);
        Str *becomes = builder_values(builder, row, BECOMES, &becomes_count);
        uint32_t use = 0;
        while (use < REPAIR_USE_COUNT && !str_equal(row->cells[USE], str_of(use_names[use])))
            use++;
        bool known = str_equal(row->cells[USE], STR("known"));
        for (size_t k = 0; known && k < form_count; k++)
            builder_word(builder, forms[k]);
        if (use == REPAIR_USE_COUNT && !known)
            complain(&builder->complaints, row->file, row->line, "\"%.*s\" is no use of a repair",
                     STR_ARGUMENTS(row->cells[USE]));
        for (size_t k = 0; use < REPAIR_USE_COUNT && k < form_count; k++)
            for (size_t n = 0; n < becomes_count; n++)
                *ARENA_PUSH(builder->arena, &repairs) =
                    (Repair){ builder_string(builder, forms[k]), builder_string(builder, becomes[n]), use };
    }
    builder_section(builder, "lemma.repairs", repairs.items, repairs.count * sizeof *repairs.items);
}

Repairs repairs_open(const Lexicon *lexicon)
{
    Repairs repairs = { .lexicon = lexicon };
    repairs.items = lexicon_section(lexicon, "lemma.repairs", sizeof *repairs.items, &repairs.count);
    return repairs;
}

/* ---- reading ----------------------------------------------------------------------- */

/* A lemma in the making. */
typedef struct Candidate {
    char text[LONGEST_LEMMA + 1];
    size_t size;
} Candidate;

static bool candidate_of(Str lemma, Candidate *candidate)
{
    if (lemma.size > LONGEST_LEMMA)
        return false;
    memcpy(candidate->text, lemma.at, lemma.size);
    candidate->size = lemma.size;
    return true;
}

/* Puts `becomes` in the place of the `cut` bytes from `at` on. */
static bool replace(Candidate *candidate, size_t at, size_t cut, Str becomes)
{
    size_t size = candidate->size - cut + becomes.size;
    if (size > LONGEST_LEMMA)
        return false;
    memmove(candidate->text + at + becomes.size, candidate->text + at + cut, candidate->size - at - cut);
    memcpy(candidate->text + at, becomes.at, becomes.size);
    candidate->size = size;
    return true;
}

static bool change_end(Candidate *candidate, Str form, Str becomes)
{
    Str text = { candidate->text, candidate->size };
    return form.size < text.size && str_ends(text, form) &&
           replace(candidate, text.size - form.size, form.size, becomes);
}

static bool is_vowel(char letter)
{
    return letter == 'a' || letter == 'e' || letter == 'i' || letter == 'o' || letter == 'u';
}

/* Changes the last vowels before those of the ending: "acuerdar", "ue" -> "o". */
static bool change_stem(Candidate *candidate, Str form, Str becomes)
{
    size_t end = candidate->size;
    while (end > 0 && !is_vowel(candidate->text[end - 1]))
        end--;
    while (end > 0 && is_vowel(candidate->text[end - 1]))
        end--;
    while (end > 0 && !is_vowel(candidate->text[end - 1]))
        end--;
    Str stem = { candidate->text, end };
    return str_ends(stem, form) && replace(candidate, end - form.size, form.size, becomes);
}

static uint32_t known(const Repairs *repairs, const Candidate *candidate, bool bare)
{
    return lexicon_word(repairs->lexicon, (Str){ candidate->text, candidate->size }, bare);
}

static Str text_of(const Repairs *repairs, uint32_t string)
{
    return lexicon_string(repairs->lexicon, string);
}

/* The first ending of the use that leads to a known lemma; 0. */
static uint32_t try_endings(const Repairs *repairs, const Candidate *from, RepairUse use, bool bare)
{
    for (size_t i = 0; i < repairs->count; i++) {
        const Repair *repair = &repairs->items[i];
        Candidate candidate = *from;
        if (repair->use != (uint32_t)use ||
            !change_end(&candidate, text_of(repairs, repair->form), text_of(repairs, repair->becomes)))
            continue;
        uint32_t id = known(repairs, &candidate, bare);
        if (id)
            return id;
    }
    return 0;
}

/* Endings alone, then each change of the stem alone and with each ending. */
static uint32_t try_verb(const Repairs *repairs, const Candidate *from, bool bare)
{
    uint32_t id = try_endings(repairs, from, REPAIR_ENDING, bare);
    for (size_t i = 0; i < repairs->count && id == 0; i++) {
        const Repair *repair = &repairs->items[i];
        Candidate candidate = *from;
        if (repair->use != REPAIR_STEM ||
            !change_stem(&candidate, text_of(repairs, repair->form), text_of(repairs, repair->becomes)))
            continue;
        id = known(repairs, &candidate, bare);
        id = id ? id : try_endings(repairs, &candidate, REPAIR_ENDING, bare);
    }
    return id;
}

static bool is_participle(const Word *word)
{
    for (Str rest = word->features; rest.at && rest.size;)
        if (str_equal(str_cut(&rest, '|'), STR("VerbForm=Part")))
            return true;
    return false;
}

uint32_t repaired_lemma(const Repairs *repairs, const Word *word, Str folded, bool bare)
{
    Candidate candidate;
    if (repairs->count == 0 || !candidate_of(folded, &candidate))
        return 0;
    if (word->upos == UPOS_VERB)
        return try_verb(repairs, &candidate, bare);
    if (word->upos == UPOS_NOUN)
        return try_endings(repairs, &candidate, REPAIR_NOUN, bare);
    return word->upos == UPOS_ADJ && is_participle(word) ? try_endings(repairs, &candidate, REPAIR_PARTICIPLE, bare)
                                                         : 0;
}
