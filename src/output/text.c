/* The dossier: what a reading holds, for people. Who, when, how many, each with
 * the words it rests on, then the text with everything marked in it. On a
 * terminal the marks are colours, else brackets. */
#include <math.h>
#include <stdlib.h>
#include <unicode/udat.h>

#include "core/date.h"
#include "core/utf8.h"
#include "output/interface.h"
#include "output/output.h"

typedef enum Style {
    STYLE_PLAIN,
    STYLE_TITLE,
    STYLE_DIM,
    STYLE_WHO,
    STYLE_WHEN,
    STYLE_MANY,
    STYLE_WHAT,
    STYLE_COUNT
} Style;

static const char *const ansi[STYLE_COUNT] = {
    "\033[0m", "\033[1m", "\033[2m", "\033[36m", "\033[32m", "\033[33m", "\033[35m",
};

enum { NARROWEST = 40, INDENT = 2, DEEP_INDENT = 6, LABEL_COLUMNS = 26 };

typedef struct Dossier {
    Buffer *out;
    const Document *document;
    const Language *language;
    size_t width;
    bool colour;
    size_t column; /* where the line under way stands */
} Dossier;

/* A part of the text and what it is. */
typedef struct Mark {
    Span span;
    Style style;
} Mark;

/* ---- writing ------------------------------------------------------------------ */

static void style(Dossier *dossier, Style style)
{
    if (dossier->colour)
        buffer_add(dossier->out, str_of(ansi[style]));
}

/* Control characters, which an address may hold, do not reach the terminal. */
static void write(Dossier *dossier, Str s)
{
    size_t start = dossier->out->size;
    buffer_add(dossier->out, s);
    for (size_t i = start; i < dossier->out->size; i++)
        if ((unsigned char)dossier->out->bytes[i] < ' ' || dossier->out->bytes[i] == 0x7F)
            dossier->out->bytes[i] = '?';
    dossier->column += utf8_columns(s);
}

static void styled(Dossier *dossier, Style as, Str s)
{
    style(dossier, as);
    write(dossier, s);
    style(dossier, STYLE_PLAIN);
}

static void new_line(Dossier *dossier, size_t indent)
{
    buffer_byte(dossier->out, '\n');
    buffer_repeat(dossier->out, ' ', indent);
    dossier->column = indent;
}

/* Moves to a column, at least one space on. */
static void move_to(Dossier *dossier, size_t column)
{
    size_t spaces = column > dossier->column ? column - dossier->column : 1;
    buffer_repeat(dossier->out, ' ', spaces);
    dossier->column += spaces;
}

/* Marks that begin and end in the bytes [start, end) of the text. */
static size_t edges(const Mark *marks, size_t count, uint32_t start, uint32_t end)
{
    size_t found = 0;
    for (size_t i = 0; i < count && marks[i].span.start < end; i++)
        found += (size_t)(marks[i].span.start >= start) + (marks[i].span.end > start && marks[i].span.end <= end);
    return found;
}

/* Writes the bytes [start, end) of the text, a word, with what opens and closes in it. */
static void write_word(Dossier *dossier, Str text, uint32_t start, uint32_t end, const Mark *marks, size_t count)
{
    for (size_t i = 0; i < count && marks[i].span.start < end; i++) {
        Span mark = marks[i].span;
        if (mark.start >= start) {
            write(dossier, str_slice(text, start, mark.start));
            start = mark.start;
            if (dossier->colour)
                style(dossier, marks[i].style);
            else
                write(dossier, STR("["));
        }
        if (mark.end > start && mark.end <= end) {
            write(dossier, str_slice(text, start, mark.end));
            start = mark.end;
            if (dossier->colour)
                style(dossier, STYLE_PLAIN);
            else
                write(dossier, STR("]"));
        }
    }
    write(dossier, str_slice(text, start, end));
}

/* Writes a span of `text` word by word, breaking lines at the width, with the
 * marks that lie in it: in order, not overlapping. */
