#include "names/names.h"

#include <stdlib.h>
#include <unicode/uloc.h>

#include "core/date.h"
#include "core/utf8.h"
#include "names/atoms.h"
#include "names/names_lexicon.h"

/* A name found in the text: atoms [first, first + count) end at a node of the
 * trie; `entry` is decided once the whole report has been looked at. */
typedef struct Match {
    uint32_t first, count;
    uint32_t node;
    uint32_t entry;             /* RELATO_NONE while undecided */
} Match;

typedef struct Mention {
    uint32_t entity;
    Span span;
} Mention;

/* How often a country is spoken of. */
typedef struct Vote {
    Str country;
    uint32_t count;
} Vote;

typedef struct Search {
    Document *document;
    const Names *names;
    Atoms atoms;
    struct { Match *items; size_t count, capacity; } matches;
    struct { Vote *items; size_t count, capacity; } votes;
    struct { Mention *items; size_t count, capacity; } mentions;
    struct { Entity *items; size_t count, capacity; } entities;
    struct { uint32_t *items; size_t count, capacity; } entity_entries;  /* (entities): their entry */
    uint32_t *entity_of;        /* (entry_count): 1 + entity */
    Str home;                   /* country of the outlet; empty if unknown */
    int32_t day;                /* of publication, since 1970-01-01; INT32_MAX if unknown */
} Search;

static Str atom_str(const Search *search, size_t index)
{
    const Atom *atom = &search->atoms.items[index];
    return str_slice(search->document->text, atom->start, atom->end);
}

/* ---- finding ---------------------------------------------------------------- */

typedef struct Case {
    bool first_upper;           /* begins with a capital letter */
    bool all_upper;             /* two letters or more, no small one */
} Case;

static Case case_of(Str s)
{
    Case found = { false, false };
    size_t letters = 0, upper = 0;
    for (size_t i = 0; i < s.size;) {
        UChar32 c = (UChar32)utf8_next(s, &i);
        if (!u_isalpha(c))
            continue;
        bool capital = u_isupper(c) || u_istitle(c);
        found.first_upper |= letters == 0 && capital;
        letters++;
        upper += capital;
    }
    found.all_upper = letters >= 2 && upper == letters;
    return found;
}

/* True if the text writes the form as the lexicon does: capitals where it has
 * them, an acronym in capitals; in a text in capitals everything agrees. */
static bool agrees(const Search *search, const NameForm *form, size_t first)
{
    Str name = lexicon_string(search->names->lexicon, form->form), atom;
    size_t index = first;
    for (size_t at = 0; atom_next(name, &at, &atom); index++) {
        Case wanted = case_of(atom), written = case_of(atom_str(search, index));
        if (wanted.all_upper ? !written.all_upper : wanted.first_upper && !written.first_upper)
            return false;
    }
    return true;
}

/* True if the node holds a name (no mere adjective) that agrees with the text. */
static bool holds_name(const Search *search, uint32_t node, size_t first)
{
    const NameNode *at = &search->names->nodes[node];
    for (uint32_t i = 0; i < at->form_count; i++) {
        const NameForm *form = &search->names->forms[at->first_form + i];
        if (!form->adjective && agrees(search, form, first))
            return true;
    }
    return false;
}

/* The longest name that begins at an atom, within its sentence. */
static Match longest(const Search *search, size_t first, uint32_t sentence_end)
{
    Match match = { .first = (uint32_t)first, .entry = RELATO_NONE };
    uint32_t node = 0;
    for (size_t i = first; i < search->atoms.count && search->atoms.items[i].end <= sentence_end; i++) {
        node = names_step(search->names, node, search->atoms.items[i].word);
        if (node == 0)
            break;
        if (holds_name(search, node, first)) {
            match.node = node;
            match.count = (uint32_t)(i - first + 1);
        }
    }
    return match;
}

