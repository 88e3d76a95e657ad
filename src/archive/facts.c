/* The facts of events, from a report that has been read. */
#include "archive/facts.h"

#include <math.h>
#include <stdlib.h>

#include "archive/hash.h"
#include "core/date.h"

/* How far back and ahead an event without a date may lie from its report. */
enum { DAYS_BACK = 30, DAYS_AHEAD = 30 };

/* Days; what is told less exactly is not dated. */
enum { LONGEST_DATE = 62 };

static void copy_code(char code[4], Str s)
{
    memset(code, 0, 4);
    memcpy(code, s.at ? s.at : "", s.size < 3 ? s.size : 3);
}

/* ---- sets of hashes ------------------------------------------------------------- */

static int by_value_64(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static int by_value_32(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* Adds a value to a set of at most `most`, first come first kept; returns the new count. */
static size_t add_name(uint64_t *set, size_t count, size_t most, uint64_t value)
{
    for (size_t i = 0; i < count; i++)
        if (set[i] == value)
            return count;
    if (count < most)
        set[count++] = value;
    return count;
}

/* ---- the report -------------------------------------------------------------------- */

static bool tells(const Identity *identity)
{
    return identity->reach >= IDENTITY_PLACE;
}

static int32_t published_day(const Document *document)
{
    Date date;
    return date_parse(document->meta.published, &date) ? (int32_t)date_to_days(date) : INT32_MIN;
}

ReportFacts report_facts(Arena *arena, const Document *document, const NameKeys *keys, const Gazetteer *gazetteer)
{
    Identity *identities = ARENA_ARRAY(arena, Identity, document->entity_count);
    ReportFacts report = {
        .document = document, .gazetteer = gazetteer, .identities = identities, .published = published_day(document)
    };
    for (size_t i = 0; i < document->entity_count; i++) {
        identities[i] = identity_of(arena, keys, &document->entities[i]);
        if (tells(&identities[i]))
            report.around_count =
                add_name(report.around, report.around_count, FACTS_AROUND, hash_str(identities[i].key));
    }
    qsort(report.around, report.around_count, sizeof *report.around, by_value_64);
    return report;
}

/* ---- when --------------------------------------------------------------------------- */

/* True if other events have the same time: a sentence tells several, and when one of them was. */
static bool is_shared(const Document *document, const Event *event)
{
    size_t count = 0;
    for (size_t i = 0; i < document->event_count; i++)
        count += document->events[i].time == event->time;
    return count > 1;
}

static void add_dates(EventFacts *facts, const ReportFacts *report, const Event *event)
{
    Date from = { 0 }, to = { 0 };
    facts->published = report->published;
    if (event->time != RELATO_NONE) {
        const Time *time = &report->document->times[event->time];
        facts->dated = date_parse(time->from, &from) && date_parse(time->to, &to);
    }
    if (facts->dated) {
        facts->from = (int32_t)date_to_days(from);
        facts->to = (int32_t)date_to_days(to);
        /* A year is no date, and what has happened did not happen after its report. */
        bool late = report->published != INT32_MIN && facts->from > report->published + 1;
        facts->dated = facts->to - facts->from <= LONGEST_DATE && !(late && event->reality == RELATO_ACTUAL);
        bool fresh = report->published != INT32_MIN && facts->to >= report->published - 1;
        facts->sure = facts->dated && !fresh && !is_shared(report->document, event);
    }
    if (facts->dated)
        return;
    if (report->published == INT32_MIN) {
        facts->from = facts->to = INT32_MIN;
    } else {
        bool ahead = event->reality == RELATO_PLANNED || event->reality == RELATO_POSSIBLE;
        facts->from = report->published - (ahead ? 0 : DAYS_BACK);
        facts->to = report->published + (ahead ? DAYS_AHEAD : 0);
    }
}

/* ---- where -------------------------------------------------------------------------- */

/* What kind of place it is, from the gazetteer's places of its name. */
static bool is_division(Arena *arena, const Gazetteer *gazetteer, const Entity *entity)
{
    GazetteerFound found = gazetteer_find(gazetteer, arena, entity->name);
    for (size_t i = 0; i < found.count; i++) {
        const GazetteerPlace *place = gazetteer_place(found, i, NULL);
        if (place && place->point.geonames == entity->geonames)
            return place->kind == PLACE_DIVISION;
    }
    return false;
}

/* Where the event was: an attack on a town was in that town. */
static uint32_t place_of(const ReportFacts *report, const Event *event)
{
    for (size_t i = 0; i < event->recipient_count && event->place == RELATO_NONE; i++) {
        uint32_t entity = event->recipients[i].entity;
        if (entity != RELATO_NONE && report->identities[entity].reach == IDENTITY_PLACE)
            return entity;
    }
    return event->place;
}

static void add_place(Arena *arena, EventFacts *facts, const ReportFacts *report, const Event *event)
{
    uint32_t place = place_of(report, event);
    if (place == RELATO_NONE)
        return;
    const Entity *entity = &report->document->entities[place];
    const Identity *identity = &report->identities[place];
    copy_code(facts->place_country, entity->country);
    facts->place = identity->key.size ? hash_str(identity->key) : 0;
    facts->place_is_country = identity->reach == IDENTITY_BROAD;
    facts->place_is_division = entity->geonames && is_division(arena, report->gazetteer, entity);
    facts->point.known = entity->located;
    facts->point.latitude = (int32_t)lround(entity->latitude * 1e5);
    facts->point.longitude = (int32_t)lround(entity->longitude * 1e5);
}

/* ---- who ---------------------------------------------------------------------------- */

/* What the entity behind a participant adds. */
static void add_entity(FactsParticipant *made, const Entity *entity, const Identity *identity)
{
    made->key = identity->key.size ? hash_str(identity->key) : 0;
    if (identity->reach == IDENTITY_BROAD && entity->type == RELATO_PLACE)
        made->flags |= PARTICIPANT_COUNTRY;
    if (tells(identity))
        made->flags |= PARTICIPANT_SPECIFIC;
    if (entity->type == RELATO_PERSON)
        made->flags |= PARTICIPANT_PERSON;
    if (entity->type == RELATO_GROUP)
        made->flags |= PARTICIPANT_GROUP;
}

/* A participant without an entity is told by its country alone ("the Russian attack"). */
static void add_participants(EventFacts *facts, const ReportFacts *report, const RelatoParticipant *participants,
                             size_t count, uint8_t flags)
{
    for (size_t i = 0; i < count && facts->participant_count < FACTS_PARTICIPANTS; i++) {
        uint32_t entity = participants[i].entity;
        FactsParticipant *made = &facts->participants[facts->participant_count++];
        made->flags = flags;
        copy_code(made->country, participants[i].country);
        copy_code(made->sector, participants[i].sector);
        if (entity != RELATO_NONE) {
            add_entity(made, &report->document->entities[entity], &report->identities[entity]);
        } else {
            made->key = hash_str(participants[i].country);
            made->flags |= PARTICIPANT_COUNTRY;
        }
    }
}

static void add_figures(EventFacts *facts, const ReportFacts *report, const Event *event)
{
    for (size_t i = 0; i < event->quantity_count && facts->figure_count < FACTS_FIGURES; i++) {
        const Quantity *quantity = &report->document->quantities[event->quantities[i]];
        facts->figures[facts->figure_count++] = (FactsFigure){ .value = quantity->value,
                                                               .high = quantity->high,
                                                               .counts = (uint8_t)quantity->counts,
                                                               .bound = (uint8_t)quantity->bound };
    }
}

/* ---- in which words -------------------------------------------------------------------- */

static void add_sentence_names(EventFacts *facts, const ReportFacts *report, const Sentence *sentence)
{
    const Document *document = report->document;
    size_t count = facts->name_count;
    for (size_t i = 0; i < document->entity_count; i++) {
        const Entity *entity = &document->entities[i];
        bool inside = false;
        for (uint32_t m = 0; m < entity->mention_count && !inside; m++)
            inside = entity->mentions[m].start >= sentence->start && entity->mentions[m].end <= sentence->end;
        if (inside && tells(&report->identities[i]))
            count = add_name(facts->names, count, FACTS_NAMES, hash_str(report->identities[i].key));
    }
    facts->name_count = (uint8_t)count;
}

/* Content words by their lemmas; names are told by the entities. */
static void add_sentence_words(EventFacts *facts, const Document *document, const Sentence *sentence)
{
    for (uint32_t i = 0; i < sentence->word_count && facts->word_count < FACTS_WORDS; i++) {
        const Word *word = &document->words[sentence->first_word + i];
        if (word->upos != UPOS_NOUN && word->upos != UPOS_VERB && word->upos != UPOS_ADJ && word->upos != UPOS_NUM)
            continue;
        uint32_t hash = str_hash(word->lemma.size ? word->lemma : word->form) ^ facts->language;
        bool there = false;
        for (size_t k = 0; k < facts->word_count && !there; k++)
            there = facts->words[k] == hash;
        if (!there)
            facts->words[facts->word_count++] = hash;
    }
}

/* The sentence that holds the byte; NULL if there is none. */
static const Sentence *sentence_at(const Document *document, uint32_t byte)
{
    for (size_t i = 0; i < document->sentence_count; i++)
        if (byte < document->sentences[i].end)
            return &document->sentences[i];
    return NULL;
}

/* The lemma of the word at the byte, folded; 0 if the reading has no words. */
static uint32_t lemma_at(const Document *document, uint32_t byte)
{
    size_t token = document->token_count ? document_token_at(document, byte) : 0;
    if (token >= document->token_count || !document->tokens[token].word_count)
        return 0;
    return str_hash(document->words[document->tokens[token].first_word].lemma);
}

static void add_words(EventFacts *facts, const ReportFacts *report, const Event *event)
{
    const Document *document = report->document;
    const Sentence *last = NULL;
    facts->trigger = event->trigger_count ? lemma_at(document, event->triggers[0].start) : 0;
    for (uint32_t i = 0; i < event->trigger_count; i++) {
        const Sentence *sentence = sentence_at(document, event->triggers[i].start);
        if (!sentence || sentence == last)
            continue;
        last = sentence;
        add_sentence_names(facts, report, sentence);
        if (document->word_count)
            add_sentence_words(facts, document, sentence);
    }
    qsort(facts->names, facts->name_count, sizeof *facts->names, by_value_64);
    qsort(facts->words, facts->word_count, sizeof *facts->words, by_value_32);
}

EventFacts event_facts(Arena *arena, const ReportFacts *report, size_t index)
{
    const Event *event = &report->document->events[index];
    EventFacts facts = { .type = (uint8_t)event->type,
                         .reality = (uint8_t)event->reality,
                         .mode = event->mode.size ? str_hash(event->mode) : 0,
                         .language = str_hash(report->document->meta.language) };
    add_dates(&facts, report, event);
    add_place(arena, &facts, report, event);
    add_participants(&facts, report, event->actors, event->actor_count, 0);
    add_participants(&facts, report, event->recipients, event->recipient_count, PARTICIPANT_RECIPIENT);
    add_figures(&facts, report, event);
    add_words(&facts, report, event);
    memcpy(facts.around, report->around, sizeof facts.around);
    facts.around_count = (uint8_t)report->around_count;
    return facts;
}

int facts_tier(const EventFacts *facts)
{
    int told = facts->dated + facts->sure + (facts->place && !facts->place_is_country) +
               (facts->participant_count > 0) + (facts->figure_count > 0) + (facts->reality == RELATO_ACTUAL);
    return told >= 4 ? 0 : told >= 2 ? 1 : 2;
}

/* ---- in stored bytes ------------------------------------------------------------------------ */

enum { FACTS_FORMAT = 1, HEAD_BYTES = 46, COUNT_BYTES = 4, PARTICIPANT_BYTES = 15, FIGURE_BYTES = 18 };

static uint64_t double_bits(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static double bits_double(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* Bytes of the lists behind an event's head and counts. */
static size_t lists_size(const EventFacts *facts)
{
    return PARTICIPANT_BYTES * (size_t)facts->participant_count + FIGURE_BYTES * (size_t)facts->figure_count +
           8 * (size_t)facts->name_count + 4 * (size_t)facts->word_count;
}

static unsigned char *put_code(unsigned char *at, const char code[4])
{
    memcpy(at, code, 3);
    return at + 3;
}

static unsigned char *put_head(unsigned char *at, const EventFacts *facts)
{
    at = hash_put(at, facts->type, 1);
    at = hash_put(at, facts->reality, 1);
    at = hash_put(at,
                  (uint64_t)facts->dated | (uint64_t)facts->place_is_country << 1 |
                      (uint64_t)facts->place_is_division << 2 | (uint64_t)facts->point.known << 3 |
                      (uint64_t)facts->sure << 4,
                  1);
    at = hash_put(at, facts->mode, 4);
    at = hash_put(at, facts->language, 4);
    at = hash_put(at, facts->trigger, 4);
    at = hash_put(at, (uint32_t)facts->published, 4);
    at = hash_put(at, (uint32_t)facts->from, 4);
    at = hash_put(at, (uint32_t)facts->to, 4);
    at = hash_put(at, facts->place, 8);
    at = hash_put(at, (uint32_t)facts->point.latitude, 4);
    at = hash_put(at, (uint32_t)facts->point.longitude, 4);
    at = put_code(at, facts->place_country);
    at = hash_put(at, facts->participant_count, 1);
    at = hash_put(at, facts->figure_count, 1);
    at = hash_put(at, facts->name_count, 1);
    return hash_put(at, facts->word_count, 1);
}

static unsigned char *put_lists(unsigned char *at, const EventFacts *facts)
{
    for (size_t i = 0; i < facts->participant_count; i++) {
        const FactsParticipant *participant = &facts->participants[i];
        at = hash_put(at, participant->key, 8);
        at = put_code(put_code(at, participant->country), participant->sector);
        at = hash_put(at, participant->flags, 1);
    }
    for (size_t i = 0; i < facts->figure_count; i++) {
        at = hash_put(at, double_bits(facts->figures[i].value), 8);
        at = hash_put(at, double_bits(facts->figures[i].high), 8);
        at = hash_put(at, facts->figures[i].counts, 1);
        at = hash_put(at, facts->figures[i].bound, 1);
    }
    for (size_t i = 0; i < facts->name_count; i++)
        at = hash_put(at, facts->names[i], 8);
    for (size_t i = 0; i < facts->word_count; i++)
        at = hash_put(at, facts->words[i], 4);
    return at;
}

void facts_write(const EventFacts *facts, size_t count, const ReportFacts *report, Buffer *buffer)
{
    size_t size = 4 + 8 * report->around_count + (HEAD_BYTES + COUNT_BYTES) * count;
    for (size_t i = 0; i < count; i++)
        size += lists_size(&facts[i]);
    unsigned char *at = (unsigned char *)buffer_reserve(buffer, size);
    if (!at)
        return;
    at = hash_put(at, FACTS_FORMAT, 1);
    at = hash_put(at, report->around_count, 1);
    at = hash_put(at, count, 2);
    for (size_t i = 0; i < report->around_count; i++)
        at = hash_put(at, report->around[i], 8);
    for (size_t i = 0; i < count; i++)
        at = put_lists(put_head(at, &facts[i]), &facts[i]);
    buffer->size += size;
}

static const unsigned char *get_code(const unsigned char *at, char code[4])
{
    memcpy(code, at, 3);
    code[3] = '\0';
    return at + 3;
}

static const unsigned char *get_head(const unsigned char *at, EventFacts *facts)
{
    facts->type = (uint8_t)hash_get(&at, 1);
    facts->reality = (uint8_t)hash_get(&at, 1);
    uint64_t bits = hash_get(&at, 1);
    facts->dated = bits & 1;
    facts->place_is_country = bits >> 1 & 1;
    facts->place_is_division = bits >> 2 & 1;
    facts->point.known = (uint32_t)(bits >> 3 & 1);
    facts->sure = bits >> 4 & 1;
    facts->mode = (uint32_t)hash_get(&at, 4);
    facts->language = (uint32_t)hash_get(&at, 4);
    facts->trigger = (uint32_t)hash_get(&at, 4);
    facts->published = (int32_t)(uint32_t)hash_get(&at, 4);
    facts->from = (int32_t)(uint32_t)hash_get(&at, 4);
    facts->to = (int32_t)(uint32_t)hash_get(&at, 4);
    facts->place = hash_get(&at, 8);
    facts->point.latitude = (int32_t)(uint32_t)hash_get(&at, 4);
    facts->point.longitude = (int32_t)(uint32_t)hash_get(&at, 4);
    at = get_code(at, facts->place_country);
    facts->participant_count = (uint8_t)hash_get(&at, 1);
    facts->figure_count = (uint8_t)hash_get(&at, 1);
    facts->name_count = (uint8_t)hash_get(&at, 1);
    facts->word_count = (uint8_t)hash_get(&at, 1);
    return at;
}

static const unsigned char *get_lists(const unsigned char *at, EventFacts *facts)
{
    for (size_t i = 0; i < facts->participant_count; i++) {
        FactsParticipant *participant = &facts->participants[i];
        participant->key = hash_get(&at, 8);
        at = get_code(get_code(at, participant->country), participant->sector);
        participant->flags = (uint8_t)hash_get(&at, 1);
    }
    for (size_t i = 0; i < facts->figure_count; i++) {
        facts->figures[i].value = bits_double(hash_get(&at, 8));
        facts->figures[i].high = bits_double(hash_get(&at, 8));
        facts->figures[i].counts = (uint8_t)hash_get(&at, 1);
        facts->figures[i].bound = (uint8_t)hash_get(&at, 1);
    }
    for (size_t i = 0; i < facts->name_count; i++)
        facts->names[i] = hash_get(&at, 8);
    for (size_t i = 0; i < facts->word_count; i++)
        facts->words[i] = (uint32_t)hash_get(&at, 4);
    return at;
}

/* Reads one event and moves *at behind it; false if it does not end before `end`. */
static bool get_event(const unsigned char **at, const unsigned char *end, EventFacts *facts)
{
    if ((size_t)(end - *at) < HEAD_BYTES + COUNT_BYTES)
        return false;
    *at = get_head(*at, facts);
    if (facts->participant_count > FACTS_PARTICIPANTS || facts->figure_count > FACTS_FIGURES ||
        facts->name_count > FACTS_NAMES || facts->word_count > FACTS_WORDS || (size_t)(end - *at) < lists_size(facts))
        return false;
    *at = get_lists(*at, facts);
    return true;
}

bool facts_read(StoredFacts *stored, Arena *arena, Str bytes)
{
    const unsigned char *at = (const unsigned char *)bytes.at, *end = at + bytes.size;
    memset(stored, 0, sizeof *stored);
    if (bytes.size < 4 || hash_get(&at, 1) != FACTS_FORMAT)
        return false;
    stored->around_count = (size_t)hash_get(&at, 1);
    stored->event_count = (size_t)hash_get(&at, 2);
    if (stored->around_count > FACTS_AROUND || (size_t)(end - at) < 8 * stored->around_count)
        return false;
    for (size_t i = 0; i < stored->around_count; i++)
        stored->around[i] = hash_get(&at, 8);
    stored->events = ARENA_ARRAY(arena, EventFacts, stored->event_count);
    for (size_t i = 0; i < stored->event_count; i++) {
        EventFacts *facts = &stored->events[i];
        if (!get_event(&at, end, facts))
            return false;
        memcpy(facts->around, stored->around, sizeof facts->around);
        facts->around_count = (uint8_t)stored->around_count;
    }
    return at == end;
}