static void flow(Dossier *dossier, Str text, Span span, const Mark *marks, size_t count, size_t indent)
{
    for (uint32_t at = span.start; at < span.end;) {
        uint32_t end = (uint32_t)str_find_byte(str_slice(text, 0, span.end), ' ', at);
        while (count && marks->span.end <= at)
            marks++, count--;
        size_t columns = utf8_columns(str_slice(text, at, end)) + (dossier->colour ? 0u : edges(marks, count, at, end));
        if (dossier->column > indent && dossier->column + 1 + columns > dossier->width)
            new_line(dossier, indent);
        else if (at > span.start && dossier->column > indent)
            write(dossier, STR(" "));
        write_word(dossier, text, at, end, marks, count);
        at = end + 1;
    }
}

static void heading(Dossier *dossier, Style as, const char *key)
{
    new_line(dossier, 0);
    new_line(dossier, 0);
    style(dossier, STYLE_TITLE);
    if (as != STYLE_PLAIN)
        style(dossier, as);
    write(dossier, interface_text(dossier->language, key));
    style(dossier, STYLE_PLAIN);
}

/* The part of a sentence around `inner` that takes at most `columns`, cut
 * between words; what is short on one side is given to the other. */
static Span excerpt(const Document *document, Span sentence, Span inner, size_t columns)
{
    size_t left = utf8_columns(span_str(document, (Span){ sentence.start, inner.start }));
    size_t right = utf8_columns(span_str(document, (Span){ inner.end, sentence.end }));
    size_t own = utf8_columns(span_str(document, inner)), free = columns > own ? columns - own : 0;
    if (left + right <= free)
        return sentence;
    size_t keep_left = right < free / 2 ? free - right : left < free / 2 ? left : free / 2;
    size_t keep_right = free - (keep_left < left ? keep_left : left);
    Span part = inner;
    for (size_t at = inner.start, word = at, kept = 0; at > sentence.start && kept <= keep_left;) {
        utf8_previous(document->text, &at);
        kept++;
        if (at == sentence.start || document->text.at[at - 1] == ' ')
            word = at;
        if (kept <= keep_left)
            part.start = (uint32_t)word;
    }
    for (size_t at = inner.end, kept = 0; at < sentence.end && kept <= keep_right; kept++) {
        utf8_next(document->text, &at);
        if (kept < keep_right && (at == sentence.end || document->text.at[at] == ' '))
            part.end = (uint32_t)at;
    }
    return part;
}

/* The words around a span, with the span marked: its sentence, or as much of it
 * as two lines hold. */
static void quote(Dossier *dossier, Span span, Style as)
{
    const Document *document = dossier->document;
    size_t token = document_token_at(document, span.start);
    if (token == document->token_count)
        return;
    const Sentence *in = &document->sentences[document_sentence_of(document, token)];
    Span sentence = { in->start, in->end };
    if (span.start < sentence.start || span.end > sentence.end)
        return;
    Span part = excerpt(document, sentence, span, 2 * (dossier->width - DEEP_INDENT) - 16);
    Mark mark = { span, as };
    new_line(dossier, DEEP_INDENT);
    if (part.start > sentence.start)
        write(dossier, STR("… "));
    flow(dossier, document->text, part, &mark, 1, DEEP_INDENT);
    if (part.end < sentence.end)
        write(dossier, STR(" …"));
}

/* ---- the head -------------------------------------------------------------------- */

/* An ISO date in the words of the language; as it is if ICU cannot. */
static Str long_date(const Dossier *dossier, Str iso)
{
    Date date;
    UErrorCode status = U_ZERO_ERROR;
    UChar words[64], zone[] = { 'U', 'T', 'C' };
    if (!date_parse(iso, &date))
        return iso;
    UDateFormat *format = udat_open(UDAT_NONE, UDAT_LONG, dossier->language->code, zone, 3, NULL, 0, &status);
    int32_t length = udat_format(format, 86400000.0 * (double)date_to_days(date), words, 64, NULL, &status);
    udat_close(format);
    if (U_FAILURE(status) || length > (int32_t)(sizeof words / sizeof *words))
        return iso;
    return utf8_of_utf16(dossier->document->arena, words, (size_t)length);
}

