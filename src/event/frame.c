#include "event/eventing.h"
#include "names/lookup.h"

enum { FAR = 1000, FARTHEST = 4 * FAR };

/* ---- nearness in the tree ------------------------------------------------------------- */

/* True if the word hangs on `above`, directly or not. */
static bool hangs_on(const Document *document, uint32_t word, uint32_t above)
{
    for (; word != RELATO_NONE; word = document->nodes[word].head)
        if (word == above)
            return true;
    return false;
}

/* The clauses between a word and one above it: what another verb tells belongs to that. */
static uint32_t clauses_between(const Document *document, uint32_t word, uint32_t above)
{
    uint32_t clauses = 0;
    for (; word != above && word != RELATO_NONE; word = document->nodes[word].head)
        clauses += document->words[word].upos == UPOS_VERB;
    return clauses;
}

/* How far a word is from a mention: steps up from the trigger to a word on which it
 * hangs and down through other clauses, then the words between. What hangs on the
 * trigger is nearer than all else. */
static uint32_t distance(const Document *document, const Mention *mention, uint32_t word)
{
    uint32_t steps = 0, up = mention->site.word;
    while (up != RELATO_NONE && steps < 8 && !hangs_on(document, word, up)) {
        up = document->nodes[up].head;
        steps++;
    }
    uint32_t apart = word > mention->site.word ? word - mention->site.word : mention->site.word - word;
    uint32_t clauses = up != RELATO_NONE && steps < 8 ? clauses_between(document, word, up) : 0;
    return (steps + 2 * clauses) * FAR + apart;
}

/* The word of a span on which the others hang; RELATO_NONE if it is not in the sentence. */
static uint32_t head_of_span(const Eventing *eventing, Span span)
{
    const Document *document = eventing->document;
    size_t token = document_token_at(document, span.start);
    if (token >= document->token_count || document->tokens[token].word_count == 0)
        return RELATO_NONE;
    uint32_t word = document->tokens[token].first_word;
    if (word < eventing->first || word > eventing->last)
        return RELATO_NONE;
    for (uint32_t up = document->nodes[word].head; up != RELATO_NONE; up = document->nodes[up].head)
        if (word_start(document, up) >= span.start && word_end(document, up) <= span.end)
            word = up;
        else
            break;
    return word;
}

/* ---- time ------------------------------------------------------------------------------ */

/* The first time expression that begins at or behind a byte: they stand in order. */
static uint32_t first_time_behind(const Document *document, uint32_t byte)
{
    return (uint32_t)document_first_span(document->times, sizeof(Time), offsetof(Time, span), document->time_count,
                                         byte);
}

static void find_times(const Eventing *eventing, size_t from)
{
    const Document *document = eventing->document;
    const Sentence *sentence = &document->sentences[eventing->sentence];
    uint32_t first = first_time_behind(document, sentence->start);
    for (size_t m = from; m < eventing->mentions.count; m++) {
        Mention *mention = &eventing->mentions.items[m];
        for (uint32_t t = first; t < document->time_count && document->times[t].span.start < sentence->end; t++) {
            const Time *time = &document->times[t];
            if (time->span.end > sentence->end || time->type == RELATO_DURATION || time->type == RELATO_SET ||
                str_ends(time->value, STR("_REF")))
                continue;
            uint32_t word = head_of_span(eventing, time->span);
            uint32_t far = word == RELATO_NONE ? UINT32_MAX : distance(document, mention, word);
            if (far < mention->time_distance) {
                mention->time_distance = far;
                mention->time = t;
            }
        }
    }
}

/* ---- place ------------------------------------------------------------------------------ */

/* True if a locative preposition stands before the place. */
static bool is_located(const Eventing *eventing, uint32_t word)
{
    const Document *document = eventing->document;
    for (uint32_t i = document->nodes[word].child; i != RELATO_NONE; i = document->nodes[i].next)
        if (is_relation(document, i, REL_CASE) &&
            (names_is_locative(&eventing->names, document, document->words[i].form) ||
             names_is_locative(&eventing->names, document, document->words[i].lemma)))
            return true;
    return false;
}

static bool takes_part(const Mention *mention, uint32_t entity)
{
    for (size_t i = 0; i < mention->actors.count; i++)
        if (mention->actors.items[i].entity == entity)
            return true;
    for (size_t i = 0; i < mention->recipients.count; i++)
        if (mention->recipients.items[i].entity == entity)
            return true;
    return false;
}

static void find_places(const Eventing *eventing, size_t from)
{
    const Document *document = eventing->document;
    for (uint32_t word = eventing->first; word <= eventing->last; word++) {
        uint32_t entity = entity_of_word(document, word);
        bool place = entity != RELATO_NONE && document->entities[entity].type == RELATO_PLACE;
        if (!place || !is_located(eventing, word))
            continue;
        for (size_t m = from; m < eventing->mentions.count; m++) {
            Mention *mention = &eventing->mentions.items[m];
            uint32_t far = distance(document, mention, word);
            if (!takes_part(mention, entity) && far < FARTHEST && far < mention->place_distance) {
                mention->place_distance = far;
                mention->place = entity;
            }
        }
    }
}

bool is_attached(uint32_t distance_from_trigger)
{
    return distance_from_trigger < FAR;
}

/* True for those who bear arms: they belong where they fight. */
static bool is_armed(const Party *party)
{
    static const char *const sectors[] = { "REB", "PRM", "MIL", "COP" };
    for (size_t i = 0; i < sizeof sectors / sizeof *sectors; i++)
        if (str_equal(party->sector, str_of(sectors[i])))
            return true;
    return false;
}