static void find_matches(Search *search)
{
    const Document *document = search->document;
    size_t sentence = 0;
    for (size_t i = 0; i < search->atoms.count;) {
        while (document->sentences[sentence].end <= search->atoms.items[i].start)
            sentence++;
        Match match = longest(search, i, document->sentences[sentence].end);
        if (match.count)
            *ARENA_PUSH(document->arena, &search->matches) = match;
        i += match.count ? match.count : 1;
    }
}

/* ---- deciding ---------------------------------------------------------------- */

/* The n-th entry that a match can mean, RELATO_NONE behind the last. */
static uint32_t candidate(const Search *search, const Match *match, uint32_t n)
{
    const NameNode *node = &search->names->nodes[match->node];
    uint32_t last = RELATO_NONE;
    for (uint32_t i = 0; i < node->form_count; i++) {
        const NameForm *form = &search->names->forms[node->first_form + i];
        if (form->adjective || form->entry == last || !agrees(search, form, match->first))
            continue;
        if (n-- == 0)
            return form->entry;
        last = form->entry;
    }
    return RELATO_NONE;
}

static Str entry_string(const Search *search, uint32_t offset)
{
    return lexicon_string(search->names->lexicon, offset);
}

static uint32_t votes_for(const Search *search, Str country)
{
    for (size_t i = 0; i < search->votes.count; i++)
        if (str_equal(search->votes.items[i].country, country))
            return search->votes.items[i].count;
    return 0;
}

static void vote(Search *search, Str country)
{
    for (size_t i = 0; i < search->votes.count; i++)
        if (str_equal(search->votes.items[i].country, country)) {
            search->votes.items[i].count++;
            return;
        }
    if (country.size)
        *ARENA_PUSH(search->document->arena, &search->votes) = (Vote){ country, 1 };
}

/* The term of a person at the date of the report; NULL outside all terms. With
 * no date known the last term counts. */
static const NameTerm *term_at(const Search *search, const NameEntry *entry)
{
    const NameTerm *terms = &search->names->terms[entry->first_term], *found = NULL;
    if (search->day == INT32_MAX)
        return &terms[entry->term_count - 1];
    for (uint32_t i = 0; i < entry->term_count; i++)
        if (terms[i].since <= search->day && search->day <= terms[i].until)
            found = &terms[i];
    return found;
}

/* How well an entry fits the report: countries that it speaks of, its own
 * country, offices held at its date, states before towns. */
static uint32_t fitness(const Search *search, uint32_t index)
{
    static const uint8_t rank[KIND_COUNT] = { [KIND_COUNTRY] = 5, [KIND_CAPITAL] = 4, [KIND_IGO] = 4, [KIND_CITY] = 2,
                                              [KIND_REGION] = 2, [KIND_TERRITORY] = 2 };
    const NameEntry *entry = &search->names->entries[index];
    Str country = entry_string(search, entry->country);
    uint32_t score = rank[entry->kind] + 10 * (country.size ? votes_for(search, country) : 0);
    score += country.size && str_equal(country, search->home) ? 5 : 0;
    score += entry->type == RELATO_PERSON && term_at(search, entry) ? 3 : 0;
    return score;
}

static void decide(Search *search)
{
    for (size_t i = 0; i < search->matches.count; i++) {
        Match *match = &search->matches.items[i];
        uint32_t only = candidate(search, match, 0);
        if (candidate(search, match, 1) == RELATO_NONE) {
            match->entry = only;
            vote(search, entry_string(search, search->names->entries[only].country));
        }
    }
    for (size_t i = 0; i < search->matches.count; i++) {
        Match *match = &search->matches.items[i];
        uint32_t best = 0, entry;
        for (uint32_t n = 0; match->entry == RELATO_NONE && (entry = candidate(search, match, n)) != RELATO_NONE; n++)
            if (n == 0 || fitness(search, entry) > fitness(search, best))
                best = entry;
        if (match->entry == RELATO_NONE)
            match->entry = best;
    }
}

/* ---- entities ------------------------------------------------------------------ */

/* The country that a body without one belongs to: the one that the report
 * speaks of most, else the outlet's own. */