static void write_head(Dossier *dossier)
{
    const Meta *meta = &dossier->document->meta;
    const Str facts[] = { meta->outlet, meta->byline, long_date(dossier, meta->published) };
    bool parted = false;
    if (meta->title.size) {
        style(dossier, STYLE_TITLE);
        flow(dossier, meta->title, (Span){ 0, (uint32_t)meta->title.size }, NULL, 0, 0);
        style(dossier, STYLE_PLAIN);
        new_line(dossier, 0);
    }
    style(dossier, STYLE_DIM);
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        if (facts[i].size == 0)
            continue;
        if (parted)
            write(dossier, STR(" · "));
        write(dossier, facts[i]);
        parted = true;
    }
    if (meta->url.size) {
        if (parted)
            new_line(dossier, 0);
        write(dossier, meta->url);
    }
    style(dossier, STYLE_PLAIN);
}

/* ---- who ---------------------------------------------------------------------------- */

/* Country, sector and number of mentions: "BOL gobierno  ×3". */
static Str entity_label(const Dossier *dossier, const Entity *entity)
{
    Arena *arena = dossier->document->arena;
    Str sector = entity->sector.size ? interface_text(dossier->language, str_copy(arena, entity->sector).at) : STR("");
    Str label = str_format(arena, "%.*s%s%.*s", STR_ARGUMENTS(entity->country),
                           entity->country.size && sector.size ? " " : "", STR_ARGUMENTS(sector));
    if (entity->mention_count < 2)
        return label;
    return str_format(arena, "%.*s%s×%u", STR_ARGUMENTS(label), label.size ? "  " : "", entity->mention_count);
}

/* A label in its column, or on a line of its own where that is too narrow. */
static void write_label(Dossier *dossier, Str label)
{
    if (label.size == 0)
        return;
    size_t column = dossier->column < LABEL_COLUMNS + INDENT ? LABEL_COLUMNS + INDENT : dossier->column + 1;
    if (column + utf8_columns(label) > dossier->width)
        new_line(dossier, DEEP_INDENT);
    else
        move_to(dossier, column);
    styled(dossier, STYLE_DIM, label);
}

static void write_entity(Dossier *dossier, const Entity *entity)
{
    new_line(dossier, INDENT);
    style(dossier, STYLE_TITLE);
    flow(dossier, entity->name, (Span){ 0, (uint32_t)entity->name.size }, NULL, 0, INDENT);
    style(dossier, STYLE_PLAIN);
    write_label(dossier, entity_label(dossier, entity));
    if (entity->role.size) {
        new_line(dossier, DEEP_INDENT);
        flow(dossier, entity->role, (Span){ 0, (uint32_t)entity->role.size }, NULL, 0, DEEP_INDENT);
    }
    quote(dossier, entity->mentions[0], STYLE_WHO);
}

static void write_who(Dossier *dossier)
{
    static const char *const keys[] = { "persons", "organisations", "places", "groups" };
    static const RelatoEntityType order[] = { RELATO_PERSON, RELATO_ORGANISATION, RELATO_GROUP, RELATO_PLACE };
    for (size_t k = 0; k < sizeof order / sizeof *order; k++) {
        bool headed = false;
        for (size_t i = 0; i < dossier->document->entity_count; i++) {
            if (dossier->document->entities[i].type != order[k])
                continue;
            if (!headed)
                heading(dossier, STYLE_WHO, keys[order[k]]);
            headed = true;
            write_entity(dossier, &dossier->document->entities[i]);
        }
    }
}

/* ---- when ------------------------------------------------------------------------------ */

/* Dates that are known first, in their order; then the others as they stand. */
static int by_date(const void *a, const void *b)
{
    const Time *x = *(const Time *const *)a, *y = *(const Time *const *)b;
    if ((x->from.size == 0) != (y->from.size == 0))
        return x->from.size == 0 ? 1 : -1;
    int order = str_compare(x->from, y->from);
    return order ? order : (x->span.start > y->span.start) - (x->span.start < y->span.start);
}

