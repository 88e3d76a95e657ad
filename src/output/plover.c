#include "output/plover.h"

#include "event/plover.h"
#include "output/json_writer.h"
#include "output/output.h"

/* ---- what PLOVER makes of a reality ------------------------------------------------ */

/* The type of a planned act; the same where PLOVER leaves it. */
static uint8_t planned_type(uint8_t type)
{
    switch (type) {
    case RELATO_CONSULT:
    case RELATO_SUPPORT:
    case RELATO_COOPERATE:
    case RELATO_AID:
        return RELATO_AGREE;
    case RELATO_RETREAT:
        return RELATO_CONCEDE;
    case RELATO_ASSAULT:
    case RELATO_COERCE:
    case RELATO_SANCTION:
    case RELATO_MOBILIZE:
        return RELATO_THREATEN;
    default:
        return type;
    }
}

/* The mode of a threat to do such a thing: its content. */
static uint8_t threat_mode(uint8_t type, Str mode)
{
    static const struct {
        const char *mode, *threat;
    } modes[] = {
        { "restrict", "restrict" }, { "curfew", "restrict" },    { "arrest", "arrest" },         { "deport", "expel" },
        { "expel", "expel" },       { "withdraw", "relations" }, { "discontinue", "relations" },
    };
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        if (str_equal(mode, str_of(modes[i].mode)))
            return plover_mode(RELATO_THREATEN, str_of(modes[i].threat));
    return type == RELATO_ASSAULT ? plover_mode(RELATO_THREATEN, STR("violence")) : PLOVER_NO_MODE;
}

void plover_set_type(PloverRecord *record, const Event *event)
{
    uint8_t type = (uint8_t)event->type;
    record->type = event->reality == RELATO_PLANNED ? planned_type(type) : type;
    record->mode = plover_mode(type, event->mode);
    if (record->type != type)
        record->mode = record->type == RELATO_THREATEN ? threat_mode(type, event->mode) : PLOVER_NO_MODE;
}

/* ---- from a reading ------------------------------------------------------------------ */

static size_t sentence_of(const Document *document, Span span)
{
    return document_sentence_of(document, document_token_at(document, span.start));
}

static bool is_demand(const Event *event)
{
    return event->type == RELATO_REQUEST || event->type == RELATO_THREATEN;
}

/* For each sentence how many triggers of demands and threats it holds. */
static uint32_t *count_demands(const Document *document)
{
    uint32_t *demands = ARENA_ARRAY(document->arena, uint32_t, document->sentence_count);
    for (size_t i = 0; i < document->event_count; i++)
        for (uint32_t t = 0; is_demand(&document->events[i]) && t < document->events[i].trigger_count; t++)
            demands[sentence_of(document, document->events[i].triggers[t])]++;
    return demands;
}

/* True if a demand or threat in the sentence of its first trigger tells of the act. */
static bool is_told_by_demand(const Document *document, const Event *event, const uint32_t *demands)
{
    return !is_demand(event) && demands[sentence_of(document, event->triggers[0])] > 0;
}

static const PloverActor *actors_of(const Document *document, const Participant *participants, size_t count)
{
    PloverActor *actors = ARENA_ARRAY(document->arena, PloverActor, count);
    for (size_t i = 0; i < count; i++) {
        actors[i] = (PloverActor){ .country = participants[i].country, .sector = participants[i].sector };
        if (participants[i].entity != RELATO_NONE) {
            actors[i].name = document->entities[participants[i].entity].name;
            actors[i].known = document->entities[participants[i].entity].known;
        }
    }
    return actors;
}

static void set_date(PloverRecord *record, const Document *document, const Event *event)
{
    Str published = document->meta.published;
    record->published = str_slice(published, 0, published.size < 10 ? published.size : 10);
    record->date = record->published;
    if (event->time == RELATO_NONE || document->times[event->time].from.size == 0)
        return;
    const Time *time = &document->times[event->time];
    record->date = time->from;
    if (!str_equal(time->from, time->to))
        record->end_date = time->to;
}

static void set_place(PloverRecord *record, const Document *document, const Event *event)
{
    if (event->place == RELATO_NONE)
        return;
    const Entity *place = &document->entities[event->place];
    record->place = place->name;
    record->place_country = place->country;
    record->located = place->located;
    record->latitude = place->latitude;
    record->longitude = place->longitude;
    record->geonames = place->geonames;
}

