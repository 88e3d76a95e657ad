/* Rules and lexicon propose names, the tagger decides. */
#include <stdlib.h>

#include "names/evidence.h"

enum { LONGEST_MATCH = 12, LONGEST_OFFICE = 5 /* tokens */ };

/* A name as the tagger has it. */
typedef struct Ruling {
    size_t first, end;   /* tokens */
    size_t begin, limit; /* tokens of its sentence */
    RelatoEntityType type;
} Ruling;

typedef struct Judge {
    Search *search;
    Arena *arena;
    const NamesTagger *tagger;
    Evidence *evidence;
    int32_t transitions[TAG_COUNT * TAG_LANES];
    struct {
        Ruling *items;
        size_t count, capacity;
    } rulings;
    uint32_t *match_at; /* (token_count): 1 + match that begins at a token */
} Judge;

/* ---- tagging ---------------------------------------------------------------------- */

static void score_token(const Judge *judge, const Stretch *stretch, size_t token, int32_t scores[TAG_LANES])
{
    uint32_t features[MOST_FEATURES];
    size_t common, count = evidence_features(judge->evidence, stretch, token, features, &common);
    memset(scores, 0, TAG_LANES * sizeof *scores);
    for (size_t f = 0; f < count; f++) {
        const int16_t *row = &judge->tagger->weights[(features[f] & (judge->tagger->rows - 1)) * TAG_LANES];
        for (size_t tag = 0; tag < TAG_LANES; tag++)
            scores[tag] += row[tag];
    }
}

static void rule(Judge *judge, const Stretch *stretch, const uint8_t *tags)
{
    size_t count = stretch->end - stretch->first;
    for (size_t i = 0; i < count;) {
        size_t end = i + 1;
        if (tags[i] == TAG_NONE) {
            i = end;
            continue;
        }
        RelatoEntityType type = (RelatoEntityType)(tags[i] - TAG_BEGIN);
        while (end < count && tags[end] == TAG_INSIDE + type)
            end++;
        *ARENA_PUSH(judge->arena, &judge->rulings) =
            (Ruling){ stretch->first + i, stretch->first + end, stretch->begin, stretch->limit, type };
        i = end;
    }
}

static void tag_stretch(Judge *judge, const Stretch *stretch)
{
    size_t count = stretch->end - stretch->first;
    int32_t *scores = ARENA_ARRAY(judge->arena, int32_t, count * TAG_LANES);
    uint8_t *back = ARENA_ARRAY(judge->arena, uint8_t, count * TAG_LANES),
            *tags = ARENA_ARRAY(judge->arena, uint8_t, count);
    for (size_t i = 0; i < count; i++)
        score_token(judge, stretch, stretch->first + i, &scores[i * TAG_LANES]);
    tagger_decode(judge->transitions, scores, count, back, tags);
    rule(judge, stretch, tags);
}

/* ---- ruling ------------------------------------------------------------------------ */

static size_t match_token(const Search *search, const Match *match)
{
    return search->atoms.items[match->first].token;
}

static size_t match_end(const Search *search, const Match *match)
{
    return search->atoms.items[match->first + match->count - 1].token + 1;
}

/* True if a name of the lexicon stands whatever the tagger says of the same words: it
 * is overruled only where it is taken for a person's, or a person's for another. */
static bool stands(const Search *search, const Match *match, const Ruling *ruling)
{
    const NameEntry *entry = match_first_entry(search, match);
    bool person = entry->type == RELATO_PERSON, ruled = ruling->type == RELATO_PERSON;
    return person == ruled || match->count > 1 || entry->kind == KIND_COUNTRY;
}

static Match *match_from(const Judge *judge, size_t token)
{
    Match *match = judge->match_at[token] ? &judge->search->matches.items[judge->match_at[token] - 1] : NULL;
    return match && !match->dropped ? match : NULL;
}

/* True if names of the lexicon fill the tokens, one behind the other: "VOA West Africa". */
static bool is_filled(const Judge *judge, size_t first, size_t end)
{
    while (first < end) {
        const Match *match = match_from(judge, first);
        if (!match)
            return false;
        first = match_end(judge->search, match);
    }
    return first == end;
}

/* True if a longer name of the lexicon holds the first token: names begun before it. */
static bool is_inside(const Judge *judge, const Ruling *ruling)
{
    for (size_t back = 1; back <= LONGEST_MATCH && ruling->first >= ruling->begin + back; back++) {
        const Match *match = match_from(judge, ruling->first - back);
        if (match && match_end(judge->search, match) > ruling->first)
            return true;
    }
    return false;
}

/* True if a word that is no name of anybody's stands alone: "NGO". */
static bool is_common(const Search *search, const Ruling *ruling)
{
    size_t atom = search->token_atom[ruling->first];
    bool whole = atom + search->notes[atom].head_count >= search->token_atom[ruling->end];
    return ruling->end == ruling->first + 1 && whole && search_head(search, atom, HEAD_TITLE | HEAD_BEFORE | HEAD_NONE);
}

/* True if the words tell what somebody's office is of, and are no body by that name:
 * "ministro da Justiça", "ministro dos Negócios Estrangeiros". */