static void write_when(Dossier *dossier)
{
    const Document *document = dossier->document;
    if (document->time_count == 0)
        return;
    const Time **times = ARENA_ARRAY(document->arena, const Time *, document->time_count);
    for (size_t i = 0; i < document->time_count; i++)
        times[i] = &document->times[i];
    qsort(times, document->time_count, sizeof *times, by_date);
    heading(dossier, STYLE_WHEN, "when");
    for (size_t i = 0; i < document->time_count; i++) {
        new_line(dossier, INDENT);
        styled(dossier, STYLE_TITLE, times[i]->value);
        if (times[i]->mod.size) {
            write(dossier, STR(" "));
            write(dossier, interface_text(dossier->language, str_copy(document->arena, times[i]->mod).at));
        }
        quote(dossier, times[i]->span, STYLE_WHEN);
    }
}

/* ---- how many ---------------------------------------------------------------------------- */

/* A number with the separators of the language between thousands. */
static Str grouped(const Dossier *dossier, double value)
{
    bool is_whole = value < 1e15 && value == floor(value);
    Str digits = str_format(dossier->document->arena, is_whole ? "%.0f" : "%.15g", value);
    Str separator = interface_text(dossier->language, "thousands"),
        point = interface_text(dossier->language, "decimal");
    size_t whole = 0;
    while (whole < digits.size && digits.at[whole] >= '0' && digits.at[whole] <= '9')
        whole++;
    Buffer out = { 0 };
    for (size_t i = 0; i < digits.size; i++) {
        if (i > 0 && i < whole && (whole - i) % 3 == 0 && whole > 4)
            buffer_add(&out, separator);
        if (digits.at[i] == '.')
            buffer_add(&out, point);
        else
            buffer_byte(&out, digits.at[i]);
    }
    Str copy = str_copy(dossier->document->arena, buffer_str(&out));
    buffer_free(&out);
    return copy;
}

static int by_counts(const void *a, const void *b)
{
    const Quantity *x = *(const Quantity *const *)a, *y = *(const Quantity *const *)b;
    if (x->counts != y->counts)
        return x->counts < y->counts ? -1 : 1;
    return (x->span.start > y->span.start) - (x->span.start < y->span.start);
}

static void write_quantity(Dossier *dossier, const Quantity *quantity)
{
    const char *bound = relato_bound_name(quantity->bound);
    new_line(dossier, INDENT);
    style(dossier, STYLE_TITLE);
    if (quantity->bound == RELATO_BETWEEN) {
        write(dossier, grouped(dossier, quantity->value));
        write(dossier, STR("–"));
        write(dossier, grouped(dossier, quantity->high));
    } else {
        if (quantity->bound != RELATO_EXACTLY) {
            write(dossier, interface_text(dossier->language, bound));
            write(dossier, STR(" "));
        }
        write(dossier, grouped(dossier, quantity->value));
    }
    style(dossier, STYLE_PLAIN);
    if (quantity->noun.size) {
        write(dossier, STR(" "));
        write(dossier, quantity->noun);
    }
    if (quantity->counts != RELATO_OTHER)
        write_label(dossier, interface_text(dossier->language, relato_counts_name(quantity->counts)));
    quote(dossier, quantity->span, STYLE_MANY);
}

static void write_how_many(Dossier *dossier)
{
    const Document *document = dossier->document;
    if (document->quantity_count == 0)
        return;
    const Quantity **quantities = ARENA_ARRAY(document->arena, const Quantity *, document->quantity_count);
    for (size_t i = 0; i < document->quantity_count; i++)
        quantities[i] = &document->quantities[i];
    qsort(quantities, document->quantity_count, sizeof *quantities, by_counts);
    heading(dossier, STYLE_MANY, "how-many");
    for (size_t i = 0; i < document->quantity_count; i++)
        write_quantity(dossier, quantities[i]);
}

/* ---- who did what to whom ------------------------------------------------------------------ */

static Str participant_name(const Document *document, const Participant *participant)
{
    return participant->entity == RELATO_NONE ? participant->country : document->entities[participant->entity].name;
}

/* "Síria, Rússia"; a dash for nobody. */
static Str participant_names(const Document *document, const Participant *participants, size_t count)
{
    Str names = STR("–");
    for (size_t i = 0; i < count; i++) {
        Str name = participant_name(document, &participants[i]);
        names = i == 0 ? name : str_format(document->arena, "%.*s, %.*s", STR_ARGUMENTS(names), STR_ARGUMENTS(name));
    }
    return names;
}

