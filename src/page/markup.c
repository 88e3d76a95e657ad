/* Tokens are found as section 13.2.5 of the HTML standard says; which tags an
 * element closes is what section 13.2.6 says for the modes "in body" and "in
 * table", without the rules for pages that no longer exist. */
#include "page/markup.h"

/* What the rules need to know of an element. */
enum {
    VOID = 1 << 0,       /* has no end tag */
    RAW = 1 << 1,        /* its content is no markup */
    SKIPPED = 1 << 2,    /* it holds no text of a report */
    UNTAGGED = 1 << 3,   /* its tags are left out; what it holds stays */
    SPECIAL = 1 << 4,    /* "special" in the standard: not closed by the end of inline elements around it */
    CLOSES_P = 1 << 5,   /* ends an open paragraph */
    FORMATTING = 1 << 6, /* "formatting" in the standard */
    BOUNDARY = 1 << 7,   /* end tags do not reach out of it */
    /* Elements that have rules of their own: */
    P = 1 << 8,
    LI = 1 << 9,
    TERM = 1 << 10, /* dt, dd */
    HEADING = 1 << 11,
    LIST = 1 << 12, /* ul, ol */
    A = 1 << 13,
    FORM = 1 << 14,
    BUTTON = 1 << 15,
    TABLE = 1 << 16,
    GROUP = 1 << 17, /* of rows; caption */
    ROW = 1 << 18,
    CELL = 1 << 19,
    LOOSE = 1 << 20 /* items reach out of these: address, div, p */
};

enum {
    BLOCK = SPECIAL | CLOSES_P,
    VOID_GONE = VOID | UNTAGGED,
    TABLE_PART = GROUP | ROW | CELL /* stands in tables alone */
};

typedef struct Element {
    const char *name;
    unsigned flags;
} Element;

/* In order of name. */
static const Element elements[] = {
    { "a", FORMATTING | A },
    { "abbr", 0 },
    { "address", BLOCK | LOOSE },
    { "applet", SPECIAL | SKIPPED },
    { "area", VOID_GONE },
    { "article", BLOCK },
    { "aside", BLOCK },
    { "audio", SKIPPED },
    { "b", FORMATTING },
    { "base", VOID_GONE },
    { "big", FORMATTING },
    { "blockquote", BLOCK },
    { "body", UNTAGGED },
    { "br", VOID },
    { "button", SPECIAL | BOUNDARY | BUTTON },
    { "canvas", SKIPPED },
    { "caption", SPECIAL | BOUNDARY | GROUP },
    { "center", BLOCK },
    { "cite", 0 },
    { "code", FORMATTING },
    { "col", VOID_GONE },
    { "colgroup", UNTAGGED },
    { "datalist", SKIPPED },
    { "dd", BLOCK | TERM },
    { "del", 0 },
    { "details", BLOCK },
    { "dialog", BLOCK | SKIPPED },
    { "dir", BLOCK },
    { "div", BLOCK | LOOSE },
    { "dl", BLOCK },
    { "dt", BLOCK | TERM },
    { "em", FORMATTING },
    { "embed", VOID_GONE },
    { "fieldset", BLOCK },
    { "figcaption", BLOCK },
    { "figure", BLOCK },
    { "font", FORMATTING },
    { "footer", BLOCK },
    { "form", BLOCK | FORM },
    { "frame", VOID_GONE },
    { "frameset", UNTAGGED },
    { "h1", BLOCK | HEADING },
    { "h2", BLOCK | HEADING },
    { "h3", BLOCK | HEADING },
    { "h4", BLOCK | HEADING },
    { "h5", BLOCK | HEADING },
    { "h6", BLOCK | HEADING },
    { "head", UNTAGGED },
    { "header", BLOCK },
    { "hgroup", BLOCK },
    { "hr", VOID | CLOSES_P },
    { "html", UNTAGGED },
    { "i", FORMATTING },
    { "iframe", RAW | SKIPPED },
    { "image", VOID_GONE },
    { "img", VOID_GONE },
    { "input", VOID_GONE },
    { "ins", 0 },
    { "isindex", VOID_GONE },
    { "label", 0 },
    { "legend", SPECIAL },
    { "li", BLOCK | LI },
    { "link", VOID },
    { "listing", BLOCK },
    { "main", BLOCK },
    { "map", SKIPPED },
    { "marquee", SPECIAL | BOUNDARY },
    { "math", SKIPPED },
    { "menu", BLOCK },
    { "meta", VOID },
    { "nav", BLOCK },
    { "nobr", FORMATTING },
    { "noembed", RAW | SKIPPED },
    { "noframes", RAW | SKIPPED },
    { "noscript", RAW | SKIPPED },
    { "object", SPECIAL | SKIPPED },
    { "ol", BLOCK | LIST },
    { "optgroup", UNTAGGED },
    { "option", UNTAGGED },
    { "p", BLOCK | P | LOOSE },
    { "param", VOID_GONE },
    { "picture", SKIPPED },
    { "plaintext", UNTAGGED },
    { "pre", BLOCK },
    { "q", 0 },
    { "s", FORMATTING },
    { "script", RAW | SKIPPED },
    { "section", BLOCK },
    { "select", SKIPPED },
    { "small", FORMATTING },
    { "source", VOID_GONE },
    { "span", 0 },
    { "strike", FORMATTING },
    { "strong", FORMATTING },
    { "style", RAW | SKIPPED },
    { "sub", 0 },
    { "summary", BLOCK },
    { "sup", 0 },
    { "svg", SKIPPED },
    { "table", BLOCK | BOUNDARY | TABLE },
    { "tbody", SPECIAL | GROUP },
    { "td", SPECIAL | BOUNDARY | CELL },
    { "template", SKIPPED },
    { "textarea", RAW | SKIPPED },
    { "tfoot", SPECIAL | GROUP },
    { "th", SPECIAL | BOUNDARY | CELL },
    { "thead", SPECIAL | GROUP },
    { "time", 0 },
    { "title", RAW },
    { "tr", SPECIAL | ROW },
    { "track", VOID_GONE },
    { "tt", FORMATTING },
    { "u", FORMATTING },
    { "ul", BLOCK | LIST },
    { "video", SKIPPED },
    { "wbr", VOID_GONE },
    { "xmp", RAW | SKIPPED },
};

