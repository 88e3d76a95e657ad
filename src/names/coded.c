/* Names that the lexicon does not have become entities, coded by office and head. */
#include "names/making.h"

/* The country that the words of an office tell: an adjective or a name in them. */
Str country_in(const Search *search, Span role)
{
    const Document *document = search->document;
    size_t first = search->token_atom[document_token_at(document, role.start)];
    for (size_t i = first; i < search->atoms.count && search->atoms.items[i].end <= role.end; i++) {
        const AtomNote *note = &search->notes[i];
        uint32_t entry = RELATO_NONE;
        if (note->adjective)
            entry = note->adjective - 1;
        else if (note->match) /* also where it has become part of "Government of Mali" */
            entry = search->matches.items[note->match - 1].entry;
        Str country = entry == RELATO_NONE ? STR("") : search_string(search, search->names->entries[entry].country);
        if (country.size)
            return country;
    }
    return STR("");
}

/* True if who holds such an office belongs to a state. */
static bool of_state(Str sector)
{
    static const char *const sectors[] = { "GOV", "MIL", "COP", "JUD", "LEG", "PTY", "OPP", "SPY" };
    for (size_t i = 0; i < sizeof sectors / sizeof *sectors; i++)
        if (str_equal(sector, str_of(sectors[i])))
            return true;
    return false;
}

Str country_of_sector(const Search *search, Str sector, Span span)
{
    Str near = search_country_near(search, span);
    if (near.size)
        return near;
    return of_state(sector) ? search_country(search) : search_dominant(search);
}

/* True if who is called so has this sector whatever body the words behind name. */
static bool is_firm(Str sector)
{
    return str_equal(sector, STR("ELI")) || str_equal(sector, STR("OPP")) || str_equal(sector, STR("REB"));
}

Str sector_in(const Search *search, const NameHead *head, Span role)
{
    const Document *document = search->document;
    if (is_firm(search_string(search, head->sector)))
        return search_string(search, head->sector);
    size_t first = search->token_atom[document_token_at(document, role.start)];
    for (size_t i = first + search->notes[first].head_count;
         i < search->atoms.count && search->atoms.items[i].end <= role.end; i++) {
        const AtomNote *note = &search->notes[i];
        const NameHead *other = search_head(search, i, HEAD_MENTION | HEAD_BEFORE | HEAD_NAME);
        const Match *match = note->match ? &search->matches.items[note->match - 1] : NULL;
        Str sector = STR("");
        if (match && !match->dropped && match->entry != RELATO_NONE)
            sector = search_string(search, search->names->entries[match->entry].sector);
        else if (other && other->type != RELATO_PERSON)
            sector = search_string(search, other->sector);
        else if (!match && !note->adjective && !note->head && case_of(search_atom(search, i)).first_upper)
            break;
        if (sector.size)
            return sector;
    }
    return search_string(search, head->sector);
}

/* The country of the adjective at a token, or at one of the next ones up to `limit`;
 * small words may stand before it. Empty if there is none. */
static Str country_of_adjective(const Search *search, size_t token, size_t limit)
{
    for (; token < limit; token++) {
        const AtomNote *note = &search->notes[search->token_atom[token]];
        if (note->adjective)
            return search_string(search, search->names->entries[note->adjective - 1].country);
        if (!search_head(search, search->token_atom[token], HEAD_ARTICLE | HEAD_LINK))
            break;
    }
    return STR("");
}

/* The country that words beside a name tell: "a francesa X", "the Libyan, X", "X, a
 * Comorian", "Ministério da Defesa russo"; empty if none do. */
static Str country_beside(const Search *search, const Unknown *unknown)
{
    const Document *document = search->document;
    size_t first = unknown->first, end = first + unknown->count;
    bool comma = first > 1 && str_equal(token_str(document, &document->tokens[first - 1]), STR(","));
    Str country = STR("");
    if (first > 0)
        country = country_of_adjective(search, first - 1 - comma, first - comma);
    if (country.size || end + 1 >= document->token_count)
        return country;
    comma = str_equal(token_str(document, &document->tokens[end]), STR(","));
    if (comma && unknown->type == RELATO_PERSON)
        return country_of_adjective(search, end + 1, end + 3 < document->token_count ? end + 3 : end + 1);
    return !comma && unknown->type == RELATO_ORGANISATION ? country_of_adjective(search, end, end + 1) : STR("");
}