/* Who, to whom, where, when, how many, in one line. */
static Str event_line(const Dossier *dossier, const Event *event)
{
    const Document *document = dossier->document;
    Str line = participant_names(document, event->actors, event->actor_count);
    if (event->recipient_count)
        line = str_format(document->arena, "%.*s → %.*s", STR_ARGUMENTS(line),
                          STR_ARGUMENTS(participant_names(document, event->recipients, event->recipient_count)));
    if (event->place != RELATO_NONE)
        line = str_format(document->arena, "%.*s · %.*s", STR_ARGUMENTS(line),
                          STR_ARGUMENTS(document->entities[event->place].name));
    if (event->time != RELATO_NONE)
        line = str_format(document->arena, "%.*s · %.*s", STR_ARGUMENTS(line),
                          STR_ARGUMENTS(document->times[event->time].value));
    for (size_t i = 0; i < event->quantity_count; i++)
        line = str_format(document->arena, "%.*s · %.*s", STR_ARGUMENTS(line),
                          STR_ARGUMENTS(span_str(document, document->quantities[event->quantities[i]].span)));
    return line;
}

static void write_event(Dossier *dossier, const Event *event)
{
    Str line = event_line(dossier, event);
    new_line(dossier, INDENT);
    styled(dossier, STYLE_TITLE, interface_text(dossier->language, relato_event_type_name(event->type)));
    if (event->reality != RELATO_ACTUAL)
        write_label(dossier, interface_text(dossier->language, relato_reality_name(event->reality)));
    new_line(dossier, DEEP_INDENT);
    flow(dossier, line, (Span){ 0, (uint32_t)line.size }, NULL, 0, DEEP_INDENT);
    quote(dossier, event->triggers[0], STYLE_WHAT);
}

static void write_events(Dossier *dossier)
{
    const Document *document = dossier->document;
    if (document->event_count == 0)
        return;
    heading(dossier, STYLE_WHAT, "who-did-what");
    for (size_t i = 0; i < document->event_count; i++)
        write_event(dossier, &document->events[i]);
}

/* ---- who says what --------------------------------------------------------------------------- */

/* Two claims are of one source if it is one entity, or the same words. */
static bool same_source(const Dossier *dossier, const Claim *a, const Claim *b)
{
    if (a->entity != RELATO_NONE || b->entity != RELATO_NONE)
        return a->entity == b->entity;
    return str_equal(span_str(dossier->document, a->source), span_str(dossier->document, b->source));
}

static void write_claim(Dossier *dossier, const Claim *claim)
{
    const Document *document = dossier->document;
    new_line(dossier, DEEP_INDENT);
    styled(dossier, STYLE_DIM, interface_text(dossier->language, relato_stance_name(claim->stance)));
    if (claim->relayed_by != RELATO_NONE) {
        write(dossier, STR(" ("));
        write(dossier, interface_text(dossier->language, "relayed-by"));
        write(dossier, STR(" "));
        write(dossier, document->entities[claim->relayed_by].name);
        write(dossier, STR(")"));
    }
    if (claim->content.end == claim->content.start)
        return;
    write(dossier, STR(":"));
    new_line(dossier, DEEP_INDENT + INDENT);
    flow(dossier, document->text, claim->content, NULL, 0, DEEP_INDENT + INDENT);
}

/* "12 statements: 5 by named sources, 3 by unnamed sources, 4 by institutions …". */
static void write_claim_counts(Dossier *dossier)
{
    static const char *const keys[] = { "claims-named", "claims-unnamed", "claims-bodies" };
    const Document *document = dossier->document;
    size_t counts[3] = { 0 };
    for (size_t i = 0; i < document->claim_count; i++)
        counts[document->claims[i].anonymous ? 1 : document->claims[i].kind == RELATO_SOURCE_PERSON ? 0 : 2]++;
    Str line = str_format(document->arena, "%zu %.*s", document->claim_count,
                          STR_ARGUMENTS(interface_text(dossier->language, "claims-count")));
    for (size_t i = 0; i < 3; i++)
        line = str_format(document->arena, "%.*s%s %zu %.*s", STR_ARGUMENTS(line), i ? "," : ":", counts[i],
                          STR_ARGUMENTS(interface_text(dossier->language, keys[i])));
    new_line(dossier, INDENT);
    flow(dossier, line, (Span){ 0, (uint32_t)line.size }, NULL, 0, INDENT);
}

