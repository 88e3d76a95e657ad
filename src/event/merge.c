#include <stdlib.h>

#include "event/eventing.h"
#include "event/plover.h"

enum { MOST_TRIED = 64, NEAR_SENTENCES = 4 };

/* An event in the making. */
typedef struct Merged {
    uint32_t first, last; /* mentions */
    uint32_t mode, reality;
    Parties actors, recipients;
    uint32_t place, time, place_distance, time_distance;
    uint64_t contexts;
    uint32_t mention_count;
} Merged;

typedef struct Merging {
    Eventing *eventing;
    struct {
        Merged *items;
        size_t count, capacity;
    } events;
} Merging;

/* ---- whether two are one ------------------------------------------------------------------ */

static bool share_party(const Parties *a, const Parties *b)
{
    for (size_t i = 0; i < a->count; i++)
        for (size_t k = 0; k < b->count; k++)
            if (a->items[i].entity == b->items[k].entity &&
                (a->items[i].entity != RELATO_NONE || str_equal(a->items[i].country, b->items[k].country)))
                return true;
    return false;
}

/* True if nobody in one list can be somebody in the other: they are of other countries or sectors. */
static bool strangers(const Parties *a, const Parties *b)
{
    if (a->count == 0 || b->count == 0 || share_party(a, b))
        return false;
    for (size_t i = 0; i < a->count; i++)
        for (size_t k = 0; k < b->count; k++) {
            const Party *x = &a->items[i], *y = &b->items[k];
            if (str_equal(x->country, y->country) && str_equal(x->sector, y->sector))
                return false;
        }
    return true;
}

/* True if two times have no day in common. */
static bool apart_in_time(const Document *document, uint32_t a, uint32_t b)
{
    if (a == RELATO_NONE || b == RELATO_NONE || a == b)
        return false;
    const Time *x = &document->times[a], *y = &document->times[b];
    if (x->from.size == 0 || y->from.size == 0)
        return false;
    return str_compare(x->to, y->from) < 0 || str_compare(y->to, x->from) < 0;
}

static bool apart_in_space(const Document *document, uint32_t a, uint32_t b)
{
    if (a == RELATO_NONE || b == RELATO_NONE || a == b)
        return false;
    Str x = document->entities[a].country, y = document->entities[b].country;
    return x.size && y.size && !str_equal(x, y);
}

/* A noun that points back: "a ofensiva", "this attack", "their meeting". */
static bool is_definite(const Document *document, const Mention *mention)
{
    if (mention->site.part != PART_NOUN)
        return false;
    for (uint32_t i = document->nodes[mention->site.word].child; i != RELATO_NONE; i = document->nodes[i].next)
        if (has_feature(document, i, "Definite=Def") || has_feature(document, i, "PronType=Dem") ||
            has_feature(document, i, "Poss=Yes"))
            return true;
    return false;
}

static bool nobody(const Mention *mention)
{
    return mention->actors.count == 0 && mention->recipients.count == 0;
}

static bool same_anchor(const Document *document, const Mention *a, const Mention *b)
{
    return document->nodes[a->site.word].lemma == document->nodes[b->site.word].lemma;
}

static bool modes_agree(uint32_t a, uint32_t b)
{
    return a == b || a == PLOVER_NO_MODE || b == PLOVER_NO_MODE;
}

/* True if the inner mention's trigger hangs on the outer's, and not beside it. */
static bool hangs_on(const Document *document, const Mention *inner, const Mention *outer)
{
    uint32_t word = inner->site.light != RELATO_NONE ? inner->site.light : inner->site.word;
    uint32_t head = document->nodes[word].head;
    return head != RELATO_NONE && !is_relation(document, word, REL_CONJ) &&
           (head == outer->site.word || head == outer->site.light);
}

/* True if one mention hangs on the other: "iniciaram uma greve para protestar". */
static bool hang_together(const Document *document, const Mention *a, const Mention *b)
{
    return a->sentence == b->sentence && (hangs_on(document, a, b) || hangs_on(document, b, a));
}

