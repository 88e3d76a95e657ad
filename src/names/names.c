#include "names/names.h"

#include <stdlib.h>
#include <unicode/uloc.h>

#include "core/date.h"
#include "core/table.h"
#include "core/utf8.h"
#include "names/search.h"

typedef struct Mention {
    uint32_t entity;
    Span span;
} Mention;

/* Entities in the making. */
typedef struct Making {
    Search *search;
    Arena *arena;
    struct { Mention *items; size_t count, capacity; } mentions;
    struct { Entity *items; size_t count, capacity; } entities;
    uint32_t *entity_of;        /* (entry_count): 1 + entity */
    Table by_name;              /* folded name of an unknown entity -> 1 + entity */
    Table by_head;              /* head of an organisation's name, as written -> 1 + entity, the latest */
    Table by_phrase;            /* noun and country of an unnamed one -> 1 + entity */
    Table by_acronym;           /* as written -> 1 + entity */
    Table by_last;              /* folded last word of a person -> 1 + entity, the latest */
} Making;

/* ---- entities of the lexicon ---------------------------------------------------- */

static bool national(uint8_t kind)
{
    return kind == KIND_GOVERNMENT || kind == KIND_MILITARY || kind == KIND_COURT || kind == KIND_PARLIAMENT ||
           kind == KIND_POLICE || kind == KIND_PARTY;
}

static void set_point(Entity *entity, PlacePoint point)
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
    if (entity->country.size == 0 && national(entry->kind))
        entity->country = search_country(search);
}

/* The entry that stands for the government behind a seat: its country. */
static uint32_t government_behind(const Search *search, uint32_t index)
{
    const NameEntry *entry = &search->names->entries[index];
    if (entry->kind != KIND_SEAT || !str_equal(search_string(search, entry->sector), STR("GOV")))
        return index;
    for (uint32_t i = 0; i < search->names->entry_count; i++)
        if (search->names->entries[i].kind == KIND_COUNTRY && search->names->entries[i].id == entry->country)
            return i;
    return index;
}

static Entity *new_entity(Making *making, RelatoEntityType type)
{
    Entity *entity = ARENA_PUSH(making->arena, &making->entities);
    entity->type = type;
    entity->named = true;
    entity->country = entity->sector = entity->role = STR("");
    return entity;
}

static uint32_t entity_of_entry(Making *making, uint32_t index)
{
    const Search *search = making->search;
    index = government_behind(search, index);
    if (making->entity_of[index] == 0) {
        const NameEntry *entry = &search->names->entries[index];
        Entity *entity = new_entity(making, entry->kind == KIND_SEAT ? RELATO_ORGANISATION : (RelatoEntityType)entry->type);
        code_entity(search, entity, entry);
        making->entity_of[index] = (uint32_t)making->entities.count;
    }
    return making->entity_of[index] - 1;
}

/* ---- mentions --------------------------------------------------------------------- */

static void add_mention(Making *making, uint32_t entity, Span span)
{
    *ARENA_PUSH(making->arena, &making->mentions) = (Mention){ entity, span };
}

static Str folded(const Making *making, Str words)
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
static void remember_organisation(Making *making, uint32_t entity, Span span)
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

static void remember_person(Making *making, uint32_t entity, Span span)
{
    Str last = last_word(making, span);
    if (making->entities.items[entity].type == RELATO_PERSON && last.size < span.end - span.start)
        *table_put(&making->by_last, folded(making, last), NULL) = entity + 1;
}

