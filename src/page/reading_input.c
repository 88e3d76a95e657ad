#include "page/reading_input.h"

#include <stdlib.h>

#include "core/date.h"
#include "core/utf8.h"
#include "document/values.h"
#include "page/json.h"

typedef struct Taking {
    Document *document;
    Arena *arena;
    uint32_t *bytes; /* (code_points + 1) where each code point of the text begins */
    size_t code_points;
    const char *layer; /* for messages */
    size_t item;
    Error *error;
    bool failed;
} Taking;

bool reading_recognise(Str bytes)
{
    static const char sign[] = "relato-reading/";
    size_t size = bytes.size < 256 ? bytes.size : 256;
    return size && memmem(bytes.at, size, sign, sizeof sign - 1) != NULL;
}

/* Tells what is wrong, once. */
static void wrong(Taking *taking, const char *member, const char *what)
{
    if (!taking->failed)
        error_set(taking->error, RELATO_ERROR_INPUT, 0, SIZE_MAX, "%s %zu of this reading: \"%s\" %s", taking->layer,
                  taking->item + 1, member, what);
    taking->failed = true;
}

/* ---- values ------------------------------------------------------------------------ */

static Str string_member(Taking *taking, const json_t *object, const char *name, bool needed)
{
    const json_t *value = json_object_get(object, name);
    if (json_is_string(value))
        return str_copy(taking->arena, (Str){ json_string_value(value), json_string_length(value) });
    if (value || needed)
        wrong(taking, name, value ? "is no string" : "is missing");
    return (Str){ NULL, 0 };
}

static double number_member(Taking *taking, const json_t *object, const char *name, double otherwise)
{
    const json_t *value = json_object_get(object, name);
    if (value && !json_is_number(value))
        wrong(taking, name, "is no number");
    return json_is_number(value) ? json_number_value(value) : otherwise;
}

static bool true_member(Taking *taking, const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    if (value && !json_is_boolean(value))
        wrong(taking, name, "is neither true nor false");
    return json_is_true(value);
}

/* The value that a member names. */
static int value_member(Taking *taking, const json_t *object, const char *member, const Values *values)
{
    const char *name = json_string_value(json_object_get(object, member));
    int value = name ? value_of(values, str_of(name)) : -1;
    if (value < 0)
        wrong(taking, member, name ? "has a value that is not known" : "is missing");
    return value < 0 ? 0 : value;
}

/* A span, "[start, end]" in code points. */
static Span span_of(Taking *taking, const json_t *value, const char *member)
{
    json_int_t start = json_integer_value(json_array_get(value, 0)), end = json_integer_value(json_array_get(value, 1));
    if (!json_is_integer(json_array_get(value, 0)) || !json_is_integer(json_array_get(value, 1)) || start < 0 ||
        end < start || (size_t)end > taking->code_points) {
        wrong(taking, member, "is no span of the text");
        return (Span){ 0, 0 };
    }
    return (Span){ taking->bytes[start], taking->bytes[end] };
}

static const Span *spans_member(Taking *taking, const json_t *object, const char *name, uint32_t *count)
{
    const json_t *array = json_object_get(object, name);
    *count = (uint32_t)json_array_size(array);
    Span *spans = ARENA_ARRAY(taking->arena, Span, *count);
    for (uint32_t i = 0; i < *count; i++)
        spans[i] = span_of(taking, json_array_get(array, i), name);
    return spans;
}

/* The index that an id such as "E3" stands for, below `count`; NULL gives RELATO_NONE. */
static uint32_t index_of(Taking *taking, const json_t *value, const char *member, char letter, size_t count)
{
    if (!value)
        return RELATO_NONE;
    const char *id = json_string_value(value);
    char *end = NULL;
    unsigned long number = id && id[0] == letter ? strtoul(id + 1, &end, 10) : 0;
    if (number >= 1 && number <= count && !*end)
        return (uint32_t)(number - 1);
    wrong(taking, member, "points to what is not there");
    return RELATO_NONE;
}

static const uint32_t *indices_member(Taking *taking, const json_t *object, const char *name, char letter, size_t of,
                                      uint32_t *count)
{
    const json_t *array = json_object_get(object, name);
    *count = (uint32_t)json_array_size(array);
    uint32_t *indices = ARENA_ARRAY(taking->arena, uint32_t, *count);
    for (uint32_t i = 0; i < *count; i++)
        indices[i] = index_of(taking, json_array_get(array, i), name, letter, of);
    return indices;
}

/* ---- layers --------------------------------------------------------------------------- */

static void take_entity(Taking *taking, const json_t *item, size_t i)
{
    Entity *entity = &taking->document->entities[i];
    entity->type = (RelatoEntityType)value_member(taking, item, "type", &entity_types);
    entity->named = true_member(taking, item, "named");
    entity->name = string_member(taking, item, "name", true);
    entity->country = string_member(taking, item, "country", false);
    entity->sector = string_member(taking, item, "sector", false);
    entity->role = string_member(taking, item, "role", false);
    entity->known = string_member(taking, item, "known", false);
    entity->located = json_object_get(item, "lat") && json_object_get(item, "lon");
    entity->latitude = number_member(taking, item, "lat", 0);
    entity->longitude = number_member(taking, item, "lon", 0);
    double geonames = number_member(taking, item, "geonames", 0);
    entity->geonames = geonames > 0 && geonames < UINT32_MAX ? (uint32_t)geonames : 0;
    entity->mentions = spans_member(taking, item, "mentions", &entity->mention_count);
}

