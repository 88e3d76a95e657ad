/* Later mentions of what has a name, and participants without one. */
#include "names/making.h"

enum { MOST_PASSED = 48 /* earlier mentions among which a definite phrase finds its person */ };

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

static Str noun_of(const Making *making, const Unnamed *unnamed)
{
    const Document *document = making->search->document;
    uint32_t end = search_name_end(making->search, unnamed->noun);
    return folded(making, str_slice(document->text, document->tokens[unnamed->noun].start, end));
}

/* The sector of the noun; where it is an office or membership of some body ("porta-voz
 * do sindicato", "membros da guerrilha"), that of the body. */
static Str sector_of_phrase(const Making *making, const Unnamed *unnamed, Span span)
{
    const Search *search = making->search;
    Str sector = search_string(search, unnamed->head->sector);
    bool office = (unnamed->head->uses & HEAD_TITLE) || sector.size == 0;
    Span behind = { search->document->tokens[unnamed->noun].start, span.end };
    return office && behind.start < behind.end ? sector_in(search, unnamed->head, behind) : sector;
}

/* Those with the same noun and country are taken for the same. */
static uint32_t entity_of_phrase(Making *making, const Unnamed *unnamed, Span span)
{
    const Search *search = making->search;
    Str country = country_in(search, span);
    if (country.size == 0)
        country = country_of_sector(search, search_string(search, unnamed->head->sector), span);
    Str noun = noun_of(making, unnamed);
    Str key = str_format(making->arena, "%.*s|%.*s", STR_ARGUMENTS(noun), STR_ARGUMENTS(country));
    uint32_t *known = table_put(&making->by_phrase, key, NULL);
    if (*known == 0) {
        Entity *entity = new_entity(making, (RelatoEntityType)unnamed->head->type);
        entity->named = false;
        entity->country = country;
        entity->sector = sector_of_phrase(making, unnamed, span);
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

/* Goes on to the mentions before `byte`. */
static void pass(const Making *making, Spoken *spoken, uint32_t byte)
{
    for (; spoken->next < spoken->count && making->mentions.items[spoken->next].span.start < byte; spoken->next++) {
        uint32_t index = making->mentions.items[spoken->next].entity;
        const Entity *entity = &making->entities.items[index];
        if (entity->named && entity->sector.size)
            *table_put(&spoken->last, type_and_sector(making->arena, entity->type, entity->sector), NULL) = index + 1;
    }
}

static void remember(Table *table, Str key, uint32_t entity)
{
    uint32_t *known = table_put(table, key, NULL);
    *known = *known ? *known : entity + 1;
}

/* True if the words of somebody's office have the noun. */
static bool has_noun(const Making *making, Span role, uint32_t noun)
{
    const Document *document = making->search->document;
    const Token *wanted = &document->tokens[noun];
    size_t first = role.end ? document_token_at(document, role.start) : 0;
    for (size_t t = first; role.end && t < document->token_count && document->tokens[t].start < role.end; t++)
        if (wanted->word && document->tokens[t].word == wanted->word)
            return true;
    return false;
}

/* How well an office that a phrase names fits a person: 0 not at all, 2 for certain. */
static int office_fits(const Making *making, const Unnamed *unnamed, uint32_t entity)
{
    const Fact *fact = &making->facts.items[entity];
    unsigned offices = unnamed->head->offices;
    if (has_noun(making, fact->role, unnamed->noun) || (offices & fact->offices))
        return 2;
    return (offices & OFFICE_ANY) || (fact->offices == 0 && fact->role.end == 0);
}

/* The person spoken of last whom the office of a definite phrase fits best: "the
 * president"; of several in one sentence the first, who is rather its subject.
 * RELATO_NONE if there is none. */
static uint32_t officer(const Making *making, const Spoken *spoken, const Unnamed *unnamed)
{
    const Document *document = making->search->document;
    uint32_t found = RELATO_NONE;
    Str sector = search_string(making->search, unnamed->head->sector);
    int best = 0;
    uint32_t begin = 0; /* of the sentence that the best is in */
    size_t passed = 0;
    for (size_t i = spoken->next; i-- > 0 && passed < MOST_PASSED; passed++) {
        uint32_t start = making->mentions.items[i].span.start;
        if (best == 2 && start < begin)
            break;
        uint32_t index = making->mentions.items[i].entity;
        const Entity *entity = &making->entities.items[index];
        if (!entity->named || entity->type != RELATO_PERSON)
            continue;
        int fits = has_noun(making, making->facts.items[index].role, unnamed->noun) ? 2
                   : str_equal(entity->sector, sector) ? office_fits(making, unnamed, index)
                                                       : 0;
        if (fits == 0 || fits < best || (fits == best && start < begin))
            continue;
        best = fits;
        found = index;
        begin = document->sentences[document_sentence_of(document, document_token_at(document, start))].start;
    }
    return found;
}

/* The person of a country who holds the office that a phrase with its adjective names,
 * anywhere in the report: "the Russian president". RELATO_NONE if there is none. */
static uint32_t officer_of(const Making *making, const Unnamed *unnamed, Str country)
{
    const uint32_t *found = table_find(&making->by_office, office_key(making, country, noun_of(making, unnamed)));
    for (unsigned bit = OFFICE_HEAD_OF_STATE; !found && bit < OFFICE_ANY; bit <<= 1) {
        char digit[2] = { (char)('0' + bit), '\0' };
        if (unnamed->head->offices & bit)
            found = table_find(&making->by_office, office_key(making, country, str_of(digit)));
    }
    return found ? *found - 1 : RELATO_NONE;
}

/* Remembers persons by country and office. */
static void index_offices(Making *making)
{
    const Document *document = making->search->document;
    for (uint32_t index = 0; index < making->entities.count; index++) {
        const Entity *entity = &making->entities.items[index];
        const Fact *fact = &making->facts.items[index];
        if (entity->type != RELATO_PERSON || !entity->named || entity->country.size == 0 ||
            str_equal(entity->sector, STR("ELI")))
            continue;
        for (unsigned bit = OFFICE_HEAD_OF_STATE; bit < OFFICE_ANY; bit <<= 1) {
            char digit[2] = { (char)('0' + bit), '\0' };
            if (fact->offices & bit)
                remember(&making->by_office,
                         office_key(making, entity->country, str_copy(making->arena, str_of(digit))), index);
        }
        size_t first = fact->role.end ? document_token_at(document, fact->role.start) : document->token_count;
        for (size_t t = first; t < document->token_count && document->tokens[t].start < fact->role.end; t++)
            remember(&making->by_office,
                     office_key(making, entity->country, folded(making, token_str(document, &document->tokens[t]))),
                     index);
    }
}

/* The named entity that a definite phrase means: the last one spoken of that is of
 * its type and sector, of persons one whose office it can be; RELATO_NONE if there
 * is none. Phrases come in order. */
static uint32_t antecedent(const Making *making, Spoken *spoken, const Unnamed *unnamed, Span span)
{
    Str sector = search_string(making->search, unnamed->head->sector);
    if (!unnamed->article || sector.size == 0)
        return RELATO_NONE;
    pass(making, spoken, span.start);
    if (unnamed->head->type == RELATO_PERSON && !unnamed->definite) {
        Str country = country_in(making->search, span);
        return country.size ? officer_of(making, unnamed, country) : RELATO_NONE;
    }
    if (!unnamed->definite)
        return RELATO_NONE;
    if (unnamed->head->type == RELATO_PERSON)
        return officer(making, spoken, unnamed);
    RelatoEntityType type = (RelatoEntityType)unnamed->head->type;
    bool armed = str_equal(sector, STR("REB")) || str_equal(sector, STR("PRM"));
    if (type == RELATO_GROUP && armed)
        type = RELATO_ORGANISATION; /* "the rebels" are those of the group named */
    const uint32_t *found = table_find(&spoken->last, type_and_sector(making->arena, type, sector));
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
    index_offices(making);
    table_init(&spoken.last, making->arena);
    size_t from = 0;
    for (size_t i = 0; i < search->unnamed.count; i++) {
        const Unnamed *unnamed = &search->unnamed.items[i];
        if (making->in_role[unnamed->noun] ||
            is_mentioned(making, spoken.count, &from, token_span(search->document, unnamed->noun, unnamed->noun)))
            continue;
        size_t last = unnamed->first + unnamed->count - 1;
        Span span = { search->document->tokens[unnamed->first].start, search_name_end(search, last) };
        uint32_t entity = antecedent(making, &spoken, unnamed, span);
        add_mention(making, entity == RELATO_NONE ? entity_of_phrase(making, unnamed, span) : entity, span);
        making->mentions.items[making->mentions.count - 1].common = true;
    }
}