/* The country of most places of the sentence, of two with as many the first; empty if it names none. */
static Str country_of_places(const Eventing *eventing)
{
    enum { MOST = 8 };
    const Document *document = eventing->document;
    struct {
        Str country;
        uint32_t count;
    } found[MOST] = { { STR(""), 0 } };
    size_t best = 0;
    for (uint32_t word = eventing->first; word <= eventing->last; word++) {
        uint32_t entity = entity_of_word(document, word);
        bool fresh = word == eventing->first || entity_of_word(document, word - 1) != entity;
        if (entity == RELATO_NONE || !fresh || document->entities[entity].type != RELATO_PLACE)
            continue;
        Str country = document->entities[entity].country;
        for (size_t i = 0; i < MOST && country.size; i++) {
            if (found[i].count && !str_equal(found[i].country, country))
                continue;
            found[i].country = country;
            found[i].count++;
            best = found[i].count > found[best].count ? i : best;
            break;
        }
    }
    return found[best].country;
}

/* Somebody without a name and a country of his own is of the country where it
 * happens: as the words that hang on the trigger tell, for who bears arms as the sentence tells. */
static void place_parties(const Eventing *eventing, const Mention *mention, Str of_sentence, Parties *parties)
{
    const Document *document = eventing->document;
    Str country = mention->place != RELATO_NONE && is_attached(mention->place_distance)
                      ? document->entities[mention->place].country
                      : STR("");
    for (size_t i = 0; i < parties->count; i++) {
        Party *party = &parties->items[i];
        if (party->entity == RELATO_NONE || party->country.size || document->entities[party->entity].named)
            continue;
        party->country = country.size == 0 && is_armed(party) ? of_sentence : country;
    }
}

static void find_countries(const Eventing *eventing, size_t from)
{
    Str country = country_of_places(eventing);
    for (size_t m = from; m < eventing->mentions.count; m++) {
        place_parties(eventing, &eventing->mentions.items[m], country, &eventing->mentions.items[m].actors);
        place_parties(eventing, &eventing->mentions.items[m], country, &eventing->mentions.items[m].recipients);
        if (eventing->mentions.items[m].place != RELATO_NONE && is_attached(eventing->mentions.items[m].place_distance))
            add_place_as_recipient(eventing, &eventing->mentions.items[m]);
    }
}

/* ---- figures ------------------------------------------------------------------------------ */

/* True if such a figure can measure such an event. */
static bool measures(RelatoCounts counts, uint8_t type)
{
    switch (counts) {
    case RELATO_KILLED:
    case RELATO_INJURED:
    case RELATO_MISSING:
        return type == RELATO_ASSAULT;
    case RELATO_DISPLACED:
        return type == RELATO_SANCTION || type == RELATO_ASSAULT;
    case RELATO_DETAINED:
        return type == RELATO_COERCE || type == RELATO_RETREAT;
    case RELATO_PARTICIPANTS:
        return type == RELATO_PROTEST || type == RELATO_CONSULT;
    case RELATO_TROOPS:
        return type == RELATO_MOBILIZE || type == RELATO_RETREAT || type == RELATO_AID;
    case RELATO_MONEY:
        return type == RELATO_AID || type == RELATO_SANCTION;
    case RELATO_INHABITANTS:
    case RELATO_OTHER:
        return false;
    }
    return false;
}

/* The first figure that begins at or behind a byte: they stand in order. */
static uint32_t first_figure_behind(const Document *document, uint32_t byte)
{
    return (uint32_t)document_first_span(document->quantities, sizeof(Quantity), offsetof(Quantity, span),
                                         document->quantity_count, byte);
}

/* Each figure of the sentence measures the nearest mention that it can. */
static void find_figures(Eventing *eventing, size_t from)
{
    const Document *document = eventing->document;
    const Sentence *sentence = &document->sentences[eventing->sentence];
    for (uint32_t q = first_figure_behind(document, sentence->start);
         q < document->quantity_count && document->quantities[q].span.start < sentence->end; q++) {
        const Quantity *quantity = &document->quantities[q];
        uint32_t word = head_of_span(eventing, quantity->span), nearest = UINT32_MAX;
        for (size_t m = from; word != RELATO_NONE && m < eventing->mentions.count; m++) {
            const Mention *mention = &eventing->mentions.items[m];
            uint32_t far = measures(quantity->counts, mention->type) ? distance(document, mention, word) : UINT32_MAX;
            if (far < nearest) {
                nearest = far;
                eventing->measured[q] = (uint32_t)m + 1;
            }
        }
    }
}

/* ---- contexts ------------------------------------------------------------------------------ */

static uint64_t contexts_of_sentence(const Eventing *eventing)
{
    const Document *document = eventing->document;
    const EventLexicon *lexicon = &eventing->lexicon;
    uint64_t contexts = 0;
    for (uint32_t word = eventing->first; word <= eventing->last; word++) {
        const uint32_t ids[] = { document->nodes[word].lemma, document->nodes[word].form };
        for (size_t k = 0; k < 2; k++)
            for (size_t i = ids[k] ? event_lexicon_context(lexicon, ids[k]) : lexicon->context_count;
                 i < lexicon->context_count && lexicon->contexts[i].phrase.word == ids[k]; i++)
                if (phrase_follows(document, &lexicon->contexts[i].phrase, lexicon->tails, word, eventing->last))
                    contexts |= UINT64_C(1) << lexicon->contexts[i].context;
    }
    return contexts;
}

void find_frames(Eventing *eventing, size_t from)
{
    if (from == eventing->mentions.count)
        return;
    find_times(eventing, from);
    find_places(eventing, from);
    find_countries(eventing, from);
    find_figures(eventing, from);
    uint64_t contexts = contexts_of_sentence(eventing);
    for (size_t m = from; m < eventing->mentions.count; m++)
        eventing->mentions.items[m].contexts = contexts | eventing->mentions.items[m].pattern->contexts;
}