/* The span of a match, from its first capital on: "província de Maputo" names Maputo. */
static Span match_span(const Search *search, const Match *match)
{
    const Atom *atoms = &search->atoms.items[match->first];
    uint32_t skipped = 0;
    while (skipped + 1 < match->count && !case_of(search_atom(search, match->first + skipped)).first_upper)
        skipped++;
    if (skipped + 1 == match->count && !case_of(search_atom(search, match->first + skipped)).first_upper)
        skipped = 0;
    return (Span){ atoms[skipped].start, atoms[match->count - 1].end };
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

static void add_known(Making *making)
{
    const Search *search = making->search;
    for (size_t i = 0; i < search->matches.count; i++) {
        const Match *match = &search->matches.items[i];
        if (match->dropped || match->entry == RELATO_NONE)
            continue;
        uint32_t entity = entity_of_entry(making, match->entry);
        Span span = match_span(search, match);
        add_mention(making, entity, span);
        remember_person(making, entity, span);
        remember_organisation(making, entity, span);
        if (search->names->entries[match->entry].type == RELATO_ORGANISATION && match->count > 1)
            add_places_inside(making, match);
    }
}

/* ---- governments ------------------------------------------------------------------ */

/* The entry of the country with a code; RELATO_NONE if there is none. */
static uint32_t entry_of_country(const Search *search, Str code)
{
    for (uint32_t i = 0; i < search->names->entry_count; i++)
        if (search->names->entries[i].kind == KIND_COUNTRY && str_equal(search_string(search, search->names->entries[i].id), code))
            return i;
    return RELATO_NONE;
}

/* The country of what is noted of an atom: of an adjective, a state, a person; empty if none. */
static Str country_at(const Search *search, size_t atom, size_t *end)
{
    const AtomNote *note = &search->notes[atom];
    uint32_t entry = RELATO_NONE;
    if (note->match && search->matches.items[note->match - 1].first == atom) {
        const Match *match = &search->matches.items[note->match - 1];
        entry = match->dropped ? RELATO_NONE : match->entry;
        *end = atom + match->count;
        bool state = entry != RELATO_NONE && (search->names->entries[entry].kind == KIND_COUNTRY ||
                                              search->names->entries[entry].type == RELATO_PERSON);
        entry = state ? entry : RELATO_NONE;
    } else if (note->adjective) {
        entry = note->adjective - 1;
        *end = atom + note->adjective_count;
    }
    return entry == RELATO_NONE ? STR("") : search_string(search, search->names->entries[entry].country);
}

/* The atoms before `atom` that tell a country: "Syrian government"; where they begin. */
static Str country_before(const Search *search, size_t atom, size_t *begin)
{
    for (size_t back = 1; back <= 3 && back <= atom; back++) {
        size_t end;
        Str country = country_at(search, atom - back, &end);
        if (country.size && end == atom) {
            *begin = atom - back;
            return country;
        }
    }
    return STR("");
}

/* True if the word at an atom is a phrase of its own: an article stands before it
 * and no noun that it belongs to behind it ("the government", not "government forces"). */
static bool stands_alone(const Search *search, size_t atom)
{
    const Document *document = search->document;
    const Token *token = &document->tokens[search->atoms.items[atom].token], *next = token + 1;
    if (atom == 0 || token->end - token->start != search->atoms.items[atom].end - search->atoms.items[atom].start ||
        !search_head(search, atom - 1, HEAD_ARTICLE))
        return false;
    uint8_t upos = next < document->tokens + document->token_count && next->word_count ? document->words[next->first_word].upos : UPOS_NONE;
    return upos != UPOS_NOUN && upos != UPOS_PROPN;
}

/* A word that stands for the government of a country, with what tells which:
 * "o governo sírio", "Governo do Mali", "the Trump administration", "Gobierno". */
static void add_government(Making *making, size_t atom, const NameHead *head)
{
    Search *search = making->search;
    size_t begin = atom, end = atom + 1, behind = end;
    Str country = STR("");
    if (end < search->atoms.count && search_head(search, end, HEAD_LINK | HEAD_ARTICLE | HEAD_ORGANISATION_LINK))
        behind = end + 1;
    if (behind < search->atoms.count)
        country = country_at(search, behind, &end);
    if (country.size == 0) {
        end = atom + 1;
        country = country_before(search, atom, &begin);
    }
    if (country.size == 0 && head->type == RELATO_ORGANISATION && end == behind && stands_alone(search, atom))
        country = search_country(search);
    uint32_t entry = country.size ? entry_of_country(search, country) : RELATO_NONE;
    if (entry == RELATO_NONE)
        return;
    for (size_t i = begin; i < end; i++) {
        const AtomNote *note = &search->notes[i];
        Match *match = note->match ? &search->matches.items[note->match - 1] : NULL;
        if (match && match->entry != RELATO_NONE && search->names->entries[match->entry].type != RELATO_PERSON)
            match->dropped = true;
    }
    add_mention(making, entity_of_entry(making, entry),
                (Span){ search->atoms.items[begin].start, search->atoms.items[end - 1].end });
}

static void add_governments(Making *making)
{
    const Search *search = making->search;
    for (size_t i = 0; i < search->atoms.count; i++) {
        const NameHead *head = search->notes[i].head ? search_head(search, i, HEAD_GOVERNMENT) : NULL;
        bool named = search->notes[i].match && !search->matches.items[search->notes[i].match - 1].dropped;
        if (head && search->notes[i].head_count == 1 && !named)
            add_government(making, i, head);
    }
}

/* ---- names that the lexicon does not have ------------------------------------------ */

/* The country that the words of an office tell: an adjective or a name in them. */
static Str country_in(const Search *search, Span role)
{
    const Document *document = search->document;
    size_t first = search->token_atom[document_token_at(document, role.start)];
    Str found = STR("");
    for (size_t i = first; i < search->atoms.count && search->atoms.items[i].end <= role.end; i++) {
        const AtomNote *note = &search->notes[i];
        uint32_t entry = RELATO_NONE;
        if (note->adjective)
            entry = note->adjective - 1;
        else if (note->match && !search->matches.items[note->match - 1].dropped)
            entry = search->matches.items[note->match - 1].entry;
        Str country = entry == RELATO_NONE ? STR("") : search_string(search, search->names->entries[entry].country);
        if (country.size && found.size == 0)
            found = country;
    }
    return found;
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

/* The sector of who holds an office: that of the body which the words behind the
 * office name ("porta-voz do sindicato"); that of the office itself if they name
 * a country or nothing that is known. */
static Str sector_in(const Search *search, const NameHead *head, Span role)
{
    const Document *document = search->document;
    size_t first = search->token_atom[document_token_at(document, role.start)];
    for (size_t i = first + search->notes[first].head_count; i < search->atoms.count && search->atoms.items[i].end <= role.end; i++) {
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

static void code_unknown(const Search *search, Entity *entity, const Unknown *unknown, Span span)
{
    const NameHead *head = unknown->head;
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
    if (unknown->role.end && entity->role.size == 0)
        entity->role = span_str(search->document, unknown->role);
    if (entity->country.size == 0 && head)
        entity->country = country_in(search, entity->type == RELATO_PERSON ? unknown->role : span);
    if (entity->country.size == 0)
        entity->country = of_state(entity->sector) ? search_country(search) : search_dominant(search);
}

/* The entity of a name: one that has it already, a person with this surname, or a new one. */
static uint32_t entity_of_name(Making *making, const Unknown *unknown, Span span)
{
    Str name = folded(making, span_str(making->search->document, span));
    uint32_t *known = table_put(&making->by_name, name, NULL);
    if (*known == 0 && unknown->type == RELATO_PERSON && unknown->count == 1) {
        const uint32_t *person = table_find(&making->by_last, name);
        *known = person ? *person : 0;
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
    bool bracketed = str_equal(token_str(document, acronym - 1), STR("(")) && str_equal(token_str(document, acronym + 1), STR(")"));
    return bracketed && (acronym->shape & SHAPE_ALL_CAPITALS) ? token_str(document, acronym) : STR("");
}

/* An acronym that the report explains means what it says there, not what the
 * lexicon has under it. */
static void drop_explained(Search *search)
{
    for (size_t i = 0; i < search->unknown.count; i++) {
        Str acronym = acronym_behind(search->document, &search->unknown.items[i]);
        for (size_t m = 0; acronym.size && m < search->matches.count; m++)
            if (search->matches.items[m].count == 1 && str_equal(search_atom(search, search->matches.items[m].first), acronym))
                search->matches.items[m].dropped = true;
    }
}

static void add_unknown(Making *making)
{
    Search *search = making->search;
    for (size_t i = 0; i < search->unknown.count; i++) {
        const Unknown *unknown = &search->unknown.items[i];
        Span span = unknown->span;
        uint32_t entity = entity_of_name(making, unknown, span);
        code_unknown(search, &making->entities.items[entity], unknown, span);
        add_mention(making, entity, span);
        remember_person(making, entity, span);
        remember_organisation(making, entity, span);
        Str acronym = acronym_behind(search->document, unknown);
        if (acronym.size)
            *table_put(&making->by_acronym, acronym, NULL) = entity + 1;
    }
}

static int by_place(const void *a, const void *b)
{
    const Mention *x = a, *y = b;
    if (x->span.start != y->span.start)
        return x->span.start < y->span.start ? -1 : 1;
    return (x->span.end < y->span.end) - (x->span.end > y->span.end);
}

static void sort_mentions(Making *making)
{
    if (making->mentions.count)
        qsort(making->mentions.items, making->mentions.count, sizeof *making->mentions.items, by_place);
}

/* ---- participants without a name ------------------------------------------------ */

/* Those with the same noun and country are taken for the same. */
static uint32_t entity_of_phrase(Making *making, const Unnamed *unnamed, Span span)
{
    const Search *search = making->search;
    Str country = country_in(search, span);
    if (country.size == 0)
        country = of_state(search_string(search, unnamed->head->sector)) ? search_country(search) : search_dominant(search);
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
    for (size_t i = 0; unnamed->definite && sector.size && i < known && making->mentions.items[i].span.start < span.start; i++) {
        const Entity *entity = &making->entities.items[making->mentions.items[i].entity];
        if (entity->named && entity->type == (RelatoEntityType)unnamed->head->type && str_equal(entity->sector, sector))
            found = making->mentions.items[i].entity;
    }
    return found;
}

static void add_unnamed(Making *making)
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

/* ---- short forms ------------------------------------------------------------------------ */

/* Later mentions of a person by surname alone and of an organisation by the
 * acronym that the report gives it, where nothing else was found. */
static void add_short_forms(Making *making)
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
        if (!(token->shape & SHAPE_CAPITAL) || (next < mention_count && making->mentions.items[next].span.start < token->end))
            continue;
        Str form = token_str(document, token);
        const uint32_t *known = table_find(&making->by_acronym, form);
        known = known ? known : table_find(&making->by_head, form);
        known = known ? known : table_find(&making->by_last, folded(making, form));
        if (known)
            add_mention(making, *known - 1, (Span){ token->start, token->end });
    }
}

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
        if (entity->named || entity->name.size == 0)
            entity->name = entity->named ? fuller(entity->name, span_str(document, mention->span)) : span_str(document, mention->span);
    }
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

void names_stage(Document *document, const Language *language)
{
    Names names = names_open(&language->lexicon);
    Search search = { .document = document, .names = &names, .day = INT32_MAX };
    Date published;
    if (date_parse(document->meta.published, &published))
        search.day = (int32_t)date_to_days(published);
    search.home = home_country(document);
    search.atoms = atoms_of(document, &language->lexicon);
    match_names(&search);
    unknown_names(&search);
    drop_explained(&search);
    match_decide(&search);
    unnamed_participants(&search);

    Making making = { .search = &search, .arena = document->arena };
    making.entity_of = ARENA_ARRAY(document->arena, uint32_t, names.entry_count);
    table_init(&making.by_name, document->arena);
    table_init(&making.by_head, document->arena);
    table_init(&making.by_phrase, document->arena);
    table_init(&making.by_acronym, document->arena);
    table_init(&making.by_last, document->arena);
    add_governments(&making);
    add_known(&making);
    add_unknown(&making);
    add_short_forms(&making);
    add_unnamed(&making);
    sort_mentions(&making);
    write_layer(&making);
}