static void take_time(Taking *taking, const json_t *item, size_t i)
{
    Time *time = &taking->document->times[i];
    time->span = span_of(taking, json_object_get(item, "span"), "span");
    time->type = (RelatoTimeType)value_member(taking, item, "type", &time_types);
    time->value = string_member(taking, item, "value", true);
    time->mod = string_member(taking, item, "mod", false);
    time->from = string_member(taking, item, "from", false);
    time->to = string_member(taking, item, "to", false);
}

static void take_quantity(Taking *taking, const json_t *item, size_t i)
{
    Quantity *quantity = &taking->document->quantities[i];
    quantity->span = span_of(taking, json_object_get(item, "span"), "span");
    quantity->value = number_member(taking, item, "value", 0);
    quantity->high = number_member(taking, item, "high", quantity->value);
    quantity->bound = (RelatoBound)value_member(taking, item, "bound", &bounds);
    quantity->counts = (RelatoCounts)value_member(taking, item, "counts", &counts_kinds);
    quantity->noun = string_member(taking, item, "noun", false);
}

static const RelatoParticipant *participants_member(Taking *taking, const json_t *item, const char *name,
                                                    uint32_t *count)
{
    const json_t *array = json_object_get(item, name);
    RelatoParticipant *participants = ARENA_ARRAY(taking->arena, RelatoParticipant, json_array_size(array));
    *count = (uint32_t)json_array_size(array);
    for (uint32_t i = 0; i < *count; i++) {
        const json_t *participant = json_array_get(array, i);
        uint32_t entity =
            index_of(taking, json_object_get(participant, "entity"), name, 'E', taking->document->entity_count);
        participants[i] = (RelatoParticipant){ entity, string_member(taking, participant, "country", false),
                                               string_member(taking, participant, "sector", false) };
    }
    return participants;
}

static void take_event(Taking *taking, const json_t *item, size_t i)
{
    Document *document = taking->document;
    RelatoEvent *event = &document->events[i];
    event->type = (RelatoEventType)value_member(taking, item, "type", &event_types);
    event->mode = string_member(taking, item, "mode", false);
    event->reality = (RelatoReality)value_member(taking, item, "reality", &realities);
    event->triggers = spans_member(taking, item, "triggers", &event->trigger_count);
    event->actors = participants_member(taking, item, "actors", &event->actor_count);
    event->recipients = participants_member(taking, item, "recipients", &event->recipient_count);
    event->place = index_of(taking, json_object_get(item, "place"), "place", 'E', document->entity_count);
    event->time = index_of(taking, json_object_get(item, "time"), "time", 'T', document->time_count);
    event->quantities =
        indices_member(taking, item, "quantities", 'Q', document->quantity_count, &event->quantity_count);
    const json_t *contexts = json_object_get(item, "contexts");
    RelatoString *names = ARENA_ARRAY(taking->arena, RelatoString, json_array_size(contexts));
    event->context_count = (uint32_t)json_array_size(contexts);
    for (uint32_t k = 0; k < event->context_count; k++) {
        const json_t *name = json_array_get(contexts, k);
        names[k] = str_copy(taking->arena, str_of(json_string_value(name)));
    }
    event->contexts = names;
}

static void take_claim(Taking *taking, const json_t *item, size_t i)
{
    Document *document = taking->document;
    Claim *claim = &document->claims[i];
    const json_t *content = json_object_get(item, "content"), *source = json_object_get(item, "source");
    if (content)
        claim->content = span_of(taking, content, "content");
    claim->cue = span_of(taking, json_object_get(item, "cue"), "cue");
    claim->stance = (RelatoStance)value_member(taking, item, "stance", &stances);
    claim->quoted = (RelatoQuoted)value_member(taking, item, "quoted", &quoted_kinds);
    claim->source = span_of(taking, json_object_get(source, "span"), "source");
    claim->entity = index_of(taking, json_object_get(source, "entity"), "source", 'E', document->entity_count);
    claim->kind = (RelatoSourceKind)value_member(taking, source, "kind", &source_kinds);
    claim->anonymous = true_member(taking, source, "anonymous");
    claim->country = string_member(taking, source, "country", false);
    claim->sector = string_member(taking, source, "sector", false);
    claim->events = indices_member(taking, item, "events", 'V', document->event_count, &claim->event_count);
    claim->relayed_by =
        index_of(taking, json_object_get(item, "relayed_by"), "relayed_by", 'E', document->entity_count);
}

static void take_sentence(Taking *taking, const json_t *item, size_t i)
{
    Span span = span_of(taking, item, "sentence");
    taking->document->sentences[i] = (Sentence){ .start = span.start, .end = span.end };
}

