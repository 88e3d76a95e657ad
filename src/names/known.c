/* Names of the lexicon become entities. */
#include <stdlib.h>

#include "core/utf8.h"
#include "names/making.h"

/* ---- entities of the lexicon ---------------------------------------------------- */

static bool national(uint8_t kind)
{
    return kind == KIND_GOVERNMENT || kind == KIND_MILITARY || kind == KIND_COURT || kind == KIND_PARLIAMENT ||
           kind == KIND_POLICE || kind == KIND_PARTY;
}

void set_point(Entity *entity, PlacePoint point)
{
    entity->located = point.known;
    entity->latitude = gazetteer_degrees(point.latitude);
    entity->longitude = gazetteer_degrees(point.longitude);
    entity->geonames = point.geonames;
}

static void code_entity(const Search *search, Entity *entity, const NameEntry *entry)
{
    if (entity->type == RELATO_PLACE)
        set_point(entity, entry->point);
    entity->country = search_string(search, entry->country);
    entity->sector = search_string(search, entry->sector);
    if (entity->type == RELATO_PERSON) {
        const NameTerm *term = search_term(search, entry);
        bool former = search->day > search->names->terms[entry->first_term].until;
        entity->country = term ? search_string(search, term->country) : entity->country;
        entity->sector = term ? search_string(search, term->sector) : former ? STR("ELI") : STR("");
    }
}

uint32_t entry_of_country(const Search *search, Str code)
{
    for (uint32_t i = 0; i < search->names->entry_count; i++)
        if (search->names->entries[i].kind == KIND_COUNTRY &&
            str_equal(search_string(search, search->names->entries[i].id), code))
            return i;
    return RELATO_NONE;
}

/* True if the entry is a name for the government of its country: a seat, "Brazilian government". */
static bool is_government(const Search *search, const NameEntry *entry)
{
    bool seat = entry->kind == KIND_SEAT && str_equal(search_string(search, entry->sector), STR("GOV"));
    return seat || (entry->kind == KIND_GOVERNMENT && entry->is == entry->country);
}

/* The entry that stands for a government: its country; of all else the entry itself. */
static uint32_t government_behind(const Search *search, uint32_t index)
{
    const NameEntry *entry = &search->names->entries[index];
    if (!is_government(search, entry))
        return index;
    uint32_t country = entry_of_country(search, search_string(search, entry->country));
    return country == RELATO_NONE ? index : country;
}

Entity *new_entity(Making *making, RelatoEntityType type)
{
    Entity *entity = ARENA_PUSH(making->arena, &making->entities);
    ARENA_PUSH(making->arena, &making->facts);
    entity->type = type;
    entity->named = true;
    entity->country = entity->sector = entity->role = entity->known = STR("");
    return entity;
}

uint32_t entity_of_entry(Making *making, uint32_t index)
{
    const Search *search = making->search;
    index = government_behind(search, index);
    if (making->entity_of[index] == 0) {
        const NameEntry *entry = &search->names->entries[index];
        Entity *entity =
            new_entity(making, entry->kind == KIND_SEAT ? RELATO_ORGANISATION : (RelatoEntityType)entry->type);
        code_entity(search, entity, entry);
        making->facts.items[making->facts.count - 1].name = search_string(search, entry->name);
        const NameTerm *term = entry->type == RELATO_PERSON ? search_term(search, entry) : NULL;
        making->facts.items[making->facts.count - 1].offices = term ? term->offices : 0;
        entity->known = search_string(search, entry->is);
        making->entity_of[index] = (uint32_t)making->entities.count;
    }
    return making->entity_of[index] - 1;
}

/* ---- mentions --------------------------------------------------------------------- */

void add_mention(Making *making, uint32_t entity, Span span)
{
    *ARENA_PUSH(making->arena, &making->mentions) = (Mention){ entity, span, false };
}

Str folded(const Making *making, Str words)
{
    return utf8_fold(making->arena, words);
}

/* The last word of a span. */
static Str last_word(const Making *making, Span span)
{
    Str words = span_str(making->search->document, span);
    size_t at = words.size;
    while (at > 0 && words.at[at - 1] != ' ')
        at--;
    return str_slice(words, at, words.size);
}

/* An organisation is later called by the word that says what it is: "o Conselho"
 * for the "Conselho de Segurança", "the Department" for the "State Department". */
void remember_organisation(Making *making, uint32_t entity, Span span)
{
    const Search *search = making->search;
    const Document *document = search->document;
    size_t first = document_token_at(document, span.start), last = document_token_at(document, span.end - 1);
    if (making->entities.items[entity].type != RELATO_ORGANISATION || first >= last)
        return;
    if (search_head(search, search->token_atom[first], HEAD_NAME))
        *table_put(&making->by_head, token_str(document, &document->tokens[first]), NULL) = entity + 1;
    else if (search_head(search, search->token_atom[last], HEAD_LAST))
        *table_put(&making->by_head, token_str(document, &document->tokens[last]), NULL) = entity + 1;
}

void remember_person(Making *making, uint32_t entity, Span span)
{
    Str last = last_word(making, span);
    if (making->entities.items[entity].type == RELATO_PERSON && last.size < span.end - span.start)
        *table_put(&making->by_last, folded(making, last), NULL) = entity + 1;
}

Str office_key(const Making *making, Str country, Str office)
{
    return str_format(making->arena, "%.*s|%.*s", STR_ARGUMENTS(country), STR_ARGUMENTS(office));
}

void mark_role(Making *making, Span role)
{
    const Document *document = making->search->document;
    size_t first = role.end ? document_token_at(document, role.start) : document->token_count;
    for (size_t t = first; t < document->token_count && document->tokens[t].start < role.end; t++)
        making->in_role[t] = true;
}

