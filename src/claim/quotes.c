#include "claim/claiming.h"
#include "core/utf8.h"

enum { STRAIGHT = '"', TYPEWRITER_OPEN = '`', APOSTROPHE = '\'' };

static bool opens(uint32_t c)
{
    return c == 0x201C || c == 0x201E || c == 0xAB || c == 0x2018;
}

static bool closes(uint32_t open, uint32_t c)
{
    return ((open == 0x201C || open == 0x201E || open == STRAIGHT) && (c == 0x201D || c == STRAIGHT || c == 0x201C)) ||
           (open == 0xAB && c == 0xBB) || (open == 0x2018 && c == 0x2019) || (open == APOSTROPHE && c == APOSTROPHE);
}

static bool is_space_or_start(Str text, size_t at)
{
    return at == 0 || text.at[at - 1] == ' ' || text.at[at - 1] == '\n' || text.at[at - 1] == '(';
}

static bool letter_at(Str text, size_t at)
{
    return at < text.size && u_isalnum((UChar32)utf8_next(text, &at));
}

static void add_quote(Claiming *claiming, size_t start, size_t end, bool closed)
{
    if (end > start)
        *ARENA_PUSH(claiming->document->arena, &claiming->quotes) = (Quote){ (uint32_t)start, (uint32_t)end, closed };
}

/* Marks of one paragraph: pairs, a last one left open to its end, and a closing
 * one whose partner was lost, which quotes from the start of the paragraph on. */
static void find_in_paragraph(Claiming *claiming, size_t start, size_t end)
{
    Str text = claiming->document->text;
    uint32_t open = 0;
    size_t inside = start, last = start;
    for (size_t at = start; at < end;) {
        size_t before = at;
        uint32_t c = utf8_next(text, &at);
        bool outer = is_space_or_start(text, before);
        if (open == 0 &&
            (opens(c) || (outer && (c == STRAIGHT || c == APOSTROPHE) && at < end && text.at[at] != ' '))) {
            open = c;
            inside = at;
        } else if (open && closes(open, c) && !letter_at(text, at) && !(outer && at < end && letter_at(text, at))) {
            add_quote(claiming, inside, before, true);
            open = 0;
            last = at;
        } else if (open == 0 && (c == STRAIGHT || c == 0x201D) && !outer && last == start) {
            add_quote(claiming, start, before, true);
            last = at;
        }
    }
    if (open && open != APOSTROPHE)
        add_quote(claiming, inside, end, false);
}

void quotes_find(Claiming *claiming)
{
    Str text = claiming->document->text;
    for (size_t start = 0; start < text.size;) {
        size_t end = str_find_byte(text, '\n', start);
        find_in_paragraph(claiming, start, end);
        start = end + 1;
    }
}

/* The first quotation that ends behind the byte. */
static size_t first_behind(const Claiming *claiming, uint32_t byte)
{
    size_t low = 0, high = claiming->quotes.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (claiming->quotes.items[middle].end <= byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const Quote *quote_around(const Claiming *claiming, uint32_t byte)
{
    size_t i = first_behind(claiming, byte);
    return i < claiming->quotes.count && claiming->quotes.items[i].start <= byte ? &claiming->quotes.items[i] : NULL;
}

const Quote *quote_from(const Claiming *claiming, uint32_t byte)
{
    for (size_t i = first_behind(claiming, byte); i < claiming->quotes.count; i++)
        if (claiming->quotes.items[i].start >= byte)
            return &claiming->quotes.items[i];
    return NULL;
}

/* True if the second quotation opens the paragraph behind the first, which was left open. */
static bool continues(const Claiming *claiming, const Quote *one, const Quote *next)
{
    Str text = claiming->document->text;
    size_t mark = next->start;
    utf8_previous(text, &mark);
    return !one->closed && one->end < text.size && text.at[one->end] == '\n' && mark == one->end + 1;
}

const Quote *quote_first(const Claiming *claiming, const Quote *quote)
{
    while (quote > claiming->quotes.items && continues(claiming, quote - 1, quote))
        quote--;
    return quote;
}

const Quote *quote_last(const Claiming *claiming, const Quote *quote)
{
    while (quote + 1 < claiming->quotes.items + claiming->quotes.count && continues(claiming, quote, quote + 1))
        quote++;
    return quote;
}

RelatoQuoted quoted_of(const Claiming *claiming, Span span)
{
    const Quote *quote = quote_around(claiming, span.start);
    if (quote && quote->start == span.start && span.end <= quote_last(claiming, quote)->end)
        return RELATO_QUOTED_FULL;
    size_t i = first_behind(claiming, span.start);
    return i < claiming->quotes.count && claiming->quotes.items[i].start < span.end ? RELATO_QUOTED_PARTIAL
                                                                                    : RELATO_QUOTED_NONE;
}