/* True if all who take part in one way are taken together: in a meeting all are actors. */
static bool is_mutual(const Eventing *eventing, const Mention *mention)
{
    const Frame *frame = &eventing->lexicon.frames[mention->pattern->frame];
    Choices actor = mention->pattern->actor;
    if (actor.first == RELATO_NONE)
        actor = frame->rows[mention->site.part == PART_VERB ? 0 : mention->site.part == PART_NOUN ? 1 : 2].actor;
    bool joined = actor.first != RELATO_NONE && actor.count > 1 && eventing->lexicon.choices[actor.first + 1].joined;
    return joined || mention->mutual;
}

/* True if the mention tells the event again. */
static bool tells(const Eventing *eventing, const Merged *event, const Mention *mention)
{
    const Document *document = eventing->document;
    const Mention *first = &eventing->mentions.items[event->first];
    bool definite = is_definite(document, mention);
    bool together = hang_together(document, first, mention) ||
                    hang_together(document, &eventing->mentions.items[event->last], mention);
    if (first->type != mention->type || (!together && !modes_agree(event->mode, mention->mode)) ||
        strangers(&event->actors, &mention->actors) || strangers(&event->recipients, &mention->recipients) ||
        (is_attached(event->time_distance) && is_attached(mention->time_distance) &&
         apart_in_time(document, event->time, mention->time)) ||
        (is_attached(event->place_distance) && is_attached(mention->place_distance) &&
         apart_in_space(document, event->place, mention->place)))
        return false;
    if (event->reality != mention->reality && !definite && !together)
        return false;
    if (!nobody(mention) && is_mutual(eventing, first) != is_mutual(eventing, mention) &&
        event->recipients.count + mention->recipients.count > 0)
        return false;
    bool actors = share_party(&event->actors, &mention->actors),
         recipients = share_party(&event->recipients, &mention->recipients);
    if ((actors && recipients) || (together && (actors || recipients)))
        return true;
    if (nobody(mention))
        return definite;
    bool near = mention->sentence - eventing->mentions.items[event->last].sentence <= NEAR_SENTENCES;
    bool open = event->actors.count == 0 || mention->actors.count == 0 || event->recipients.count == 0 ||
                mention->recipients.count == 0;
    bool same = same_anchor(document, first, mention), alike = (uint32_t)mention->mode == event->mode;
    return (actors || recipients) && open && (definite || same || (alike && (near || mention->mode != PLOVER_NO_MODE)));
}

/* ---- joining --------------------------------------------------------------------------------- */

static void join(Merging *merging, uint32_t event, uint32_t mention_index)
{
    Merged *merged = &merging->events.items[event];
    Mention *mention = &merging->eventing->mentions.items[mention_index];
    mention->event = event;
    merged->last = mention_index > merged->last ? mention_index : merged->last;
    merged->mention_count++;
    if (merged->mode == PLOVER_NO_MODE)
        merged->mode = mention->mode;
    if (merged->actors.count == 0)
        merged->actors = mention->actors;
    if (merged->recipients.count == 0)
        merged->recipients = mention->recipients;
    /* What hangs nearest to a trigger counts, wherever in the report. */
    if (mention->place_distance < merged->place_distance) {
        merged->place = mention->place;
        merged->place_distance = mention->place_distance;
    }
    if (mention->time_distance < merged->time_distance) {
        merged->time = mention->time;
        merged->time_distance = mention->time_distance;
    }
    merged->contexts |= mention->contexts;
}

static uint32_t start_event(Merging *merging, uint32_t mention_index)
{
    const Mention *mention = &merging->eventing->mentions.items[mention_index];
    Merged *merged = ARENA_PUSH(merging->eventing->document->arena, &merging->events);
    *merged = (Merged){ .first = mention_index,
                        .last = mention_index,
                        .mode = mention->mode,
                        .reality = mention->reality,
                        .place = RELATO_NONE,
                        .time = RELATO_NONE,
                        .place_distance = UINT32_MAX,
                        .time_distance = UINT32_MAX };
    return (uint32_t)merging->events.count - 1;
}

