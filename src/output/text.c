/* The dossier: what a reading holds, for people. Who, when, how many, each with
 * the words it rests on, then the text with everything marked in it. On a
 * terminal the marks are colours, else brackets. */
#include <stdlib.h>
#include <unicode/udat.h>

#include "core/date.h"
#include "core/utf8.h"
#include "output/interface.h"
#include "output/output.h"

typedef enum Style { STYLE_PLAIN, STYLE_TITLE, STYLE_DIM, STYLE_WHO, STYLE_WHEN, STYLE_MANY, STYLE_COUNT } Style;

static const char *const ansi[STYLE_COUNT] = {
    "\033[0m", "\033[1m", "\033[2m", "\033[36m", "\033[32m", "\033[33m",
};

enum { NARROWEST = 40, INDENT = 2, DEEP_INDENT = 6, LABEL_COLUMNS = 26 };

typedef struct Dossier {
    Buffer *out;
    const Document *document;
    const Language *language;
    size_t width;
    bool colour;
    size_t column;          /* where the line under way stands */
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

static void write(Dossier *dossier, Str s)
{
    buffer_add(dossier->out, s);
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

/* Writes s word by word, breaking lines at the width. */
static void wrapped(Dossier *dossier, Str s, size_t indent, bool *space)
{
    while (s.at) {
        size_t size = str_find_byte(s, ' ', 0);
        Str word = str_slice(s, 0, size);
        size_t columns = utf8_columns(word);
        if (columns) {
            if (dossier->column > indent && dossier->column + *space + columns > dossier->width)
                new_line(dossier, indent);
            else if (*space && dossier->column > indent)
                write(dossier, STR(" "));
            write(dossier, word);
        }
        *space = size < s.size || (columns == 0 && *space);
        s = size < s.size ? str_slice(s, size + 1, s.size) : (Str){ NULL, 0 };
    }
}

/* Writes bytes [start, end) of the text with the marks that lie in it, wrapped. */
static void marked(Dossier *dossier, Span span, const Mark *marks, size_t count, size_t indent)
{
    const Document *document = dossier->document;
    uint32_t at = span.start;
    bool space = false;
    for (size_t i = 0; i < count; i++) {
        Span mark = marks[i].span;
        if (mark.start < at || mark.end > span.end)
            continue;
        wrapped(dossier, span_str(document, (Span){ at, mark.start }), indent, &space);
        Str words = span_str(document, mark);
        if (dossier->colour) {
            /* The space before a mark stands outside its colour. */
            size_t first = utf8_columns(str_slice(words, 0, str_find_byte(words, ' ', 0)));
            if (dossier->column > indent && dossier->column + space + first > dossier->width)
                new_line(dossier, indent);
            else if (space && dossier->column > indent)
                write(dossier, STR(" "));
            space = false;
            style(dossier, marks[i].style);
            wrapped(dossier, words, indent, &space);
            style(dossier, STYLE_PLAIN);
        } else {
            Str bracketed = str_format(document->arena, "[%.*s]", STR_ARGUMENTS(words));
            wrapped(dossier, bracketed, indent, &space);
        }
        at = mark.end;
    }
    wrapped(dossier, span_str(document, (Span){ at, span.end }), indent, &space);
}

static void heading(Dossier *dossier, Style as, const char *key)
{
    new_line(dossier, 0);
    new_line(dossier, 0);
    if (dossier->colour)
        buffer_add(dossier->out, STR("\033[1m"));
    styled(dossier, as, interface_text(dossier->language, key));
}

/* The sentence around a span, with the span marked. */
static void quote(Dossier *dossier, Span span, Style as)
{
    const Document *document = dossier->document;
    size_t token = document_token_at(document, span.start);
    if (token == document->token_count)
        return;
    const Sentence *sentence = &document->sentences[document_sentence_of(document, token)];
    Mark mark = { span, as };
    new_line(dossier, DEEP_INDENT);
    marked(dossier, (Span){ sentence->start, sentence->end }, &mark, 1, DEEP_INDENT);
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
    bool space = false, parted = false;
    if (meta->title.size) {
        style(dossier, STYLE_TITLE);
        wrapped(dossier, meta->title, 0, &space);
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

static void write_entity(Dossier *dossier, const Entity *entity)
{
    const Document *document = dossier->document;
    new_line(dossier, INDENT);
    style(dossier, STYLE_TITLE);
    write(dossier, entity->name);
    style(dossier, STYLE_PLAIN);
    move_to(dossier, LABEL_COLUMNS + INDENT);
    style(dossier, STYLE_DIM);
    if (entity->country.size)
        write(dossier, entity->country);
    if (entity->sector.size) {
        write(dossier, entity->country.size ? STR(" ") : STR(""));
        write(dossier, interface_text(dossier->language, str_copy(document->arena, entity->sector).at));
    }
    if (entity->mention_count > 1)
        write(dossier, str_format(document->arena, "%s×%u", entity->country.size || entity->sector.size ? "  " : "",
                                  entity->mention_count));
    style(dossier, STYLE_PLAIN);
    if (entity->role.size) {
        new_line(dossier, DEEP_INDENT);
        write(dossier, entity->role);
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
    Str digits = str_format(dossier->document->arena, value == (double)(long long)value ? "%.0f" : "%.15g", value);
    Str separator = interface_text(dossier->language, "thousands"), point = interface_text(dossier->language, "decimal");
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
    if (quantity->counts != RELATO_OTHER) {
        move_to(dossier, LABEL_COLUMNS + INDENT);
        styled(dossier, STYLE_DIM, interface_text(dossier->language, relato_counts_name(quantity->counts)));
    }
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

/* ---- the text ------------------------------------------------------------------------------- */

static int by_start(const void *a, const void *b)
{
    const Mark *x = a, *y = b;
    if (x->span.start != y->span.start)
        return x->span.start < y->span.start ? -1 : 1;
    return (x->span.end < y->span.end) - (x->span.end > y->span.end);
}

static Mark *all_marks(const Document *document, size_t *count)
{
    size_t most = document->time_count + document->quantity_count;
    for (size_t i = 0; i < document->entity_count; i++)
        most += document->entities[i].mention_count;
    Mark *marks = ARENA_ARRAY(document->arena, Mark, most);
    *count = 0;
    for (size_t i = 0; i < document->entity_count; i++)
        for (size_t k = 0; k < document->entities[i].mention_count; k++)
            marks[(*count)++] = (Mark){ document->entities[i].mentions[k], STYLE_WHO };
    for (size_t i = 0; i < document->time_count; i++)
        marks[(*count)++] = (Mark){ document->times[i].span, STYLE_WHEN };
    for (size_t i = 0; i < document->quantity_count; i++)
        marks[(*count)++] = (Mark){ document->quantities[i].span, STYLE_MANY };
    if (*count)
        qsort(marks, *count, sizeof *marks, by_start);
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
        marked(dossier, (Span){ start, end }, marks + first, last - first, INDENT);
        first = last;
        start = end + 1;
    }
    buffer_byte(dossier->out, '\n');
}

void output_text(Buffer *out, const Document *document, const Language *language, const RelatoLayout *layout)
{
    Dossier dossier = { .out = out, .document = document, .language = language, .width = layout && layout->width ? layout->width : 80,
                        .colour = layout && layout->colour };
    if (dossier.width < NARROWEST)
        dossier.width = NARROWEST;
    write_head(&dossier);
    write_who(&dossier);
    write_when(&dossier);
    write_how_many(&dossier);
    write_text(&dossier);
}