/* Attributes that say what an element is, in order of name. */
static const char *const attributes[] = {
    "aria-hidden", "class", "content",  "datetime", "hidden", "href",  "id",   "itemprop",
    "itemtype",    "name",  "property", "rel",      "role",   "style", "type",
};

enum { MOST_ATTRIBUTES = sizeof attributes / sizeof *attributes, LONGEST_NAME = 32 };

/* An element that is open. Names that are not in the table are known by their hash. */
typedef struct Open {
    const Element *element; /* NULL: not in the table; an inline element */
    uint32_t hash;
} Open;

typedef struct Tag {
    char name[LONGEST_NAME]; /* in small letters, cut if longer */
    const Element *element;
    uint32_t hash;
    unsigned flags;
    bool is_end, closes_itself;
    unsigned had;                /* bit of each attribute that it has, */
    Str values[MOST_ATTRIBUTES]; /* as written */
} Tag;

typedef struct Tidier {
    Str page;
    size_t at;
    Buffer *out, *data;
    Open open[MARKUP_DEPTH];
    size_t depth;
    size_t too_deep; /* elements open beyond MARKUP_DEPTH */
    size_t skipping; /* depth at which a skipped element is open; 0: none */
} Tidier;

/* ---- names ----------------------------------------------------------------- */