/* The event that a mention tells again, the latest first; RELATO_NONE. */
static uint32_t event_told(const Merging *merging, const Mention *mention)
{
    size_t tried = 0;
    for (size_t i = merging->events.count; i-- > 0 && tried < MOST_TRIED; tried++)
        if (tells(merging->eventing, &merging->events.items[i], mention))
            return (uint32_t)i;
    return RELATO_NONE;
}

/* A noun with no participants of its own that stands before the event it names, as in a headline. */
static uint32_t event_ahead(const Merging *merging, const Mention *mention)
{
    const Eventing *eventing = merging->eventing;
    for (size_t i = 0; i < merging->events.count && i < MOST_TRIED; i++) {
        const Mention *first = &eventing->mentions.items[merging->events.items[i].first];
        if (first > mention && first->sentence - mention->sentence <= NEAR_SENTENCES && first->type == mention->type &&
            modes_agree(first->mode, mention->mode) && same_anchor(eventing->document, first, mention))
            return (uint32_t)i;
    }
    return RELATO_NONE;
}

static void join_mentions(Merging *merging)
{
    Eventing *eventing = merging->eventing;
    for (uint32_t i = 0; i < eventing->mentions.count; i++) {
        Mention *mention = &eventing->mentions.items[i];
        mention->event = RELATO_NONE;
        uint32_t event = event_told(merging, mention);
        if (event == RELATO_NONE && !nobody(mention))
            event = start_event(merging, i);
        if (event != RELATO_NONE)
            join(merging, event, i);
    }
    for (uint32_t i = 0; i < eventing->mentions.count; i++) {
        uint32_t event = eventing->mentions.items[i].event == RELATO_NONE
                             ? event_ahead(merging, &eventing->mentions.items[i])
                             : RELATO_NONE;
        if (event != RELATO_NONE)
            join(merging, event, i);
    }
}

/* ---- the layer ------------------------------------------------------------------------------------ */

static int by_start(const void *a, const void *b)
{
    const Span *x = a, *y = b;
    return x->start != y->start ? (x->start > y->start) - (x->start < y->start) : (x->end > y->end) - (x->end < y->end);
}

/* The span of a trigger: its anchor with the light verb and bound words near it. */
static Span trigger_span(const Document *document, const Mention *mention)
{
    enum { NEAR = 4 };
    uint32_t first = mention->site.first, last = mention->site.last;
    if (mention->site.light != RELATO_NONE && mention->site.light_class != CLASS_HAPPEN) {
        if (mention->site.light_first < first && first - mention->site.light_last <= NEAR)
            first = mention->site.light_first;
        else if (mention->site.light_last > last && mention->site.light_first - last <= NEAR)
            last = mention->site.light_last;
    }
    for (uint32_t i = 0; i < mention->word_count; i++) {
        uint32_t word = mention->words[i];
        if (word < first && first - word <= NEAR)
            first = word;
        else if (word > last && word - last <= NEAR)
            last = word;
    }
    return (Span){ word_start(document, first), word_end(document, last) };
}

/* The participants of the layer. Somebody without a name and a country of his own
 * is of the country where it happened. */
static const Participant *participants_of(Document *document, const Parties *parties, Str country)
{
    Participant *list = ARENA_ARRAY(document->arena, Participant, parties->count);
    for (size_t i = 0; i < parties->count; i++) {
        const Party *party = &parties->items[i];
        bool foreign = party->entity == RELATO_NONE || document->entities[party->entity].named;
        list[i] = (Participant){ party->entity, party->country, party->sector };
        if (party->country.size == 0 && !foreign)
            list[i].country = country;
    }
    return list;
}