static void code_unknown(const Search *search, Entity *entity, const Unknown *unknown, Span span)
{
    const NameHead *head = unknown->head;
    if (unknown->place && entity->type == RELATO_PLACE) {
        entity->country = str_of(unknown->place->country);
        set_point(entity, unknown->place->point);
        return;
    }
    if (str_equal(span_str(search->document, span), search->document->meta.outlet)) {
        /* The report names its own outlet. */
        entity->type = RELATO_ORGANISATION;
        entity->sector = STR("JRN");
        entity->country = search->home;
        return;
    }
    if (head && entity->sector.size == 0 && entity->type != RELATO_PLACE)
        entity->sector = entity->type == RELATO_PERSON && unknown->role.end ? sector_in(search, head, unknown->role)
                                                                            : search_string(search, head->sector);
    if (entity->country.size == 0 && head)
        entity->country = country_in(search, entity->type == RELATO_PERSON ? unknown->role : span);
    if (entity->country.size == 0 && entity->type != RELATO_PLACE)
        entity->country = country_beside(search, unknown);
    if (entity->country.size == 0)
        entity->country = country_of_sector(search, entity->sector, span);
}

/* The entity of a name: one that has it already, a person with this surname, an
 * organisation that is called by this word for short, or a new one. */
static uint32_t entity_of_name(Making *making, const Unknown *unknown, Span span)
{
    Str name = folded(making, span_str(making->search->document, span));
    uint32_t *known = table_put(&making->by_name, name, NULL);
    if (*known == 0 && unknown->type == RELATO_PERSON && unknown->count == 1) {
        const uint32_t *person = table_find(&making->by_last, name);
        *known = person ? *person : 0;
    }
    if (*known == 0 && unknown->type == RELATO_ORGANISATION && unknown->count == 1) {
        const uint32_t *longer = table_find(&making->by_head, span_str(making->search->document, span));
        *known = longer ? *longer : 0;
    }
    if (*known == 0) {
        new_entity(making, unknown->type);
        *known = (uint32_t)making->entities.count;
    }
    return *known - 1;
}

/* The acronym that the report itself gives an organisation: "(URD)" behind its
 * name; empty if there is none. */
static Str acronym_behind(const Document *document, const Unknown *unknown)
{
    size_t open = unknown->first + unknown->count;
    if (unknown->type != RELATO_ORGANISATION || open + 2 >= document->token_count)
        return STR("");
    const Token *acronym = &document->tokens[open + 1];
    bool bracketed =
        str_equal(token_str(document, acronym - 1), STR("(")) && str_equal(token_str(document, acronym + 1), STR(")"));
    return bracketed && (acronym->shape & SHAPE_ALL_CAPITALS) ? token_str(document, acronym) : STR("");
}

/* An acronym that the report explains means what it says there, not what the
 * lexicon has under it. */
void drop_explained(Search *search)
{
    Table explained;
    table_init(&explained, search->document->arena);
    for (size_t i = 0; i < search->unknown.count; i++) {
        Str acronym = acronym_behind(search->document, &search->unknown.items[i]);
        if (acronym.size)
            table_put(&explained, acronym, NULL);
    }
    for (size_t m = 0; explained.count && m < search->matches.count; m++) {
        Match *match = &search->matches.items[m];
        if (match->count == 1 && table_find(&explained, search_atom(search, match->first)))
            match->dropped = true;
    }
}

/* Persons whose full name the report gives, and no office, act for themselves. */
static void code_civilians(Making *making)
{
    for (size_t i = 0; i < making->mentions.count; i++) {
        const Mention *mention = &making->mentions.items[i];
        Entity *entity = &making->entities.items[mention->entity];
        Str name = span_str(making->search->document, mention->span);
        if (entity->type == RELATO_PERSON && entity->sector.size == 0 &&
            making->facts.items[mention->entity].role.end == 0 && str_find_byte(name, ' ', 0) < name.size)
            entity->sector = STR("CVL");
    }
}

/* True if words of somebody's office look like a name and nothing tells that they are one:
 * "Direitos Humanos" in "comissária para os Direitos Humanos". */
static bool is_part_of_role(const Making *making, const Unknown *unknown)
{
    return making->in_role[unknown->first] && unknown->type != RELATO_PLACE && !unknown->head &&
           (unknown->reason == REASON_WEIGHTS || unknown->reason == REASON_CAPITALS);
}

void add_unknown(Making *making)
{
    Search *search = making->search;
    for (size_t i = 0; i < search->unknown.count; i++)
        mark_role(making, search->unknown.items[i].role);
    for (size_t i = 0; i < search->unknown.count; i++) {
        const Unknown *unknown = &search->unknown.items[i];
        Span span = unknown->span;
        if (is_part_of_role(making, unknown))
            continue;
        uint32_t entity = entity_of_name(making, unknown, span);
        code_unknown(search, &making->entities.items[entity], unknown, span);
        if (making->entities.items[entity].type == RELATO_PERSON)
            remember_office(making, entity, unknown->role, unknown->head);
        add_mention(making, entity, span);
        remember_person(making, entity, span);
        remember_organisation(making, entity, span);
        Str acronym = acronym_behind(search->document, unknown);
        if (acronym.size)
            *table_put(&making->by_acronym, acronym, NULL) = entity + 1;
    }
    code_civilians(making);
}
