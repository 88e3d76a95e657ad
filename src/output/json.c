/* A reading as one line of JSON: docs/reading.md tells what each member means. */
#include "output/json_writer.h"
#include "output/output.h"

/* Offsets are code points in the JSON. */
static void write_span(JsonWriter *writer, const Document *document, Span span)
{
    json_open(writer, '[');
    json_integer(writer, document_code_point(document, span.start));
    json_integer(writer, document_code_point(document, span.end));
    json_close(writer, ']');
}

static void write_id(JsonWriter *writer, char letter, size_t index)
{
    char id[24];
    int size = snprintf(id, sizeof id, "%c%zu", letter, index + 1);
    json_name(writer, "id");
    json_string(writer, (Str){ id, (size_t)size });
}

static void write_meta(JsonWriter *writer, const Meta *meta)
{
    json_name(writer, "meta");
    json_open(writer, '{');
    json_known(writer, "url", meta->url);
    json_known(writer, "title", meta->title);
    json_known(writer, "outlet", meta->outlet);
    json_known(writer, "byline", meta->byline);
    json_known(writer, "published", meta->published);
    json_known(writer, "language", meta->language);
    json_close(writer, '}');
}

static void write_sentences(JsonWriter *writer, const Document *document)
{
    json_name(writer, "sentences");
    json_open(writer, '[');
    for (size_t i = 0; i < document->sentence_count; i++)
        write_span(writer, document, (Span){ document->sentences[i].start, document->sentences[i].end });
    json_close(writer, ']');
}

static void write_location(JsonWriter *writer, const Entity *entity)
{
    if (!entity->located)
        return;
    json_name(writer, "lat");
    json_number(writer, entity->latitude);
    json_name(writer, "lon");
    json_number(writer, entity->longitude);
    if (entity->geonames) {
        json_name(writer, "geonames");
        json_integer(writer, entity->geonames);
    }
}

static void write_entity(JsonWriter *writer, const Document *document, size_t index)
{
    const Entity *entity = &document->entities[index];
    json_open(writer, '{');
    write_id(writer, 'E', index);
    json_member(writer, "type", str_of(relato_entity_type_name(entity->type)));
    json_name(writer, "named");
    json_boolean(writer, entity->named);
    json_member(writer, "name", entity->name);
    json_member(writer, "country", entity->country);
    json_member(writer, "sector", entity->sector);
    json_known(writer, "role", entity->role);
    write_location(writer, entity);
    json_known(writer, "known", entity->known);
    json_name(writer, "mentions");
    json_open(writer, '[');
    for (size_t i = 0; i < entity->mention_count; i++)
        write_span(writer, document, entity->mentions[i]);
    json_close(writer, ']');
    json_close(writer, '}');
}

static void write_time(JsonWriter *writer, const Document *document, size_t index)
{
    const Time *time = &document->times[index];
    json_open(writer, '{');
    write_id(writer, 'T', index);
    json_name(writer, "span");
    write_span(writer, document, time->span);
    json_member(writer, "type", str_of(relato_time_type_name(time->type)));
    json_member(writer, "value", time->value);
    json_known(writer, "mod", time->mod);
    json_known(writer, "from", time->from);
    json_known(writer, "to", time->to);
    json_close(writer, '}');
}

static void write_quantity(JsonWriter *writer, const Document *document, size_t index)
{
    const Quantity *quantity = &document->quantities[index];
    json_open(writer, '{');
    write_id(writer, 'Q', index);
    json_name(writer, "span");
    write_span(writer, document, quantity->span);
    json_name(writer, "value");
    json_number(writer, quantity->value);
    if (quantity->bound == RELATO_BETWEEN) {
        json_name(writer, "high");
        json_number(writer, quantity->high);
    }
    json_member(writer, "bound", str_of(relato_bound_name(quantity->bound)));
    json_member(writer, "counts", str_of(relato_counts_name(quantity->counts)));
    json_member(writer, "noun", quantity->noun);
    json_close(writer, '}');
}

/* The id of an item of another layer: "E3"; left out if there is none. */
static void write_reference(JsonWriter *writer, const char *name, char letter, uint32_t index)
{
    char id[24];
    int size = snprintf(id, sizeof id, "%c%zu", letter, (size_t)index + 1);
    if (index != RELATO_NONE)
        json_member(writer, name, (Str){ id, (size_t)size });
}

