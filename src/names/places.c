/* Places that the lexicon does not have but the gazetteer has: which of the names
 * found are places, and of several that share a name which one is meant. */
#include "core/table.h"
#include "core/utf8.h"
#include "names/search.h"

enum {
    MOST_POINTS = 64, /* places of the lexicon that tell of nearness */
    NEAR = 150,
    AROUND = 500,      /* kilometres */
    LARGE_TOWN = 50000 /* people */
};

/* One name and what the report tells of it, wherever it stands. */
typedef struct PlaceName {
    Str key;
    GazetteerFound found;
    const GazetteerPlace *place; /* what it means; NULL: no place */
    bool told;                   /* the words around it tell that it is a place */
    bool person;                 /* it is a person's name here */
} PlaceName;

typedef struct Locating {
    Search *search;
    Arena *arena;
    Table known;    /* folded name -> 1 + item of names */
    Table surnames; /* folded last words of persons with more than one */
    struct {
        PlaceName *items;
        size_t count, capacity;
    } names;
    uint32_t *name_of; /* (unknown count): 1 + item of names, 0: it is not in the gazetteer */
    PlacePoint points[MOST_POINTS];
    size_t point_count;
    uint32_t votes; /* for all countries */
} Locating;

/* ---- what the report tells ------------------------------------------------------- */

static void remember_surname(Locating *locating, Str word)
{
    table_put(&locating->surnames, utf8_fold(locating->arena, word), NULL);
}

/* Where the report is, and who its persons are, by the names of the lexicon. */
static void read_matches(Locating *locating)
{
    const Search *search = locating->search;
    for (size_t i = 0; i < search->matches.count; i++) {
        const Match *match = &search->matches.items[i];
        if (match->dropped || match->entry == RELATO_NONE)
            continue;
        const NameEntry *entry = &search->names->entries[match->entry];
        if (entry->type == RELATO_PERSON)
            remember_surname(locating, search_atom(search, match->first + match->count - 1));
        bool local = entry->kind == KIND_CITY || entry->kind == KIND_CAPITAL || entry->kind == KIND_REGION;
        if (local && entry->point.known && locating->point_count < MOST_POINTS)
            locating->points[locating->point_count++] = entry->point;
    }
    for (size_t i = 0; i < search->votes.count; i++)
        locating->votes += search->votes.items[i].count;
}

static bool behind_locative(const Search *search, const Unknown *unknown)
{
    const Document *document = search->document;
    return search_locative(search, unknown->first,
                           document->sentences[document_sentence_of(document, unknown->first)].first_token);
}

/* True if the place in which it lies follows: "Chimanimani, Zimbabwe". */
static bool before_place(const Search *search, const Unknown *unknown)
{
    size_t atom = search->token_atom[unknown->first + unknown->count];
    uint32_t match = atom + 1 < search->atoms.count ? search->notes[atom + 1].match : 0;
    if (match == 0 || !str_equal(search_atom(search, atom), STR(",")))
        return false;
    const Match *at = &search->matches.items[match - 1];
    return !at->dropped && at->entry != RELATO_NONE && search->names->entries[at->entry].type == RELATO_PLACE;
}

/* True if the name may be that of a person: its first word is known as one, or it
 * is what remains of a longer name. */
static bool may_be_person(const Search *search, const Unknown *unknown)
{
    const Document *document = search->document;
    uint32_t word = search->atoms.items[search->token_atom[unknown->first]].word;
    size_t end = unknown->first + unknown->count;
    return (word < search->names->person_count && search->names->persons[word]) ||
           (unknown->first > 0 && (document->tokens[unknown->first - 1].shape & SHAPE_CAPITAL)) ||
           (end < document->token_count && (document->tokens[end].shape & SHAPE_CAPITAL));
}