void remember_office(Making *making, uint32_t entity, Span role, const NameHead *head)
{
    const Document *document = making->search->document;
    Fact *fact = &making->facts.items[entity];
    mark_role(making, role);
    fact->offices |= head ? head->offices & ~(unsigned)OFFICE_ANY : 0;
    if (role.end && fact->role.end == 0) {
        fact->role = role;
        making->entities.items[entity].role = span_str(document, role);
    }
}

/* Codes a person of the lexicon by what stands beside the name: the office as
 * written; one held formerly, which the lexicon may not know without a date. */
static void describe_person(Making *making, uint32_t entity, const Match *match)
{
    const Search *search = making->search;
    const Document *document = search->document;
    size_t first = search->atoms.items[match->first].token,
           end = search->atoms.items[match->first + match->count - 1].token + 1;
    const Sentence *sentence = &document->sentences[document_sentence_of(document, first)];
    Unknown unknown = unknown_describe(search, first, end, sentence->first_token,
                                       sentence->first_token + sentence->token_count, RELATO_PERSON);
    remember_office(making, entity, unknown.role, unknown.head);
    if (unknown.role.end && unknown.head && search->day == INT32_MAX &&
        str_equal(search_string(search, unknown.head->sector), STR("ELI")))
        making->entities.items[entity].sector = STR("ELI");
}

/* The span of a match, from its first capital on: "província de Maputo" names Maputo. */
static Span match_span(const Search *search, const Match *match)
{
    const Atom *atoms = &search->atoms.items[match->first];
    uint32_t first = 0;
    while (first < match->count && !case_of(search_atom(search, match->first + first)).first_upper)
        first++;
    return (Span){ atoms[first < match->count ? first : 0].start, atoms[match->count - 1].end };
}

/* Countries and places named inside the name of an organisation are mentions of
 * their own. */
static void add_places_inside(Making *making, const Match *outer)
{
    const Search *search = making->search;
    size_t limit = outer->first + outer->count;
    for (size_t i = outer->first + 1; i < limit;) {
        uint32_t count, entry = match_place(search, i, limit, &count);
        if (entry != RELATO_NONE)
            add_mention(making, entity_of_entry(making, entry),
                        (Span){ search->atoms.items[i].start, search->atoms.items[i + count - 1].end });
        i += count ? count : 1;
    }
}

/* The country that the words right behind or before a body's name tell: "Fiscalía de
 * Perú", "Russian Defence Ministry"; empty if they tell none. */
static Str country_told(const Search *search, const Match *match)
{
    const Atoms *atoms = &search->atoms;
    size_t end = match->first + match->count, behind = end;
    if (match->first > 0 && search->notes[match->first - 1].adjective)
        return search_string(search, search->names->entries[search->notes[match->first - 1].adjective - 1].country);
    if (end < atoms->count && search->notes[end].adjective)
        return search_string(search, search->names->entries[search->notes[end].adjective - 1].country);
    while (behind < atoms->count && behind < end + 2 && search_head(search, behind, HEAD_LINK | HEAD_ARTICLE))
        behind++;
    uint32_t next = behind > end && behind < atoms->count ? search->notes[behind].match : 0;
    uint32_t entry = next ? search->matches.items[next - 1].entry : RELATO_NONE;
    return entry != RELATO_NONE && search->names->entries[entry].type == RELATO_PLACE
               ? search_string(search, search->names->entries[entry].country)
               : STR("");
}

/* The entity of a body that many states have ("Ministry of Defence"): that of the
 * country which is told, else the one spoken of before, else that of the country meant. */
static uint32_t entity_of_body(Making *making, const Match *match)
{
    const Search *search = making->search;
    uint32_t *latest = &making->entity_of[match->entry];
    Str country = country_told(search, match);
    if (country.size == 0 && *latest)
        return *latest - 1;
    if (country.size == 0)
        country = country_of_sector(search, STR("GOV"), match_span(search, match));
    Str key = str_format(making->arena, "=%u|%.*s", (unsigned)match->entry, STR_ARGUMENTS(country));
    uint32_t *known = table_put(&making->by_phrase, key, NULL);
    if (*known == 0) {
        *latest = 0;
        *known = entity_of_entry(making, match->entry) + 1;
        making->entities.items[*known - 1].country = country;
    }
    *latest = *known;
    return *known - 1;
}

void add_known(Making *making)
{
    const Search *search = making->search;
    for (size_t i = 0; i < search->matches.count; i++) {
        const Match *match = &search->matches.items[i];
        if (match->dropped || match->entry == RELATO_NONE)
            continue;
        const NameEntry *entry = &search->names->entries[match->entry];
        bool body = national(entry->kind) && search_string(search, entry->country).size == 0;
        uint32_t entity = body ? entity_of_body(making, match) : entity_of_entry(making, match->entry);
        Span span = match_span(search, match);
        add_mention(making, entity, span);
        making->mentions.items[making->mentions.count - 1].common = is_government(search, entry);
        if (making->entities.items[entity].type == RELATO_PERSON)
            describe_person(making, entity, match);
        remember_person(making, entity, span);
        remember_organisation(making, entity, span);
        if (entry->type == RELATO_ORGANISATION && match->count > 1 && !is_government(search, entry))
            add_places_inside(making, match);
    }
}

static int by_place(const void *a, const void *b)
{
    const Mention *x = a, *y = b;
    if (x->span.start != y->span.start)
        return x->span.start < y->span.start ? -1 : 1;
    return (x->span.end < y->span.end) - (x->span.end > y->span.end);
}

void sort_mentions(Making *making)
{
    if (making->mentions.count)
        qsort(making->mentions.items, making->mentions.count, sizeof *making->mentions.items, by_place);
}