/* The highest of each kind of figure, as several may stand in a report. */
static void set_figures(PloverRecord *record, const Document *document, const Event *event)
{
    for (uint32_t i = 0; i < event->quantity_count; i++) {
        const Quantity *quantity = &document->quantities[event->quantities[i]];
        PloverFigure *figure = quantity->counts == RELATO_KILLED         ? &record->dead
                               : quantity->counts == RELATO_INJURED      ? &record->injured
                               : quantity->counts == RELATO_DETAINED     ? &record->detained
                               : quantity->counts == RELATO_PARTICIPANTS ? &record->participants
                                                                         : NULL;
        if (figure && (!figure->known || quantity->value > figure->value))
            *figure = (PloverFigure){ quantity->value, true };
    }
}

static void set_contexts(PloverRecord *record, const Document *document, const Event *event)
{
    Str *contexts = ARENA_ARRAY(document->arena, Str, event->context_count + 1);
    size_t count = 0;
    for (uint32_t i = 0; i < event->context_count; i++)
        contexts[count++] = event->contexts[i];
    if (event->reality == RELATO_POSSIBLE)
        contexts[count++] = STR("hypothetical");
    else if (event->reality == RELATO_PLANNED && record->type == (uint8_t)event->type)
        contexts[count++] = STR("future");
    record->contexts = contexts;
    record->context_count = count;
}

static void fill(PloverRecord *record, const Document *document, size_t index)
{
    const Event *event = &document->events[index];
    Span trigger = event->triggers[0];
    size_t sentence = sentence_of(document, trigger);
    *record = (PloverRecord){ .story = document->id,
                              .title = document->meta.title,
                              .url = document->meta.url,
                              .outlet = document->meta.outlet,
                              .language = document->meta.language };
    /* Half of the digest tells a billion reports apart. */
    record->id = str_format(document->arena, "%.16s-V%zu", document->id.at, index + 1);
    record->actors = actors_of(document, event->actors, event->actor_count);
    record->recipients = actors_of(document, event->recipients, event->recipient_count);
    record->actor_count = event->actor_count;
    record->recipient_count = event->recipient_count;
    record->trigger = span_str(document, trigger);
    record->sentence =
        span_str(document, (Span){ document->sentences[sentence].start, document->sentences[sentence].end });
    record->sentence_number = sentence + 1;
    record->start = document_code_point(document, trigger.start);
    record->end = document_code_point(document, trigger.end);
    plover_set_type(record, event);
    set_date(record, document, event);
    set_place(record, document, event);
    set_figures(record, document, event);
    set_contexts(record, document, event);
}

PloverRecord *plover_records(const Document *document, size_t *count)
{
    PloverRecord *records = ARENA_ARRAY(document->arena, PloverRecord, document->event_count);
    const uint32_t *demands = count_demands(document);
    *count = 0;
    for (size_t i = 0; i < document->event_count; i++) {
        const Event *event = &document->events[i];
        if (event->reality == RELATO_NEGATED ||
            (event->reality == RELATO_POSSIBLE && is_told_by_demand(document, event, demands)))
            continue;
        fill(&records[(*count)++], document, i);
    }
    return records;
}

/* ---- JSON ------------------------------------------------------------------------------- */

static void write_actors(JsonWriter *writer, const char *name, const PloverActor *actors, size_t count)
{
    json_name(writer, name);
    json_open(writer, '[');
    for (size_t i = 0; i < count; i++) {
        json_open(writer, '{');
        json_known(writer, "code", actors[i].country);
        json_known(writer, "sector", actors[i].sector);
        json_known(writer, "entity_text", actors[i].name);
        json_known(writer, "identifier_id", actors[i].known);
        json_close(writer, '}');
    }
    json_close(writer, ']');
}

/* PLOVER has lists where mostly one value stands. */
static void write_list(JsonWriter *writer, const char *name, const Str *values, size_t count)
{
    json_name(writer, name);
    json_open(writer, '[');
    for (size_t i = 0; i < count; i++)
        if (values[i].size)
            json_string(writer, values[i]);
    json_close(writer, ']');
}