static bool is_portfolio(const Search *search, const Ruling *ruling)
{
    size_t atom = search->token_atom[ruling->first];
    bool linked = ruling->first > ruling->begin && search_head(search, atom - 1, HEAD_LINK);
    if (ruling->type != RELATO_ORGANISATION || search->notes[atom].match || search_head(search, atom, HEAD_NAME) ||
        (search->document->tokens[ruling->first].shape & SHAPE_ALL_CAPITALS))
        return false;
    for (size_t back = 1; back <= LONGEST_OFFICE && ruling->first >= ruling->begin + back; back++) {
        size_t title = search->token_atom[ruling->first - back];
        const NameHead *head = search_head(search, title, HEAD_TITLE);
        size_t end = title + search->notes[title].head_count;
        if (head &&
            (end > atom || (linked && end + 1 == atom && str_equal(search_string(search, head->sector), STR("GOV")))))
            return true;
    }
    return false;
}

/* Takes off the head of a ruling what is no part of the name: titles of persons, the
 * word "government", a name of the lexicon in the possessive ("Spain's"). */
static void take_off(const Judge *judge, Ruling *ruling)
{
    const Search *search = judge->search;
    const Document *document = search->document;
    if (ruling->type == RELATO_PERSON || ruling->end == ruling->first + 1)
        ruling->first = unknown_front(search, ruling->first, ruling->end, ruling->begin, ruling->type == RELATO_PERSON);
    if (ruling->first >= ruling->end)
        return;
    size_t atom = search->token_atom[ruling->first], first = ruling->first;
    const Match *match = match_from(judge, first);
    if (search->notes[atom].head_count == 1 && search_head(search, atom, HEAD_GOVERNMENT)) {
        ruling->type = RELATO_PLACE;
        first++;
    } else if (search->notes[atom].head_count == 1 && search_head(search, atom, HEAD_BEFORE) &&
               is_filled(judge, first + 1, ruling->end)) {
        first = ruling->end;
    } else if (match && match_end(search, match) < ruling->end &&
               document->tokens[match_end(search, match) - 1].end >
                   search->atoms.items[match->first + match->count - 1].end) {
        first = match_end(search, match);
    }
    while (first > ruling->first && first < ruling->end && !search_capital(search, first))
        first++;
    ruling->first = first;
}

/* Leaves of a ruling what the lexicon does not have already, and drops what it has of
 * the rest, but for places in the names of organisations. False if nothing is left. */
static bool refine(Judge *judge, Ruling *ruling)
{
    Search *search = judge->search;
    take_off(judge, ruling);
    if (ruling->first >= ruling->end || is_common(search, ruling) || is_portfolio(search, ruling) ||
        is_inside(judge, ruling) || is_filled(judge, ruling->first, ruling->end))
        return false;
    const Match *front = match_from(judge, ruling->first);
    if (front && (match_end(search, front) > ruling->end ||
                  (front->count > 1 && match_first_entry(search, front)->type == RELATO_ORGANISATION)))
        return false;
    for (size_t t = ruling->first; t < ruling->end; t++) {
        Match *match = match_from(judge, t);
        if (!match)
            continue;
        if (match_end(search, match) > ruling->end)
            return false;
        const NameEntry *entry = match_first_entry(search, match);
        match->dropped = t == ruling->first || ruling->type != RELATO_ORGANISATION || entry->type != RELATO_PLACE;
    }
    return true;
}

/* The proposed name that the ruling is about, or NULL. Rulings come in order. */
static const Unknown *proposed(const Search *search, const Ruling *ruling, size_t *next)
{
    while (*next < search->unknown.count && search->unknown.items[*next].first < ruling->first)
        ++*next;
    const Unknown *unknown = *next < search->unknown.count ? &search->unknown.items[*next] : NULL;
    bool same = unknown && unknown->first == ruling->first && unknown->first + unknown->count == ruling->end;
    return same && unknown->type == ruling->type ? unknown : NULL;
}

static void carry_out(Judge *judge)
{
    Search *search = judge->search;
    Unknown *ruled = ARENA_ARRAY(judge->arena, Unknown, judge->rulings.count);
    size_t count = 0, next = 0;
    for (size_t i = 0; i < judge->rulings.count; i++) {
        Ruling *ruling = &judge->rulings.items[i];
        const Match *match = match_from(judge, ruling->first);
        if ((match && match_end(search, match) == ruling->end && stands(search, match, ruling)) ||
            !refine(judge, ruling))
            continue;
        const Unknown *unknown = proposed(search, ruling, &next);
        ruled[count++] =
            unknown ? *unknown
                    : unknown_describe(search, ruling->first, ruling->end, ruling->begin, ruling->limit, ruling->type);
    }
    search->unknown.items = ruled;
    search->unknown.count = search->unknown.capacity = count;
}

void names_judge(Search *search, const NamesTagger *tagger)
{
    const Document *document = search->document;
    Judge judge = { .search = search, .arena = document->arena, .tagger = tagger };
    Stretch stretch;
    if (!tagger->weights)
        return;
    judge.evidence = evidence_of(search);
    judge.match_at = ARENA_ARRAY(judge.arena, uint32_t, document->token_count);
    for (size_t i = 0; i < TAG_COUNT * TAG_LANES; i++)
        judge.transitions[i] = tagger->transitions[i];
    for (size_t i = 0; i < search->matches.count; i++)
        judge.match_at[match_token(search, &search->matches.items[i])] = (uint32_t)i + 1;
    for (size_t from = 0; evidence_stretch(judge.evidence, from, &stretch); from = stretch.end)
        if (!search_shouts(search, &document->sentences[document_sentence_of(document, stretch.first)]))
            tag_stretch(&judge, &stretch);
    carry_out(&judge);
}
