/* Which rows of the lexicon and which rules found a name. */
#include "names/search.h"

/* Writes the file and line of a row: "  lexicon/world/places.tsv:12". */
static void put_row(const Search *search, uint32_t file, uint32_t line, Buffer *out)
{
    buffer_format(out, "%.*s:%u", STR_ARGUMENTS(search_string(search, file)), (unsigned)line);
}

static void put_code(Str code, Buffer *out)
{
    if (code.size)
        buffer_format(out, " %.*s", STR_ARGUMENTS(code));
}

static void put_head(const Search *search, const NameHead *head, Buffer *out)
{
    if (head->line == 0)
        return;
    buffer_add(out, STR(" ("));
    put_row(search, head->file, head->line, out);
    put_code(search_string(search, head->sector), out);
    buffer_byte(out, ')');
}

static Span match_words(const Search *search, const Match *match)
{
    return (Span){ search->atoms.items[match->first].start, search->atoms.items[match->first + match->count - 1].end };
}

/* Writes the first line of a name: its words and its type. */
static void put_name(const Search *search, Span span, const char *what, RelatoEntityType type, Buffer *out)
{
    buffer_format(out, "\"%.*s\": %s%s", STR_ARGUMENTS(span_str(search->document, span)), what,
                  relato_entity_type_name(type));
}

static void explain_entry(const Search *search, const Match *match, Buffer *out)
{
    const NameEntry *entry = &search->names->entries[match->entry];
    const NameTerm *first = &search->names->terms[entry->first_term], *term = search_term(search, entry);
    put_name(search, match_words(search, match), "", (RelatoEntityType)entry->type, out);
    buffer_format(out, " %.*s of the lexicon, ", STR_ARGUMENTS(search_string(search, entry->id)));
    put_row(search, first->file, first->line, out);
    put_code(search_string(search, entry->country), out);
    put_code(search_string(search, entry->sector), out);
    buffer_byte(out, '\n');
    if (entry->type != RELATO_PERSON)
        return;
    if (!term) {
        buffer_add(out, STR("  holds no office at the date of the report\n"));
        return;
    }
    buffer_add(out, STR("  by the term of "));
    put_row(search, term->file, term->line, out);
    put_code(search_string(search, term->country), out);
    put_code(search_string(search, term->sector), out);
    buffer_byte(out, '\n');
}

/* Tells of the entries that share the name but are not meant. */
static void explain_others(const Search *search, const Match *match, Buffer *out)
{
    uint32_t entry;
    for (uint32_t n = 0; (entry = match_candidate(search, match, n)) != RELATO_NONE; n++) {
        if (entry == match->entry)
            continue;
        const NameEntry *other = &search->names->entries[entry];
        buffer_format(out, "  not %.*s, ", STR_ARGUMENTS(search_string(search, other->id)));
        put_row(search, search->names->terms[other->first_term].file, search->names->terms[other->first_term].line,
                out);
        put_code(search_string(search, other->country), out);
        buffer_byte(out, '\n');
    }
}

static void explain_unknown(const Search *search, const Unknown *unknown, Buffer *out)
{
    static const char *const reasons[] = {
        [REASON_CAPITALS] = "by its capitals alone",
        [REASON_FIRST] = "by the word that it begins with",
        [REASON_LAST] = "by the word that it ends with",
        [REASON_PLACE] = "by the noun for a place before it",
        [REASON_OFFICE] = "by the office beside it",
        [REASON_GIVEN] = "by the given name that it begins with",
        [REASON_NOUN] = "by the noun before it",
        [REASON_AGE] = "by the age behind it",
        [REASON_ACRONYM] = "as an acronym",
        [REASON_LOCATIVE] = "by the preposition before it",
        [REASON_WEIGHTS] = "by the trained tagger",
    };
    put_name(search, unknown->span, "", unknown->type, out);
    buffer_format(out, " %s", reasons[unknown->reason]);
    if (unknown->role.end)
        buffer_format(out, ", \"%.*s\"", STR_ARGUMENTS(span_str(search->document, unknown->role)));
    if (unknown->head)
        put_head(search, unknown->head, out);
    buffer_byte(out, '\n');
    if (unknown->place)
        buffer_format(out, "  is the place %u of GeoNames, %s, %u people\n", (unsigned)unknown->place->point.geonames,
                      unknown->place->country, (unsigned)unknown->place->population);
}

static void explain_unnamed(const Search *search, const Unnamed *unnamed, Buffer *out)
{
    Span span = token_span(search->document, unnamed->first, unnamed->first + unnamed->count - 1);
    put_name(search, span, "without a name, ", (RelatoEntityType)unnamed->head->type, out);
    buffer_format(out, " by \"%.*s\"",
                  STR_ARGUMENTS(token_str(search->document, &search->document->tokens[unnamed->noun])));
    put_head(search, unnamed->head, out);
    buffer_byte(out, '\n');
}

void search_explain(const Search *search, Buffer *out)
{
    for (size_t i = 0; i < search->matches.count; i++) {
        const Match *match = &search->matches.items[i];
        if (match->dropped || match->entry == RELATO_NONE)
            continue;
        explain_entry(search, match, out);
        explain_others(search, match, out);
    }
    for (size_t i = 0; i < search->unknown.count; i++)
        explain_unknown(search, &search->unknown.items[i], out);
    for (size_t i = 0; i < search->unnamed.count; i++)
        explain_unnamed(search, &search->unnamed.items[i], out);
}