static void write_location(JsonWriter *writer, const PloverRecord *record)
{
    if (record->place.size == 0)
        return;
    json_name(writer, "event_loc");
    json_open(writer, '{');
    json_member(writer, "extracted_place", record->place);
    json_known(writer, "country_code", record->place_country);
    if (record->located) {
        json_name(writer, "lat");
        json_number(writer, record->latitude);
        json_name(writer, "lon");
        json_number(writer, record->longitude);
    }
    if (record->geonames) {
        json_name(writer, "geonameid");
        json_integer(writer, record->geonames);
    }
    json_close(writer, '}');
}

static void write_figure(JsonWriter *writer, const char *name, PloverFigure figure)
{
    if (!figure.known)
        return;
    json_name(writer, name);
    json_number(writer, figure.value);
}

static void write_size(JsonWriter *writer, const PloverRecord *record)
{
    if (!record->dead.known && !record->injured.known && !record->detained.known && !record->participants.known)
        return;
    json_name(writer, "size");
    json_open(writer, '{');
    write_figure(writer, "dead", record->dead);
    write_figure(writer, "injured", record->injured);
    write_figure(writer, "arrested", record->detained);
    write_figure(writer, "participants", record->participants);
    json_close(writer, '}');
}

static void write_source(JsonWriter *writer, const PloverRecord *record)
{
    json_member(writer, "text", record->sentence);
    json_name(writer, "text_info");
    json_open(writer, '{');
    json_name(writer, "sequence");
    json_integer(writer, record->sentence_number);
    json_name(writer, "start");
    json_integer(writer, record->start);
    json_name(writer, "end");
    json_integer(writer, record->end);
    json_close(writer, '}');
    json_name(writer, "cite_info");
    json_open(writer, '{');
    json_member(writer, "citation", record->story);
    json_known(writer, "title", record->title);
    json_known(writer, "url", record->url);
    json_known(writer, "publication", record->outlet);
    json_known(writer, "date", record->published);
    json_known(writer, "language", record->language);
    json_close(writer, '}');
    json_member(writer, "coder", STR("relato " RELATO_VERSION));
}

void plover_json(Buffer *out, const PloverRecord *record)
{
    JsonWriter writer = { .out = out };
    Str type = str_of(relato_event_type_name((RelatoEventType)record->type)),
        mode = plover_mode_name(record->type, record->mode);
    json_open(&writer, '{');
    json_member(&writer, "id", record->id);
    json_member(&writer, "date", record->date);
    json_known(&writer, "enddate", record->end_date);
    write_actors(&writer, "actor", record->actors, record->actor_count);
    write_actors(&writer, "recipient", record->recipients, record->recipient_count);
    write_list(&writer, "event", &type, 1);
    write_list(&writer, "mode", &mode, 1);
    write_list(&writer, "context", record->contexts, record->context_count);
    write_location(&writer, record);
    write_list(&writer, "event_text", &record->trigger, 1);
    json_name(&writer, "quad_code");
    json_integer(&writer, (size_t)plover_quad(record->type));
    json_name(&writer, "event_scale");
    json_number(&writer, plover_score(record->type, record->mode));
    json_member(&writer, "cameo_root", str_of(plover_cameo_root(record->type, record->mode)));
    write_size(&writer, record);
    write_source(&writer, record);
    json_close(&writer, '}');
    buffer_byte(out, '\n');
}

/* ---- CSV ---------------------------------------------------------------------------------- */

static const char columns[] =
    "Event ID,Event Date,End Date,Event Type,Event Mode,CAMEO Root,Intensity,Quad Code,Contexts,Actor Name,Actor "
    "Country,"
    "Actor Sectors,Recipient Name,Recipient Country,Recipient Sectors,Placename,Country,Latitude,Longitude,GeoNames ID,"
    "Killed,Injured,Detained,Participants,Event Text,Sentence,Sentence Number,Story ID,Headline,Source,Publication "
    "Date,"
    "URL,Language\n";

void plover_csv_header(Buffer *out)
{
    buffer_add(out, str_of(columns));
}