/* The country where a mention of the event says that it happened; empty if none does. */
static Str country_of_event(const Eventing *eventing, uint32_t index, const Merged *merged)
{
    for (uint32_t i = merged->first; i <= merged->last; i++) {
        const Mention *mention = &eventing->mentions.items[i];
        if (mention->event == index && mention->place != RELATO_NONE && is_attached(mention->place_distance))
            return eventing->document->entities[mention->place].country;
    }
    return STR("");
}

/* The figures that measure each event's mentions. */
static void set_quantities(const Eventing *eventing)
{
    Document *document = eventing->document;
    typedef struct Figures {
        uint32_t *items;
        size_t count, capacity;
    } Figures;
    Figures *lists = ARENA_ARRAY(document->arena, Figures, document->event_count);
    for (uint32_t q = 0; q < document->quantity_count; q++) {
        uint32_t event =
            eventing->measured[q] ? eventing->mentions.items[eventing->measured[q] - 1].event : RELATO_NONE;
        if (event != RELATO_NONE)
            *ARENA_PUSH(document->arena, &lists[event]) = q;
    }
    for (size_t i = 0; i < document->event_count; i++) {
        document->events[i].quantities = lists[i].items;
        document->events[i].quantity_count = (uint32_t)lists[i].count;
    }
}

static void set_contexts(Document *document, uint64_t contexts, Event *out)
{
    RelatoString *list = ARENA_ARRAY(document->arena, RelatoString, PLOVER_CONTEXT_COUNT);
    for (size_t i = 0; i < PLOVER_CONTEXT_COUNT; i++)
        if (contexts >> i & 1)
            list[out->context_count++] = str_of(plover_context_name(i));
    out->contexts = list;
}

/* An attack on a place takes place there, if nothing else is told. */
static uint32_t place_of_event(const Document *document, uint8_t type, const Merged *merged)
{
    bool there = type == RELATO_ASSAULT || type == RELATO_COERCE || type == RELATO_PROTEST;
    if (merged->place != RELATO_NONE || !there)
        return merged->place;
    for (size_t i = 0; i < merged->recipients.count; i++) {
        uint32_t entity = merged->recipients.items[i].entity;
        if (entity != RELATO_NONE && document->entities[entity].type == RELATO_PLACE)
            return entity;
    }
    return RELATO_NONE;
}

static void write_event(Merging *merging, uint32_t index, Span *triggers)
{
    const Eventing *eventing = merging->eventing;
    Document *document = eventing->document;
    const Merged *merged = &merging->events.items[index];
    Event *event = &document->events[index];
    uint8_t type = eventing->mentions.items[merged->first].type;
    Str country = country_of_event(eventing, index, merged);
    *event = (Event){ .type = (RelatoEventType)type,
                      .mode = plover_mode_name(type, (uint8_t)merged->mode),
                      .reality = (RelatoReality)merged->reality,
                      .triggers = triggers,
                      .actors = participants_of(document, &merged->actors, country),
                      .recipients = participants_of(document, &merged->recipients, country),
                      .actor_count = (uint32_t)merged->actors.count,
                      .recipient_count = (uint32_t)merged->recipients.count,
                      .place = place_of_event(document, type, merged),
                      .time = merged->time };
    for (uint32_t i = merged->first; i <= merged->last; i++)
        if (eventing->mentions.items[i].event == index)
            triggers[event->trigger_count++] = trigger_span(document, &eventing->mentions.items[i]);
    qsort(triggers, event->trigger_count, sizeof *triggers, by_start);
    set_contexts(document, merged->contexts, event);
}

void merge_mentions(Eventing *eventing)
{
    Merging merging = { .eventing = eventing };
    Document *document = eventing->document;
    join_mentions(&merging);
    document->event_count = merging.events.count;
    document->events = ARENA_ARRAY(document->arena, Event, merging.events.count);
    Span *triggers = ARENA_ARRAY(document->arena, Span, eventing->mentions.count);
    for (uint32_t i = 0; i < merging.events.count; i++) {
        write_event(&merging, i, triggers);
        triggers += merging.events.items[i].mention_count;
    }
    set_quantities(eventing);
}