static Str country_meant(const Search *search)
{
    const Vote *most = NULL;
    for (size_t i = 0; i < search->votes.count; i++) {
        const Vote *one = &search->votes.items[i];
        if (one->country.size == 3 && (!most || one->count > most->count))
            most = one;
    }
    return most ? most->country : search->home;
}

static bool national(uint8_t kind)
{
    return kind == KIND_GOVERNMENT || kind == KIND_MILITARY || kind == KIND_COURT || kind == KIND_PARLIAMENT ||
           kind == KIND_POLICE || kind == KIND_PARTY;
}

static void code_entity(const Search *search, Entity *entity, const NameEntry *entry)
{
    entity->country = entry_string(search, entry->country);
    entity->sector = entry_string(search, entry->sector);
    if (entity->type == RELATO_PERSON) {
        const NameTerm *term = term_at(search, entry);
        bool former = search->day > search->names->terms[entry->first_term].until;
        entity->country = term ? entry_string(search, term->country) : entity->country;
        entity->sector = term ? entry_string(search, term->sector) : former ? STR("ELI") : STR("");
    }
    if (entity->country.size == 0 && national(entry->kind))
        entity->country = country_meant(search);
}

/* The entry that stands for the government behind a seat: its country. */
static uint32_t government_behind(const Search *search, uint32_t index)
{
    const NameEntry *entry = &search->names->entries[index];
    if (entry->kind != KIND_SEAT || !str_equal(entry_string(search, entry->sector), STR("GOV")))
        return index;
    for (uint32_t i = 0; i < search->names->entry_count; i++)
        if (search->names->entries[i].kind == KIND_COUNTRY && search->names->entries[i].id == entry->country)
            return i;
    return index;
}

static uint32_t entity_for(Search *search, uint32_t index)
{
    index = government_behind(search, index);
    if (search->entity_of[index] == 0) {
        const NameEntry *entry = &search->names->entries[index];
        Entity *entity = ARENA_PUSH(search->document->arena, &search->entities);
        entity->type = entry->kind == KIND_SEAT ? RELATO_ORGANISATION : (RelatoEntityType)entry->type;
        entity->named = true;
        code_entity(search, entity, entry);
        search->entity_of[index] = (uint32_t)search->entities.count;
        *ARENA_PUSH(search->document->arena, &search->entity_entries) = index;
    }
    return search->entity_of[index] - 1;
}

static void add_mention(Search *search, uint32_t entity, size_t first, size_t count)
{
    const Atom *atoms = &search->atoms.items[first];
    *ARENA_PUSH(search->document->arena, &search->mentions) =
        (Mention){ entity, { atoms[0].start, atoms[count - 1].end } };
}

/* Places named inside the name of an organisation are mentions of their own. */
static void add_inner_places(Search *search, const Match *outer)
{
    uint32_t end = search->atoms.items[outer->first + outer->count - 1].end;
    for (size_t i = outer->first + 1; i < outer->first + outer->count;) {
        Match match = longest(search, i, end);
        uint32_t entry = match.count ? candidate(search, &match, 0) : RELATO_NONE;
        if (entry != RELATO_NONE && search->names->entries[entry].type == RELATO_PLACE)
            add_mention(search, entity_for(search, entry), i, match.count);
        i += match.count ? match.count : 1;
    }
}

static void add_mentions(Search *search)
{
    for (size_t i = 0; i < search->matches.count; i++) {
        const Match *match = &search->matches.items[i];
        const NameEntry *entry = &search->names->entries[match->entry];
        add_mention(search, entity_for(search, match->entry), match->first, match->count);
        if (entry->type == RELATO_ORGANISATION && match->count > 1)
            add_inner_places(search, match);
    }
}

/* ---- surnames -------------------------------------------------------------------- */

/* The person of the report whose full name ends with the word; of two the later
 * mentioned before `limit`; RELATO_NONE if there is none. */
