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
        country = country_of_sector(search, search_string(search, unnamed->head->sector), span);
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

/* The named entities spoken of so far, the last of each type and sector. */
typedef struct Spoken {
    size_t next, count; /* mentions passed, of those that were there at first and are in order */
    Table last;         /* type and sector -> 1 + entity */
} Spoken;

static Str type_and_sector(Arena *arena, RelatoEntityType type, Str sector)
{
    return str_format(arena, "%d%.*s", (int)type, STR_ARGUMENTS(sector));
}

/* The named entity that a definite phrase means: the last one spoken of that is of
 * its type and sector; RELATO_NONE if there is none. Phrases come in order. */
static uint32_t antecedent(const Making *making, Spoken *spoken, const Unnamed *unnamed, Span span)
{
    Str sector = search_string(making->search, unnamed->head->sector);
    if (!unnamed->definite || sector.size == 0)
        return RELATO_NONE;
    for (; spoken->next < spoken->count && making->mentions.items[spoken->next].span.start < span.start;
         spoken->next++) {
        uint32_t index = making->mentions.items[spoken->next].entity;
        const Entity *entity = &making->entities.items[index];
        if (entity->named && entity->sector.size)
            *table_put(&spoken->last, type_and_sector(making->arena, entity->type, entity->sector), NULL) = index + 1;
    }
    const uint32_t *found =
        table_find(&spoken->last, type_and_sector(making->arena, (RelatoEntityType)unnamed->head->type, sector));
    return found ? *found - 1 : RELATO_NONE;
}

/* True if one of the first `count` mentions, which are in order, covers the span: "o governo
 * sírio" stands for Syria. `from`: mentions passed. Spans come in order. */
static bool is_mentioned(const Making *making, size_t count, size_t *from, Span span)
{
    while (*from < count && making->mentions.items[*from].span.end <= span.start)
        ++*from;
    for (size_t i = *from; i < count && making->mentions.items[i].span.start <= span.start; i++)
        if (making->mentions.items[i].span.end >= span.end)
            return true;
    return false;
}

void add_unnamed(Making *making)
{
    const Search *search = making->search;
    Spoken spoken = { .count = making->mentions.count };
    sort_mentions(making);
    table_init(&spoken.last, making->arena);
    size_t from = 0;
    for (size_t i = 0; i < search->unnamed.count; i++) {
        const Unnamed *unnamed = &search->unnamed.items[i];
        if (is_mentioned(making, spoken.count, &from, token_span(search->document, unnamed->noun, unnamed->noun)))
            continue;
        Span span = token_span(search->document, unnamed->first, unnamed->first + unnamed->count - 1);
        uint32_t entity = antecedent(making, &spoken, unnamed, span);
        add_mention(making, entity == RELATO_NONE ? entity_of_phrase(making, unnamed, span) : entity, span);
    }
}