/* The array of a layer, whose items are taken next; returns how many they are. */
static size_t begin_layer(Taking *taking, const json_t *root, const char *name, const json_t **array)
{
    taking->layer = name;
    taking->item = 0;
    *array = json_object_get(root, name);
    if (!json_is_array(*array))
        wrong(taking, name, "is no array");
    return json_array_size(*array);
}

static void take_items(Taking *taking, const json_t *array, void (*take)(Taking *, const json_t *, size_t))
{
    for (size_t i = 0; i < json_array_size(array) && !taking->failed; i++) {
        taking->item = i;
        take(taking, json_array_get(array, i), i);
    }
}

static void take_meta(Taking *taking, const json_t *root)
{
    Meta *meta = &taking->document->meta;
    const json_t *object = json_object_get(root, "meta");
    taking->layer = "meta";
    meta->url = string_member(taking, object, "url", false);
    meta->title = string_member(taking, object, "title", false);
    meta->outlet = string_member(taking, object, "outlet", false);
    meta->byline = string_member(taking, object, "byline", false);
    meta->published = string_member(taking, object, "published", false);
    meta->language = string_member(taking, object, "language", true);
    Date date;
    if (meta->published.size && !date_parse(meta->published, &date))
        wrong(taking, "published", "is no date");
}

/* Takes the text, and notes where its code points begin. */
static void take_text(Taking *taking, const json_t *root)
{
    Document *document = taking->document;
    taking->layer = "text";
    document->text = string_member(taking, root, "text", true);
    Str text = document->text;
    taking->bytes = ARENA_ARRAY(taking->arena, uint32_t, text.size + 1);
    for (size_t i = 0; i < text.size; i++)
        if (((unsigned char)text.at[i] & 0xC0) != 0x80)
            taking->bytes[taking->code_points++] = (uint32_t)i;
    taking->bytes[taking->code_points] = (uint32_t)text.size;
    if (text.size == 0 || text.size > RELATO_REPORT_LIMIT)
        wrong(taking, "text", text.size ? "is too long" : "is empty");
}

static void take_all(Taking *taking, const json_t *root)
{
    const char *format = json_string_value(json_object_get(root, "format"));
    taking->layer = "format";
    if (!format || strcmp(format, "relato-reading/1") != 0)
        wrong(taking, "format", "is not relato-reading/1");
    take_text(taking, root);
    take_meta(taking, root);
    if (taking->failed)
        return;
    Document *document = taking->document;
    const json_t *array;
    document->sentence_count = begin_layer(taking, root, "sentences", &array);
    document->sentences = ARENA_ARRAY(taking->arena, Sentence, document->sentence_count);
    take_items(taking, array, take_sentence);
    document->entity_count = begin_layer(taking, root, "entities", &array);
    document->entities = ARENA_ARRAY(taking->arena, Entity, document->entity_count);
    take_items(taking, array, take_entity);
    document->time_count = begin_layer(taking, root, "times", &array);
    document->times = ARENA_ARRAY(taking->arena, Time, document->time_count);
    take_items(taking, array, take_time);
    document->quantity_count = begin_layer(taking, root, "quantities", &array);
    document->quantities = ARENA_ARRAY(taking->arena, Quantity, document->quantity_count);
    take_items(taking, array, take_quantity);
    document->event_count = begin_layer(taking, root, "events", &array);
    document->events = ARENA_ARRAY(taking->arena, RelatoEvent, document->event_count);
    take_items(taking, array, take_event);
    document->claim_count = begin_layer(taking, root, "claims", &array);
    document->claims = ARENA_ARRAY(taking->arena, Claim, document->claim_count);
    take_items(taking, array, take_claim);
}

/* Takes the tree over, with a way back for the arena, as the tree is not in it. */
static bool take_guarded(Taking *taking, const json_t *root)
{
    jmp_buf escape, *outer = taking->arena->escape;
    taking->arena->escape = &escape;
    bool took = setjmp(escape) == 0;
    if (took)
        take_all(taking, root);
    taking->arena->escape = outer;
    return took || error_set(taking->error, RELATO_ERROR_MEMORY, 0, SIZE_MAX,
                             "its text takes more memory than there is for it");
}

bool reading_input(Document *document, Str bytes, Error *error)
{
    if (json_has_too_many_values(bytes))
        return error_set(error, RELATO_ERROR_LIMIT, 0, SIZE_MAX, "the object holds more than %d values",
                         JSON_MOST_VALUES);
    json_error_t fault;
    json_t *root = json_loadb(bytes.at, bytes.size, 0, &fault);
    if (!root)
        return error_set(error, RELATO_ERROR_INPUT, (size_t)fault.line, (size_t)fault.position,
                         "byte %d: broken JSON: %s", fault.position, fault.text);
    Taking *taking = arena_alloc(document->arena, sizeof *taking);
    *taking = (Taking){ .document = document, .arena = document->arena, .error = error, .layer = "reading" };
    document->layers_given = true;
    bool took = take_guarded(taking, root);
    json_decref(root);
    return took && !taking->failed;
}