static void read_unknown(Locating *locating, size_t index)
{
    const Search *search = locating->search;
    const Unknown *unknown = &search->unknown.items[index];
    Str name = span_str(search->document, unknown->span), key = utf8_fold(locating->arena, name);
    bool added;
    uint32_t *known = table_put(&locating->known, key, &added);
    if (added) {
        GazetteerFound found = gazetteer_find(search->gazetteer, locating->arena, name);
        if (found.count) {
            *ARENA_PUSH(locating->arena, &locating->names) = (PlaceName){ .key = key, .found = found };
            *known = (uint32_t)locating->names.count;
        }
    }
    locating->name_of[index] = *known;
    if (unknown->type == RELATO_PERSON && unknown->reason != REASON_CAPITALS && unknown->count > 1)
        remember_surname(locating,
                         token_str(search->document, &search->document->tokens[unknown->first + unknown->count - 1]));
    if (*known == 0)
        return;
    PlaceName *place = &locating->names.items[*known - 1];
    bool in_place = behind_locative(search, unknown) && unknown->role.end == 0;
    place->told |= unknown->type == RELATO_PLACE || (in_place && unknown->count > 1) ||
                   (unknown->reason == REASON_CAPITALS && before_place(search, unknown));
    place->person |= !in_place && ((unknown->type == RELATO_PERSON && unknown->reason != REASON_CAPITALS) ||
                                   may_be_person(search, unknown));
}

/* ---- which one is meant ------------------------------------------------------------ */

/* How well a place fits the report: how large it is, how much is said of its
 * country, how near it is to other places. */
static uint32_t fitness(const Locating *locating, const GazetteerPlace *place, bool usual)
{
    const Search *search = locating->search;
    Str country = str_of(place->country);
    uint32_t votes = search_votes(search, country), score = usual ? 4 : 0;
    for (uint32_t people = place->population; people; people /= 2)
        score++;
    if (votes)
        score += 8 + 8 * votes / locating->votes;
    score += str_equal(country, search->home) ? 6 : 0;
    double nearest = AROUND;
    for (size_t i = 0; i < locating->point_count; i++) {
        double distance = gazetteer_distance(place->point, locating->points[i]);
        nearest = distance < nearest ? distance : nearest;
    }
    return score + (nearest < NEAR ? 8 : nearest < AROUND ? 3 : 0);
}

static Span match_span_of(const Search *search, const Match *match)
{
    return (Span){ search->atoms.items[match->first].start, search->atoms.items[match->first + match->count - 1].end };
}

/* True if the report is about the country, or written there. */
static bool spoken_of(const Search *search, const GazetteerPlace *place)
{
    Str country = str_of(place->country);
    return search_votes(search, country) > 0 || str_equal(country, search->home);
}

/* The place that a name means, NULL if that is not certain enough. A name that the
 * words around it do not make a place must be that of a town that the news knows. */
static const GazetteerPlace *decide(const Locating *locating, const PlaceName *name)
{
    const GazetteerPlace *best = NULL;
    uint32_t best_fitness = 0;
    bool best_usual = false, one_country = true;
    for (size_t i = 0; i < name->found.count; i++) {
        bool usual;
        const GazetteerPlace *place = gazetteer_place(name->found, i, &usual);
        uint32_t score = place ? fitness(locating, place, usual) : 0;
        one_country = one_country && place && (!best || str_equal(str_of(place->country), str_of(best->country)));
        if (score > best_fitness) {
            best = place;
            best_fitness = score;
            best_usual = usual;
        }
    }
    if (!best)
        return NULL;
    bool spoken = spoken_of(locating->search, best);
    if (name->told)
        return spoken || (best_usual && one_country) || best->population >= LARGE_TOWN ? best : NULL;
    bool person = name->person || table_find(&locating->surnames, name->key);
    return !person && spoken && best_usual && best->kind != PLACE_DIVISION && best->population >= LARGE_TOWN ? best
                                                                                                             : NULL;
}