static void write_references(JsonWriter *writer, const char *name, char letter, const uint32_t *items, size_t count)
{
    if (count == 0)
        return;
    json_name(writer, name);
    json_open(writer, '[');
    for (size_t i = 0; i < count; i++) {
        char id[24];
        int size = snprintf(id, sizeof id, "%c%zu", letter, (size_t)items[i] + 1);
        json_string(writer, (Str){ id, (size_t)size });
    }
    json_close(writer, ']');
}

static void write_participants(JsonWriter *writer, const char *name, const Participant *participants, size_t count)
{
    json_name(writer, name);
    json_open(writer, '[');
    for (size_t i = 0; i < count; i++) {
        json_open(writer, '{');
        write_reference(writer, "entity", 'E', participants[i].entity);
        json_member(writer, "country", participants[i].country);
        json_member(writer, "sector", participants[i].sector);
        json_close(writer, '}');
    }
    json_close(writer, ']');
}

static void write_event(JsonWriter *writer, const Document *document, size_t index)
{
    const Event *event = &document->events[index];
    json_open(writer, '{');
    write_id(writer, 'V', index);
    json_member(writer, "type", str_of(relato_event_type_name(event->type)));
    json_known(writer, "mode", event->mode);
    json_name(writer, "triggers");
    json_open(writer, '[');
    for (size_t i = 0; i < event->trigger_count; i++)
        write_span(writer, document, event->triggers[i]);
    json_close(writer, ']');
    write_participants(writer, "actors", event->actors, event->actor_count);
    write_participants(writer, "recipients", event->recipients, event->recipient_count);
    write_reference(writer, "place", 'E', event->place);
    write_reference(writer, "time", 'T', event->time);
    json_member(writer, "reality", str_of(relato_reality_name(event->reality)));
    write_references(writer, "quantities", 'Q', event->quantities, event->quantity_count);
    if (event->context_count) {
        json_name(writer, "contexts");
        json_open(writer, '[');
        for (size_t i = 0; i < event->context_count; i++)
            json_string(writer, event->contexts[i]);
        json_close(writer, ']');
    }
    json_close(writer, '}');
}

static void write_source(JsonWriter *writer, const Document *document, const Claim *claim)
{
    json_name(writer, "source");
    json_open(writer, '{');
    json_name(writer, "span");
    write_span(writer, document, claim->source);
    write_reference(writer, "entity", 'E', claim->entity);
    json_member(writer, "kind", str_of(relato_source_kind_name(claim->kind)));
    json_name(writer, "anonymous");
    json_boolean(writer, claim->anonymous);
    json_member(writer, "country", claim->country);
    json_member(writer, "sector", claim->sector);
    json_close(writer, '}');
}

static void write_claim(JsonWriter *writer, const Document *document, size_t index)
{
    const Claim *claim = &document->claims[index];
    json_open(writer, '{');
    write_id(writer, 'C', index);
    if (claim->content.end > claim->content.start) {
        json_name(writer, "content");
        write_span(writer, document, claim->content);
    }
    json_name(writer, "cue");
    write_span(writer, document, claim->cue);
    write_source(writer, document, claim);
    json_member(writer, "stance", str_of(relato_stance_name(claim->stance)));
    json_member(writer, "quoted", str_of(relato_quoted_name(claim->quoted)));
    write_references(writer, "events", 'V', claim->events, claim->event_count);
    write_reference(writer, "relayed_by", 'E', claim->relayed_by);
    json_close(writer, '}');
}

static void write_layer(JsonWriter *writer, const Document *document, const char *name, size_t count,
                        void (*write_item)(JsonWriter *, const Document *, size_t))
{
    json_name(writer, name);
    json_open(writer, '[');
    for (size_t i = 0; i < count; i++)
        write_item(writer, document, i);
    json_close(writer, ']');
}

void output_json(Buffer *out, const Document *document)
{
    JsonWriter writer = { .out = out };
    json_open(&writer, '{');
    json_member(&writer, "format", STR("relato-reading/1"));
    json_member(&writer, "id", document->id);
    write_meta(&writer, &document->meta);
    json_member(&writer, "text", document->text);
    write_sentences(&writer, document);
    write_layer(&writer, document, "entities", document->entity_count, write_entity);
    write_layer(&writer, document, "times", document->time_count, write_time);
    write_layer(&writer, document, "quantities", document->quantity_count, write_quantity);
    write_layer(&writer, document, "events", document->event_count, write_event);
    write_layer(&writer, document, "claims", document->claim_count, write_claim);
    json_close(&writer, '}');
    buffer_byte(out, '\n');
}
