#include "names/names.h"

#include <unicode/uloc.h>

#include "core/date.h"
#include "core/utf8.h"
#include "names/making.h"
#include "names/tagger.h"

/* ---- the layer --------------------------------------------------------------------- */

/* The fuller of two names: with small letters rather than all in capitals, then the longer. */
static Str fuller(Str a, Str b)
{
    bool capitals_a = case_of(a).all_upper && a.size > 5, capitals_b = case_of(b).all_upper && b.size > 5;
    if (a.size == 0 || (capitals_a != capitals_b && b.size))
        return a.size == 0 || capitals_a ? b : a;
    return utf8_length(b) > utf8_length(a) ? b : a;
}

/* Puts entities in order of first mention, each with its mentions in order. */
static void write_layer(Making *making)
{
    Document *document = making->search->document;
    size_t mention_count = making->mentions.count;
    uint32_t *place = ARENA_ARRAY(document->arena, uint32_t, making->entities.count); /* 1 + position in the layer */
    Span *spans = ARENA_ARRAY(document->arena, Span, mention_count);
    document->entities = ARENA_ARRAY(document->arena, Entity, making->entities.count);
    for (size_t i = 0; i < mention_count; i++) {
        const Mention *mention = &making->mentions.items[i];
        if (place[mention->entity] == 0) {
            document->entities[document->entity_count] = making->entities.items[mention->entity];
            place[mention->entity] = (uint32_t)++document->entity_count;
        }
        Entity *entity = &document->entities[place[mention->entity] - 1];
        entity->mention_count++;
        if (mention->common ? entity->name.size == 0 && !entity->named : entity->named)
            entity->name = entity->named ? fuller(entity->name, span_str(document, mention->span))
                                         : span_str(document, mention->span);
    }
    for (size_t i = 0; i < making->entities.count; i++)
        if (place[i] && document->entities[place[i] - 1].name.size == 0)
            document->entities[place[i] - 1].name = making->facts.items[i].name;
    for (size_t i = 0; i < document->entity_count; i++) {
        document->entities[i].mentions = spans;
        spans += document->entities[i].mention_count;
        document->entities[i].mention_count = 0;
    }
    for (size_t i = 0; i < mention_count; i++) {
        Entity *entity = &document->entities[place[making->mentions.items[i].entity] - 1];
        ((Span *)(uintptr_t)entity->mentions)[entity->mention_count++] = making->mentions.items[i].span;
    }
}

/* The country of the outlet, by the top-level domain of the report's address. */
static Str home_country(const Document *document)
{
    Str url = document->meta.url;
    size_t scheme = 0;
    while (scheme + 2 < url.size && memcmp(url.at + scheme, "://", 3) != 0)
        scheme++;
    if (scheme + 2 >= url.size)
        return STR("");
    Str host = str_slice(url, scheme + 3, url.size);
    size_t end = 0;
    while (end < host.size && host.at[end] != '/' && host.at[end] != ':' && host.at[end] != '?')
        end++;
    if (end < 3 || host.at[end - 3] != '.')
        return STR("");
    char locale[] = "und_XX", canonical[16];
    locale[4] = (char)(host.at[end - 2] & ~0x20);
    locale[5] = (char)(host.at[end - 1] & ~0x20);
    UErrorCode status = U_ZERO_ERROR;
    uloc_canonicalize(locale, canonical, sizeof canonical, &status);
    return U_SUCCESS(status) ? str_copy(document->arena, str_of(uloc_getISO3Country(canonical))) : STR("");
}

Search names_propose(Document *document, const Language *language)
{
    Search search = {
        .document = document, .names = &language->names, .gazetteer = language->gazetteer, .day = INT32_MAX
    };
    Date published;
    if (date_parse(document->meta.published, &published))
        search.day = (int32_t)date_to_days(published);
    search.home = home_country(document);
    search.atoms = atoms_of(document, &language->lexicon);
    match_names(&search);
    unknown_names(&search);
    return search;
}

/* What is found in the text, decided but not yet made into entities. */
static Search find_names(Document *document, const Language *language)
{
    Search search = names_propose(document, language);
    names_judge(&search, &language->tagger);
    drop_explained(&search);
    match_decide(&search);
    places_locate(&search);
    unnamed_participants(&search);
    return search;
}

void names_stage(Document *document, const Language *language)
{
    Search search = find_names(document, language);
    Making making = { .search = &search, .arena = document->arena };
    making.in_role = ARENA_ARRAY(document->arena, bool, document->token_count);
    making.entity_of = ARENA_ARRAY(document->arena, uint32_t, language->names.entry_count);
    table_init(&making.by_name, document->arena);
    table_init(&making.by_head, document->arena);
    table_init(&making.by_phrase, document->arena);
    table_init(&making.by_acronym, document->arena);
    table_init(&making.by_last, document->arena);
    table_init(&making.by_office, document->arena);
    add_governments(&making);
    add_known(&making);
    add_unknown(&making);
    add_short_forms(&making);
    add_unnamed(&making);
    sort_mentions(&making);
    write_layer(&making);
}

void names_explain(Document *document, const Language *language, Buffer *out)
{
    Search search = find_names(document, language);
    search_explain(&search, out);
}