/* A namesake of a town of the lexicon that fits the report better: the report speaks of
 * the namesake's country, and of the town's own for the town's sake alone, `mentions`
 * times. NULL if there is none. */
static const GazetteerPlace *better_namesake(const Locating *locating, const Match *match, uint32_t mentions)
{
    const Search *search = locating->search;
    const NameEntry *entry = &search->names->entries[match->entry];
    Str country = search_string(search, entry->country),
        span = span_str(search->document, match_span_of(search, match));
    const GazetteerPlace *best = NULL;
    uint32_t best_fitness = 0;
    if (search_votes(search, country) > mentions || str_equal(country, search->home))
        return NULL;
    GazetteerFound found = gazetteer_find(search->gazetteer, locating->arena, span);
    for (size_t i = 0; i < found.count; i++) {
        bool usual;
        const GazetteerPlace *place = gazetteer_place(found, i, &usual);
        if (!place || !usual || str_equal(str_of(place->country), country) || !spoken_of(search, place))
            continue;
        uint32_t score = fitness(locating, place, usual);
        if (score > best_fitness) {
            best = place;
            best_fitness = score;
        }
    }
    return best;
}

/* Takes towns of the lexicon for namesakes that fit the report better: "Oeiras" in a
 * report on Brazil. */
static void read_namesakes(Locating *locating)
{
    Search *search = locating->search;
    uint32_t *mentions = ARENA_ARRAY(locating->arena, uint32_t, search->names->entry_count);
    for (size_t i = 0; i < search->matches.count; i++) {
        const Match *match = &search->matches.items[i];
        if (!match->dropped && match->entry != RELATO_NONE)
            mentions[match->entry]++;
    }
    for (size_t i = 0; i < search->matches.count; i++) {
        Match *match = &search->matches.items[i];
        if (match->dropped || match->entry == RELATO_NONE || search->names->entries[match->entry].kind != KIND_CITY)
            continue;
        const GazetteerPlace *place = better_namesake(locating, match, mentions[match->entry]);
        if (!place)
            continue;
        size_t first = search->atoms.items[match->first].token,
               end = search->atoms.items[match->first + match->count - 1].token + 1;
        match->dropped = true;
        match->entry = RELATO_NONE;
        search_vote(search, str_of(place->country));
        *ARENA_PUSH(locating->arena, &search->unknown) = (Unknown){ .first = (uint32_t)first,
                                                                    .count = (uint32_t)(end - first),
                                                                    .span = match_span_of(search, match),
                                                                    .type = RELATO_PLACE,
                                                                    .place = place,
                                                                    .reason = REASON_PLACE };
    }
}

static bool may_be_place(const Search *search, const Unknown *unknown)
{
    return unknown->type == RELATO_PLACE || unknown->reason == REASON_CAPITALS ||
           (unknown->type == RELATO_PERSON && unknown->role.end == 0 && behind_locative(search, unknown));
}

void places_locate(Search *search)
{
    Locating locating = { .search = search, .arena = search->document->arena };
    table_init(&locating.known, locating.arena);
    table_init(&locating.surnames, locating.arena);
    locating.name_of = ARENA_ARRAY(locating.arena, uint32_t, search->unknown.count);
    read_matches(&locating);
    for (size_t i = 0; i < search->unknown.count; i++)
        read_unknown(&locating, i);
    for (size_t i = 0; i < locating.names.count; i++)
        locating.names.items[i].place = decide(&locating, &locating.names.items[i]);
    for (size_t i = 0; i < search->unknown.count; i++) {
        Unknown *unknown = &search->unknown.items[i];
        const GazetteerPlace *place = locating.name_of[i] ? locating.names.items[locating.name_of[i] - 1].place : NULL;
        if (!place || !may_be_place(search, unknown))
            continue;
        unknown->type = RELATO_PLACE;
        unknown->place = place;
        search_vote(search, str_of(place->country));
    }
    read_namesakes(&locating);
}