static void write_source(Dossier *dossier, const Claim *claim)
{
    const Document *document = dossier->document;
    Str name = claim->entity != RELATO_NONE && document->entities[claim->entity].named
                   ? document->entities[claim->entity].name
                   : span_str(document, claim->source);
    new_line(dossier, INDENT);
    style(dossier, STYLE_TITLE);
    flow(dossier, name, (Span){ 0, (uint32_t)name.size }, NULL, 0, INDENT);
    style(dossier, STYLE_PLAIN);
    if (claim->anonymous)
        write_label(dossier, interface_text(dossier->language, "anonymous"));
}

static void write_claims(Dossier *dossier)
{
    const Document *document = dossier->document;
    if (document->claim_count == 0)
        return;
    bool *written = ARENA_ARRAY(document->arena, bool, document->claim_count);
    heading(dossier, STYLE_WHO, "who-says-what");
    write_claim_counts(dossier);
    for (size_t i = 0; i < document->claim_count; i++) {
        if (written[i])
            continue;
        write_source(dossier, &document->claims[i]);
        for (size_t k = i; k < document->claim_count; k++)
            if (!written[k] && same_source(dossier, &document->claims[i], &document->claims[k])) {
                write_claim(dossier, &document->claims[k]);
                written[k] = true;
            }
    }
}

/* ---- the text ------------------------------------------------------------------------------- */

static int by_start(const void *a, const void *b)
{
    const Mark *x = a, *y = b;
    if (x->span.start != y->span.start)
        return x->span.start < y->span.start ? -1 : 1;
    return (x->span.end < y->span.end) - (x->span.end > y->span.end);
}

/* All that is to be marked in the text; of two that overlap the longer one that
 * begins first. */
static Mark *all_marks(const Document *document, size_t *count)
{
    size_t most = document->time_count + document->quantity_count, found = 0;
    for (size_t i = 0; i < document->entity_count; i++)
        most += document->entities[i].mention_count;
    Mark *marks = ARENA_ARRAY(document->arena, Mark, most);
    for (size_t i = 0; i < document->entity_count; i++)
        for (size_t k = 0; k < document->entities[i].mention_count; k++)
            marks[found++] = (Mark){ document->entities[i].mentions[k], STYLE_WHO };
    for (size_t i = 0; i < document->time_count; i++)
        marks[found++] = (Mark){ document->times[i].span, STYLE_WHEN };
    for (size_t i = 0; i < document->quantity_count; i++)
        marks[found++] = (Mark){ document->quantities[i].span, STYLE_MANY };
    if (found)
        qsort(marks, found, sizeof *marks, by_start);
    *count = 0;
    for (size_t i = 0; i < found; i++)
        if (*count == 0 || marks[i].span.start >= marks[*count - 1].span.end)
            marks[(*count)++] = marks[i];
    return marks;
}

static void write_text(Dossier *dossier)
{
    const Document *document = dossier->document;
    size_t count, first = 0;
    const Mark *marks = all_marks(document, &count);
    heading(dossier, STYLE_PLAIN, "text");
    for (uint32_t start = 0; start < document->text.size;) {
        uint32_t end = (uint32_t)str_find_byte(document->text, '\n', start);
        size_t last = first;
        while (last < count && marks[last].span.start < end)
            last++;
        new_line(dossier, INDENT);
        flow(dossier, document->text, (Span){ start, end }, marks + first, last - first, INDENT);
        first = last;
        start = end + 1;
    }
    buffer_byte(dossier->out, '\n');
}

void output_text(Buffer *out, const Document *document, const Language *language, const RelatoLayout *layout)
{
    Dossier dossier = { .out = out,
                        .document = document,
                        .language = language,
                        .width = layout && layout->width ? layout->width : 80,
                        .colour = layout && layout->colour };
    if (dossier.width < NARROWEST)
        dossier.width = NARROWEST;
    write_head(&dossier);
    write_who(&dossier);
    write_when(&dossier);
    write_how_many(&dossier);
    write_events(&dossier);
    write_claims(&dossier);
    write_text(&dossier);
}
