#include "claim/claim_lexicon.h"

#include <stdlib.h>

#include "claim/claim.h"

static const char *const uses[] = { "verb",   "noun",   "preposition", "decline",  "complementiser",
                                    "hearer", "charge", "relay",       "anonymity" };
static const char *const contents[] = { "clause", "infinitive", "gerund", "quote", "noun", "object" };

/* Position of a name among `count`; `count`, and a complaint, if it is not there. */
static size_t place_of(LexiconBuilder *builder, const TsvRow *row, Str name, const char *const *names, size_t count)
{
    size_t i = 0;
    while (i < count && !str_equal(name, str_of(names[i])))
        i++;
    if (i == count)
        complain(&builder->complaints, row->file, row->line, "\"%.*s\" is not known here", STR_ARGUMENTS(name));
    return i;
}

static int by_phrase(const void *a, const void *b)
{
    return phrase_compare(a, b);
}

static void compile_cues(LexiconBuilder *builder, PhraseTails *tails)
{
    static const char *const columns[] = { "cue", "use", "stance", "content" };
    TsvTable rows = builder_read(builder, "*/cues.tsv", columns, 4, RELATO_NONE);
    struct {
        Cue *items;
        size_t count, capacity;
    } cues = { 0 };
    const char *stances[RELATO_STANCE_COUNT];
    for (int i = 0; i < RELATO_STANCE_COUNT; i++)
        stances[i] = relato_stance_name((RelatoStance)i);
    for (size_t i = 0; i < rows.count; i++) {
        const TsvRow *row = &rows.items[i];
        size_t count, content_count;
        Str *forms = builder_values(builder, row, 0, &count), *takes = builder_values(builder, row, 3, &content_count);
        Cue cue = { .use = (uint8_t)place_of(builder, row, row->cells[1], uses, sizeof uses / sizeof *uses) };
        if (row->cells[2].size)
            cue.stance = (uint8_t)place_of(builder, row, row->cells[2], stances, RELATO_STANCE_COUNT);
        for (size_t k = 0; k < content_count; k++)
            cue.content |=
                (uint16_t)(1u << place_of(builder, row, takes[k], contents, sizeof contents / sizeof *contents));
        for (size_t k = 0; k < count; k++) {
            cue.phrase = phrase_build(builder, tails, forms[k]);
            *ARENA_PUSH(builder->arena, &cues) = cue;
        }
    }
    if (cues.count)
        qsort(cues.items, cues.count, sizeof *cues.items, by_phrase);
    builder_section(builder, "claim.cues", cues.items, cues.count * sizeof *cues.items);
}

static void compile_nouns(LexiconBuilder *builder, PhraseTails *tails)
{
    static const char *const columns[] = { "form", "kind" };
    TsvTable rows = builder_read(builder, "*/sources.tsv", columns, 2, RELATO_NONE);
    struct {
        SourceNoun *items;
        size_t count, capacity;
    } nouns = { 0 };
    const char *kinds[RELATO_SOURCE_KIND_COUNT];
    for (int i = 0; i < RELATO_SOURCE_KIND_COUNT; i++)
        kinds[i] = relato_source_kind_name((RelatoSourceKind)i);
    for (size_t i = 0; i < rows.count; i++) {
        const TsvRow *row = &rows.items[i];
        size_t count, kind = place_of(builder, row, row->cells[1], kinds, RELATO_SOURCE_KIND_COUNT);
        Str *forms = builder_values(builder, row, 0, &count);
        for (size_t k = 0; k < count; k++)
            *ARENA_PUSH(builder->arena, &nouns) =
                (SourceNoun){ phrase_build(builder, tails, forms[k]), (uint32_t)kind };
    }
    if (nouns.count)
        qsort(nouns.items, nouns.count, sizeof *nouns.items, by_phrase);
    builder_section(builder, "claim.nouns", nouns.items, nouns.count * sizeof *nouns.items);
}

void claim_compile(LexiconBuilder *builder)
{
    PhraseTails tails = { 0 };
    compile_cues(builder, &tails);
    compile_nouns(builder, &tails);
    builder_section(builder, "claim.tails", tails.items, tails.count * sizeof *tails.items);
}

ClaimLexicon claim_lexicon_open(const Lexicon *lexicon)
{
    ClaimLexicon claims;
    claims.cues = lexicon_section(lexicon, "claim.cues", sizeof *claims.cues, &claims.cue_count);
    claims.nouns = lexicon_section(lexicon, "claim.nouns", sizeof *claims.nouns, &claims.noun_count);
    claims.tails = lexicon_section(lexicon, "claim.tails", sizeof *claims.tails, &claims.tail_count);
    return claims;
}

size_t claim_lexicon_cue(const ClaimLexicon *lexicon, uint32_t word)
{
    return phrase_first(lexicon->cues, lexicon->cue_count, sizeof *lexicon->cues, word);
}

size_t claim_lexicon_noun(const ClaimLexicon *lexicon, uint32_t word)
{
    return phrase_first(lexicon->nouns, lexicon->noun_count, sizeof *lexicon->nouns, word);
}