/* The bytes of a cell, with quotation marks doubled. */
static void add_quoted(Buffer *out, Str value)
{
    for (size_t i = 0; i < value.size; i++) {
        if (value.at[i] == '"')
            buffer_byte(out, '"');
        buffer_byte(out, value.at[i]);
    }
}

static void add_cell(Buffer *out, Str value)
{
    bool plain = true;
    for (size_t i = 0; i < value.size; i++)
        plain &= value.at[i] != '"' && value.at[i] != ',' && value.at[i] != '\n' && value.at[i] != '\r';
    if (plain) {
        buffer_add(out, value);
    } else {
        buffer_byte(out, '"');
        add_quoted(out, value);
        buffer_byte(out, '"');
    }
    buffer_byte(out, ',');
}

static void add_number(Buffer *out, double value, bool known)
{
    if (known)
        buffer_format(out, "%.10g", value);
    buffer_byte(out, ',');
}

typedef enum ActorPart { ACTOR_NAME, ACTOR_COUNTRY, ACTOR_SECTOR } ActorPart;

/* One part of all actors, parted by "; " (which needs no quoting, names may). */
static void add_actors(Buffer *out, const PloverActor *actors, size_t count, ActorPart part)
{
    buffer_byte(out, '"');
    for (size_t i = 0; i < count; i++) {
        if (i)
            buffer_add(out, STR("; "));
        add_quoted(out, part == ACTOR_NAME      ? actors[i].name
                        : part == ACTOR_COUNTRY ? actors[i].country
                                                : actors[i].sector);
    }
    buffer_add(out, STR("\","));
}

static void add_all_actors(Buffer *out, const PloverActor *actors, size_t count)
{
    add_actors(out, actors, count, ACTOR_NAME);
    add_actors(out, actors, count, ACTOR_COUNTRY);
    add_actors(out, actors, count, ACTOR_SECTOR);
}

static void add_place(Buffer *out, const PloverRecord *record)
{
    add_cell(out, record->place);
    add_cell(out, record->place_country);
    add_number(out, record->latitude, record->located);
    add_number(out, record->longitude, record->located);
    add_number(out, record->geonames, record->geonames != 0);
}

static void add_source(Buffer *out, const PloverRecord *record)
{
    add_cell(out, record->trigger);
    add_cell(out, record->sentence);
    add_number(out, (double)record->sentence_number, true);
    add_cell(out, record->story);
    add_cell(out, record->title);
    add_cell(out, record->outlet);
    add_cell(out, record->published);
    add_cell(out, record->url);
    buffer_add(out, record->language);
    buffer_byte(out, '\n');
}

void plover_csv(Buffer *out, const PloverRecord *record)
{
    add_cell(out, record->id);
    add_cell(out, record->date);
    add_cell(out, record->end_date);
    add_cell(out, str_of(relato_event_type_name((RelatoEventType)record->type)));
    add_cell(out, plover_mode_name(record->type, record->mode));
    add_cell(out, str_of(plover_cameo_root(record->type, record->mode)));
    add_number(out, plover_score(record->type, record->mode), true);
    add_number(out, plover_quad(record->type), true);
    buffer_byte(out, '"');
    for (size_t i = 0; i < record->context_count; i++) {
        buffer_add(out, i ? STR("; ") : STR(""));
        buffer_add(out, record->contexts[i]);
    }
    buffer_add(out, STR("\","));
    add_all_actors(out, record->actors, record->actor_count);
    add_all_actors(out, record->recipients, record->recipient_count);
    add_place(out, record);
    add_number(out, record->dead.value, record->dead.known);
    add_number(out, record->injured.value, record->injured.known);
    add_number(out, record->detained.value, record->detained.known);
    add_number(out, record->participants.value, record->participants.known);
    add_source(out, record);
}

/* ---- a reading -------------------------------------------------------------------------------- */

static void write_records(Buffer *out, const Document *document, void (*write)(Buffer *, const PloverRecord *))
{
    size_t count;
    const PloverRecord *records = plover_records(document, &count);
    for (size_t i = 0; i < count; i++)
        write(out, &records[i]);
}

void output_plover(Buffer *out, const Document *document)
{
    write_records(out, document, plover_json);
}

void output_csv(Buffer *out, const Document *document)
{
    write_records(out, document, plover_csv);
}