static uint32_t person_of(const Search *search, uint32_t word, size_t limit)
{
    uint32_t found = RELATO_NONE;
    for (size_t i = 0; i < search->matches.count && search->matches.items[i].first < limit; i++) {
        const Match *match = &search->matches.items[i];
        if (match->count > 1 && search->names->entries[match->entry].type == RELATO_PERSON &&
            search->atoms.items[match->first + match->count - 1].word == word)
            found = match->entry;
    }
    return found;
}

/* Later mentions of a person by surname alone. */
static void add_surnames(Search *search)
{
    size_t next = 0;
    bool persons = false;
    for (size_t i = 0; i < search->atoms.count; i++) {
        while (next < search->matches.count && search->matches.items[next].first + search->matches.items[next].count <= i) {
            persons |= search->names->entries[search->matches.items[next].entry].type == RELATO_PERSON;
            next++;
        }
        bool inside = next < search->matches.count && search->matches.items[next].first <= i;
        if (inside || !persons || !search->atoms.items[i].word || !case_of(atom_str(search, i)).first_upper)
            continue;
        uint32_t entry = person_of(search, search->atoms.items[i].word, i);
        if (entry != RELATO_NONE)
            add_mention(search, search->entity_of[entry] - 1, i, 1);
    }
}

/* ---- the layer --------------------------------------------------------------------- */

static int by_place(const void *a, const void *b)
{
    const Mention *x = a, *y = b;
    if (x->span.start != y->span.start)
        return x->span.start < y->span.start ? -1 : 1;
    return (x->span.end < y->span.end) - (x->span.end > y->span.end);
}

/* The fuller of two names: with small letters rather than all in capitals, then the longer. */
static Str fuller(Str a, Str b)
{
    bool capitals_a = case_of(a).all_upper && a.size > 5, capitals_b = case_of(b).all_upper && b.size > 5;
    if (a.size == 0 || (capitals_a != capitals_b && b.size))
        return a.size == 0 || capitals_a ? b : a;
    return utf8_length(b) > utf8_length(a) ? b : a;
}

/* Puts entities in order of first mention, each with its mentions in order. */
static void write_layer(Search *search)
{
    Document *document = search->document;
    size_t count = search->entities.count, mention_count = search->mentions.count;
    if (mention_count)
        qsort(search->mentions.items, mention_count, sizeof *search->mentions.items, by_place);
    uint32_t *place = ARENA_ARRAY(document->arena, uint32_t, count); /* 1 + position in the layer */
    document->entities = ARENA_ARRAY(document->arena, Entity, count);
    Span *spans = ARENA_ARRAY(document->arena, Span, mention_count);
    for (size_t i = 0; i < mention_count; i++) {
        const Mention *mention = &search->mentions.items[i];
        if (place[mention->entity] == 0) {
            document->entities[document->entity_count] = search->entities.items[mention->entity];
            place[mention->entity] = (uint32_t)++document->entity_count;
        }
        Entity *entity = &document->entities[place[mention->entity] - 1];
        entity->mention_count++;
        entity->name = fuller(entity->name, span_str(document, mention->span));
    }
    for (size_t i = 0; i < document->entity_count; i++) {
        document->entities[i].mentions = spans;
        spans += document->entities[i].mention_count;
        document->entities[i].mention_count = 0;
    }
    for (size_t i = 0; i < mention_count; i++) {
        Entity *entity = &document->entities[place[search->mentions.items[i].entity] - 1];
        ((Span *)(uintptr_t)entity->mentions)[entity->mention_count++] = search->mentions.items[i].span;
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
    char locale[] = "und_XX";
    locale[4] = (char)(host.at[end - 2] & ~0x20);
    locale[5] = (char)(host.at[end - 1] & ~0x20);
    char canonical[16];
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
    search.entity_of = ARENA_ARRAY(document->arena, uint32_t, names.entry_count);
    search.atoms = atoms_of(document, &language->lexicon);
    find_matches(&search);
    decide(&search);
    add_mentions(&search);
    add_surnames(&search);
    write_layer(&search);
}