static const Element *find_element(const char *name)
{
    size_t low = 0, high = sizeof elements / sizeof *elements;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(name, elements[middle].name);
        if (order == 0)
            return &elements[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static unsigned flags_of(const Open *open)
{
    return open->element ? open->element->flags : 0;
}

/* ---- writing --------------------------------------------------------------- */

static void write_text(Tidier *t, Str s)
{
    if (!t->skipping)
        buffer_add(t->out, s);
}

static void write_name(Tidier *t, const char *before, const Element *element)
{
    buffer_add(t->out, str_of(before));
    buffer_add(t->out, str_of(element ? element->name : "span"));
}

static void write_end_tag(Tidier *t, const Open *open)
{
    write_name(t, "</", open->element);
    buffer_byte(t->out, '>');
}

/* The end tags of all elements above `depth`. */
static void close_to(Tidier *t, size_t depth)
{
    while (t->depth > depth) {
        const Open *open = &t->open[--t->depth];
        if (t->skipping)
            t->skipping = t->skipping > t->depth ? 0 : t->skipping;
        else
            write_end_tag(t, open);
    }
}

/* ---- attributes ------------------------------------------------------------- */

/* Position in `attributes`, or MOST_ATTRIBUTES. */
static size_t attribute_index(Str name)
{
    for (size_t i = 0; i < MOST_ATTRIBUTES; i++) {
        size_t k = 0;
        while (k < name.size && attributes[i][k] && small(name.at[k]) == attributes[i][k])
            k++;
        if (k == name.size && !attributes[i][k])
            return i;
    }
    return MOST_ATTRIBUTES;
}

/* The value behind the equals sign at `*at`, which moves behind it. Quotes are not part of it. */
static Str read_value(Str page, size_t *at)
{
    size_t i = *at + 1;
    while (i < page.size && is_space(page.at[i]))
        i++;
    char quote = i < page.size && (page.at[i] == '"' || page.at[i] == '\'') ? page.at[i] : '\0';
    size_t start = quote ? i + 1 : i, end = start;
    if (quote)
        end = str_find_byte(page, quote, start);
    else
        while (end < page.size && !is_space(page.at[end]) && page.at[end] != '>')
            end++;
    *at = quote && end < page.size ? end + 1 : end;
    return str_slice(page, start, end);
}

/* Reads the attributes from `i` on into the tag, the first of each name; returns where they end. */
static size_t read_attributes(Str page, size_t i, Tag *tag)
{
    for (;;) {
        while (i < page.size && (is_space(page.at[i]) || page.at[i] == '/'))
            i++;
        if (i >= page.size || page.at[i] == '>')
            break;
        size_t start = i++; /* an equals sign here is part of the name */
        while (i < page.size && !is_space(page.at[i]) && !strchr("/>=", page.at[i]))
            i++;
        size_t index = attribute_index(str_slice(page, start, i)), after = i;
        while (after < page.size && is_space(page.at[after]))
            after++;
        Str value = { NULL, 0 };
        if (after < page.size && page.at[after] == '=')
            value = read_value(page, &after), i = after;
        if (index < MOST_ATTRIBUTES && !(tag->had & 1u << index)) {
            tag->had |= 1u << index;
            tag->values[index] = value;
        }
    }
    tag->closes_itself = i < page.size && page.at[i - 1] == '/';
    return i;
}

static void write_attributes(Buffer *out, const Tag *tag)
{
    for (size_t i = 0; i < MOST_ATTRIBUTES; i++) {
        if (!(tag->had & 1u << i))
            continue;
        buffer_byte(out, ' ');
        buffer_add(out, str_of(attributes[i]));
        buffer_add(out, STR("=\""));
        for (Str rest = tag->values[i]; rest.at;) {
            buffer_add(out, str_cut(&rest, '"'));
            if (rest.at)
                buffer_add(out, STR("&quot;"));
        }
        buffer_byte(out, '"');
    }
}

static Str attribute_value(const Tag *tag, const char *name)
{
    size_t index = attribute_index(str_of(name));
    return tag->had & 1u << index ? tag->values[index] : (Str){ NULL, 0 };
}

/* ---- the open elements ------------------------------------------------------- */

/* Depth above the nearest open element with one of the flags `sought` (0:
 * none); one with a flag of `until` is not passed. */
static size_t find_open(const Tidier *t, unsigned sought, unsigned until)
{
    for (size_t i = t->depth; i-- > 0;) {
        if (flags_of(&t->open[i]) & sought)
            return i + 1;
        if (flags_of(&t->open[i]) & until)
            return 0;
    }
    return 0;
}

static void close_paragraph(Tidier *t)
{
    size_t depth = find_open(t, P, BOUNDARY);
    if (depth)
        close_to(t, depth - 1);
}

/* A list item or term ends the one before it in the same list. */
static void close_item(Tidier *t, unsigned item)
{
    for (size_t i = t->depth; i-- > 0;) {
        unsigned flags = flags_of(&t->open[i]);
        if (flags & item) {
            close_to(t, i);
            return;
        }
        if ((flags & SPECIAL) && !(flags & LOOSE))
            return;
    }
}

/* A part of a table ends what stands in its way: a cell the cell before it, a
 * row the row with its cells. False if there is no table. */
static bool close_table_parts(Tidier *t, unsigned part)
{
    unsigned ended = part & CELL ? CELL : part & ROW ? CELL | ROW : TABLE_PART;
    size_t outermost = t->depth;
    for (size_t i = t->depth; i-- > 0;) {
        unsigned flags = flags_of(&t->open[i]);
        if (flags & TABLE) {
            close_to(t, outermost);
            return true;
        }
        if (flags & ended)
            outermost = i;
    }
    return false;
}

/* Takes the element at `depth` - 1 out of the open ones; those above stay open. */
static void remove_open(Tidier *t, size_t depth)
{
    write_end_tag(t, &t->open[depth - 1]);
    memmove(&t->open[depth - 1], &t->open[depth], (t->depth - depth) * sizeof *t->open);
    t->depth--;
}

/* True if an element above `depth` is special. */
static bool has_special_above(const Tidier *t, size_t depth)
{
    for (size_t i = depth; i < t->depth; i++)
        if (flags_of(&t->open[i]) & SPECIAL)
            return true;
    return false;
}

/* ---- tags ------------------------------------------------------------------- */

/* Makes way for the element of a start tag; false if it may not stand here. */
static bool prepare_start(Tidier *t, const Tag *tag)
{
    if ((tag->flags & TABLE_PART) && !close_table_parts(t, tag->flags))
        return false;
    if (tag->flags & (LI | TERM))
        close_item(t, tag->flags & (LI | TERM));
    if (tag->flags & CLOSES_P)
        close_paragraph(t);
    if ((tag->flags & HEADING) && t->depth && (flags_of(&t->open[t->depth - 1]) & HEADING))
        close_to(t, t->depth - 1);
    if ((tag->flags & FORM) && find_open(t, FORM, 0))
        return false;
    size_t link = tag->flags & A ? find_open(t, A, BOUNDARY) : 0;
    if (link)
        remove_open(t, link);
    return true;
}

static void write_start_tag(Tidier *t, const Tag *tag)
{
    write_name(t, "<", tag->element);
    if (!(tag->flags & FORMATTING) || (tag->flags & A))
        write_attributes(t->out, tag);
    buffer_byte(t->out, '>');
}

/* Inside a skipped element: only what is open counts, to find its end. */
static void start_skipped(Tidier *t, const Tag *tag)
{
    if (!(tag->flags & VOID) && !tag->closes_itself && t->depth < MARKUP_DEPTH)
        t->open[t->depth++] = (Open){ tag->element, tag->hash };
}

static void start_element(Tidier *t, const Tag *tag)
{
    if (tag->flags & UNTAGGED)
        return;
    if (t->skipping) {
        start_skipped(t, tag);
        return;
    }
    if (t->depth == MARKUP_DEPTH && !(tag->flags & VOID)) {
        t->too_deep++;
        return;
    }
    if (!prepare_start(t, tag))
        return;
    if (tag->flags & VOID) {
        write_start_tag(t, tag);
    } else {
        t->open[t->depth++] = (Open){ tag->element, tag->hash };
        if (tag->flags & SKIPPED)
            t->skipping = t->depth;
        else
            write_start_tag(t, tag);
    }
}

/* Flags of the elements that an end tag does not reach out of. */
static unsigned reach(unsigned flags)
{
    if (flags & (TABLE | TABLE_PART))
        return TABLE;
    if (flags & LI)
        return BOUNDARY | LIST;
    if (flags & (SPECIAL | FORMATTING))
        return BOUNDARY;
    return flags & SKIPPED ? 0 : SPECIAL;
}

/* Depth above the open element that an end tag ends; 0 if there is none. */
static size_t ended_element(const Tidier *t, const Tag *tag)
{
    unsigned until = reach(tag->flags);
    for (size_t i = t->depth; i-- > 0;) {
        const Open *open = &t->open[i];
        unsigned flags = flags_of(open);
        if ((open->element == tag->element && open->hash == tag->hash) || (tag->flags & flags & HEADING))
            return i + 1;
        if ((flags & until) && (!(flags & BUTTON) || (tag->flags & P)))
            return 0;
    }
    return 0;
}

static void end_element(Tidier *t, const Tag *tag)
{
    if (tag->flags & (UNTAGGED | VOID))
        return;
    if (t->too_deep) {
        t->too_deep--;
        return;
    }
    size_t depth = ended_element(t, tag);
    if (!depth)
        return;
    bool alone = tag->flags & (FORMATTING | FORM);
    if (alone && has_special_above(t, depth) && !t->skipping)
        remove_open(t, depth);
    else
        close_to(t, depth - 1);
}

/* Position behind the end tag of raw text that begins at t->at, *content its text. */
static size_t raw_end(const Tidier *t, const char *name, Str *content)
{
    size_t length = strlen(name);
    Str page = t->page;
    for (size_t i = t->at; (i = str_find_byte(page, '<', i)) < page.size; i++) {
        if (page.size - i < length + 3 || page.at[i + 1] != '/')
            continue;
        size_t k = 0;
        while (k < length && small(page.at[i + 2 + k]) == name[k])
            k++;
        char next = page.at[i + 2 + length];
        if (k == length && (is_space(next) || next == '/' || next == '>')) {
            *content = str_slice(page, t->at, i);
            size_t end = str_find_byte(page, '>', i);
            return end < page.size ? end + 1 : end;
        }
    }
    *content = str_slice(page, t->at, page.size);
    return page.size;
}

/* The content of an element that is no markup. */
static void raw_element(Tidier *t, const Tag *tag)
{
    Str content;
    t->at = raw_end(t, tag->name, &content);
    if (t->skipping)
        return;
    if (!(tag->flags & SKIPPED)) {
        Open open = { tag->element, 0 };
        write_start_tag(t, tag);
        buffer_add(t->out, content);
        write_end_tag(t, &open);
        return;
    }
    Str type = attribute_value(tag, "type");
    if (strcmp(tag->name, "script") == 0 && str_starts(str_trim(type), STR("application/ld+json"))) {
        buffer_add(t->data, content);
        buffer_byte(t->data, '\0');
    }
}

/* ---- tokens ------------------------------------------------------------------ */

static void read_tag(Tidier *t)
{
    Tag tag;
    tag.is_end = t->page.at[t->at + 1] == '/';
    tag.had = 0;
    size_t i = t->at + 1 + tag.is_end, start = i, length = 0;
    for (; i < t->page.size && !is_space(t->page.at[i]) && t->page.at[i] != '/' && t->page.at[i] != '>'; i++)
        if (length + 1 < LONGEST_NAME)
            tag.name[length++] = small(t->page.at[i]);
    tag.name[length] = '\0';
    tag.element = find_element(tag.name);
    tag.hash = tag.element ? 0 : str_hash(str_slice(t->page, start, i));
    tag.flags = tag.element ? tag.element->flags : 0;
    size_t end = read_attributes(t->page, i, &tag);
    t->at = end < t->page.size ? end + 1 : end;
    if (end == t->page.size)
        return; /* a tag that the page ends in is none */
    if (tag.is_end)
        end_element(t, &tag);
    else if (tag.flags & RAW)
        raw_element(t, &tag);
    else
        start_element(t, &tag);
}

/* Goes behind a comment, doctype or other declaration. */
static void read_declaration(Tidier *t)
{
    Str rest = str_slice(t->page, t->at, t->page.size);
    const char *end = NULL;
    size_t width = 1;
    if (!str_starts(rest, STR("<!--"))) {
        end = memchr(rest.at, '>', rest.size);
    } else if (str_starts(rest, STR("<!-->")) || str_starts(rest, STR("<!--->"))) {
        end = memchr(rest.at, '>', rest.size);
    } else {
        end = memmem(rest.at + 4, rest.size - 4, "-->", 3);
        width = 3;
    }
    t->at = end ? (size_t)(end - t->page.at) + width : t->page.size;
}

void markup_tidy(Str page, Buffer *out, Buffer *data)
{
    Tidier t = { .page = page, .out = out, .data = data };
    buffer_add(out, STR("<!DOCTYPE html>"));
    while (t.at < page.size) {
        size_t tag = str_find_byte(page, '<', t.at);
        write_text(&t, str_slice(page, t.at, tag));
        t.at = tag;
        char next = tag + 1 < page.size ? page.at[tag + 1] : ' ';
        if (tag == page.size)
            break;
        if (is_letter(next) || (next == '/' && tag + 2 < page.size && is_letter(page.at[tag + 2]))) {
            read_tag(&t);
        } else if (next == '!' || next == '?' || next == '/') {
            read_declaration(&t);
        } else {
            write_text(&t, STR("&lt;"));
            t.at++;
        }
    }
    close_to(&t, 0);
}
