/* Later mentions of what has a name, and participants without one. */
#include "names/making.h"

/* ---- short forms ------------------------------------------------------------------------ */

/* Later mentions of a person by surname alone and of an organisation by the
 * acronym that the report gives it, where nothing else was found. */
void add_short_forms(Making *making)
{
    const Document *document = making->search->document;
    size_t next = 0, mention_count = making->mentions.count;
    if (making->by_last.count + making->by_acronym.count + making->by_head.count == 0)
        return;
    sort_mentions(making);
    for (size_t t = 0; t < document->token_count; t++) {
        const Token *token = &document->tokens[t];
        while (next < mention_count && making->mentions.items[next].span.end <= token->start)
            next++;
        if (!(token->shape & SHAPE_CAPITAL) ||
            (next < mention_count && making->mentions.items[next].span.start < token->end))
            continue;
        Str form = token_str(document, token);
        const uint32_t *known = table_find(&making->by_acronym, form);
        known = known ? known : table_find(&making->by_head, form);
        known = known ? known : table_find(&making->by_last, folded(making, form));
        if (known)
            add_mention(making, *known - 1, (Span){ token->start, token->end });
    }
}

/* ---- participants without a name ------------------------------------------------ */

/* Those with the same noun and country are taken for the same. */
static uint32_t entity_of_phrase(Making *making, const Unnamed *unnamed, Span span)
{
    const Search *search = making->search;
    Str country = country_in(search, span);
    if (country.size == 0)
        country =
            of_state(search_string(search, unnamed->head->sector)) ? search_country(search) : search_dominant(search);
    Str noun = folded(making, token_str(search->document, &search->document->tokens[unnamed->noun]));
    Str key = str_format(making->arena, "%.*s|%.*s", STR_ARGUMENTS(noun), STR_ARGUMENTS(country));
    uint32_t *known = table_put(&making->by_phrase, key, NULL);
    if (*known == 0) {
        Entity *entity = new_entity(making, (RelatoEntityType)unnamed->head->type);
        entity->named = false;
        entity->country = country;
        entity->sector = search_string(search, unnamed->head->sector);
        *known = (uint32_t)making->entities.count;
    }
    return *known - 1;
}

/* The named entity that a definite phrase means: the last one spoken of that is of
 * its type and sector; RELATO_NONE if there is none. `known` mentions are in order. */
static uint32_t antecedent(const Making *making, const Unnamed *unnamed, Span span, size_t known)
{
    Str sector = search_string(making->search, unnamed->head->sector);
    uint32_t found = RELATO_NONE;
    for (size_t i = 0;
         unnamed->definite && sector.size && i < known && making->mentions.items[i].span.start < span.start; i++) {
        const Entity *entity = &making->entities.items[making->mentions.items[i].entity];
        if (entity->named && entity->type == (RelatoEntityType)unnamed->head->type && str_equal(entity->sector, sector))
            found = making->mentions.items[i].entity;
    }
    return found;
}

void add_unnamed(Making *making)
{
    const Search *search = making->search;
    sort_mentions(making);
    size_t known = making->mentions.count;
    for (size_t i = 0; i < search->unnamed.count; i++) {
        const Unnamed *unnamed = &search->unnamed.items[i];
        Span span = token_span(search->document, unnamed->first, unnamed->first + unnamed->count - 1);
        uint32_t entity = antecedent(making, unnamed, span, known);
        add_mention(making, entity == RELATO_NONE ? entity_of_phrase(making, unnamed, span) : entity, span);
    }
}
