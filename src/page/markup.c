/* Tokens are found as section 13.2.5 of the HTML standard says; which tags an
 * element closes is what section 13.2.6 says for the modes "in body" and "in
 * table", without the rules for pages that no longer exist. */
#include "page/markup.h"

/* What the rules need to know of an element. */
enum {
    VOID = 1 << 0,          /* has no end tag */
    RAW = 1 << 1,           /* its content is no markup */
    SKIPPED = 1 << 2,       /* it holds no text of a report */
    UNTAGGED = 1 << 3,      /* its tags are left out; what it holds stays */
    SPECIAL = 1 << 4,       /* "special" in the standard: not closed by the end of inline elements around it */
    CLOSES_P = 1 << 5,      /* ends an open paragraph */
    FORMATTING = 1 << 6,    /* "formatting" in the standard */
    BOUNDARY = 1 << 7,      /* end tags do not reach out of it */
    HEADING = 1 << 8,
    ITEM = 1 << 9,          /* ends the item before it */
    TABLE_PART = 1 << 10    /* stands in tables alone */
};

enum { BLOCK = SPECIAL | CLOSES_P, VOID_GONE = VOID | UNTAGGED };

typedef struct Element {
    const char *name;
    unsigned flags;
} Element;

/* In order of name. */
static const Element elements[] = {
    { "a", FORMATTING },
    { "abbr", 0 },
    { "address", BLOCK },
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
    { "button", SPECIAL | BOUNDARY },
    { "canvas", SKIPPED },
    { "caption", SPECIAL | BOUNDARY | TABLE_PART },
    { "center", BLOCK },
    { "cite", 0 },
    { "code", FORMATTING },
    { "col", VOID_GONE },
    { "colgroup", UNTAGGED },
    { "datalist", SKIPPED },
    { "dd", BLOCK | ITEM },
    { "del", 0 },
    { "details", BLOCK },
    { "dialog", BLOCK },
    { "dir", BLOCK },
    { "div", BLOCK },
    { "dl", BLOCK },
    { "dt", BLOCK | ITEM },
    { "em", FORMATTING },
    { "embed", VOID_GONE },
    { "fieldset", BLOCK },
    { "figcaption", BLOCK },
    { "figure", BLOCK },
    { "font", FORMATTING },
    { "footer", BLOCK },
    { "form", BLOCK },
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
    { "li", BLOCK | ITEM },
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
    { "ol", BLOCK },
    { "optgroup", UNTAGGED },
    { "option", UNTAGGED },
    { "p", BLOCK },
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
    { "table", BLOCK | BOUNDARY },
    { "tbody", SPECIAL | TABLE_PART },
    { "td", SPECIAL | BOUNDARY | TABLE_PART },
    { "template", SKIPPED },
    { "textarea", RAW | SKIPPED },
    { "tfoot", SPECIAL | TABLE_PART },
    { "th", SPECIAL | BOUNDARY | TABLE_PART },
    { "thead", SPECIAL | TABLE_PART },
    { "time", 0 },
    { "title", RAW },
    { "tr", SPECIAL | TABLE_PART },
    { "track", VOID_GONE },
    { "tt", FORMATTING },
    { "u", FORMATTING },
    { "ul", BLOCK },
    { "video", SKIPPED },
    { "wbr", VOID_GONE },
    { "xmp", RAW | SKIPPED },
};

/* Attributes that say what an element is, in order of name. */
static const char *const attributes[] = {
    "aria-hidden", "class",    "content", "datetime", "hidden", "href",  "id",
    "itemprop",    "itemtype", "name",    "property", "rel",    "role",  "style", "type",
};

enum { MOST_ATTRIBUTES = sizeof attributes / sizeof *attributes, LONGEST_NAME = 32 };

/* An element that is open. Names that are not in the table are known by their hash. */
typedef struct Open {
    const Element *element; /* NULL: not in the table; an inline element */
    uint32_t hash;
} Open;

typedef struct Tag {
    char name[LONGEST_NAME];    /* in small letters, cut if longer */
    const Element *element;
    uint32_t hash;
    unsigned flags;
    bool is_end, closes_itself;
    unsigned had;               /* bit of each attribute that it has, */
    Str values[MOST_ATTRIBUTES];/* as written */
} Tag;

typedef struct Tidier {
    Str page;
    size_t at;
    Buffer *out, *data;
    Open open[MARKUP_DEPTH];
    size_t depth;
    size_t too_deep;            /* elements open beyond MARKUP_DEPTH */
    size_t skipping;            /* depth at which a skipped element is open; 0: none */
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

static bool is_named(const Open *open, const char *name)
{
    return open->element && strcmp(open->element->name, name) == 0;
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

/* Depth above the nearest open `name` (0: none); elements with one of the
 * flags `until` are not passed. */
static size_t find_open(const Tidier *t, const char *name, unsigned until)
{
    for (size_t i = t->depth; i-- > 0;) {
        if (is_named(&t->open[i], name))
            return i + 1;
        if (flags_of(&t->open[i]) & until)
            return 0;
    }
    return 0;
}

static void close_paragraph(Tidier *t)
{
    size_t depth = find_open(t, "p", BOUNDARY);
    if (depth)
        close_to(t, depth - 1);
}

/* A list item or term ends the one before it in the same list. */
static void close_item(Tidier *t, const char *name)
{
    bool is_li = strcmp(name, "li") == 0;
    for (size_t i = t->depth; i-- > 0;) {
        const Open *open = &t->open[i];
        if (is_li ? is_named(open, "li") : is_named(open, "dd") || is_named(open, "dt")) {
            close_to(t, i);
            return;
        }
        if ((flags_of(open) & SPECIAL) && !is_named(open, "address") && !is_named(open, "div") && !is_named(open, "p"))
            return;
    }
}

/* How far out a part of a table is: cells stand in rows, rows in groups. */
static int table_level(const char *name)
{
    if (strcmp(name, "td") == 0 || strcmp(name, "th") == 0)
        return 3;
    return strcmp(name, "tr") == 0 ? 2 : 1;
}

/* A part of a table ends what stands in its way: a cell the cell before it, a
 * row the row. False if there is no table. */
static bool close_table_parts(Tidier *t, const char *name)
{
    size_t outermost = t->depth;
    for (size_t i = t->depth; i-- > 0;) {
        const Open *open = &t->open[i];
        if (is_named(open, "table")) {
            close_to(t, outermost);
            return true;
        }
        if ((flags_of(open) & TABLE_PART) && table_level(open->element->name) >= table_level(name))
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
    if ((tag->flags & TABLE_PART) && !close_table_parts(t, tag->name))
        return false;
    if (tag->flags & ITEM)
        close_item(t, tag->name);
    if (tag->flags & CLOSES_P)
        close_paragraph(t);
    if ((tag->flags & HEADING) && t->depth && (flags_of(&t->open[t->depth - 1]) & HEADING))
        close_to(t, t->depth - 1);
    if (strcmp(tag->name, "form") == 0 && find_open(t, "form", 0))
        return false;
    size_t link = strcmp(tag->name, "a") == 0 ? find_open(t, "a", BOUNDARY) : 0;
    if (link)
        remove_open(t, link);
    return true;
}

static void write_start_tag(Tidier *t, const Tag *tag)
{
    write_name(t, "<", tag->element);
    if (!(tag->flags & FORMATTING) || strcmp(tag->name, "a") == 0)
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
    if (!prepare_start(t, tag))
        return;
    if (tag->flags & VOID) {
        write_start_tag(t, tag);
    } else if (t->depth == MARKUP_DEPTH) {
        t->too_deep++;
    } else {
        t->open[t->depth++] = (Open){ tag->element, tag->hash };
        if (tag->flags & SKIPPED)
            t->skipping = t->depth;
        else
            write_start_tag(t, tag);
    }
}

/* Depth above the open element that an end tag ends; 0 if there is none. */
static size_t ended_element(const Tidier *t, const Tag *tag)
{
    for (size_t i = t->depth; i-- > 0;) {
        const Open *open = &t->open[i];
        unsigned flags = flags_of(open);
        bool same = open->element == tag->element && open->hash == tag->hash;
        if (same || ((tag->flags & HEADING) && (flags & HEADING)))
            return i + 1;
        bool stops = tag->flags & TABLE_PART                   ? is_named(open, "table")
                     : tag->flags & (SPECIAL | FORMATTING)     ? (flags & BOUNDARY) && !is_named(open, "button")
                     : tag->flags & SKIPPED                    ? false
                                                               : (flags & SPECIAL) != 0;
        bool leaves_table = strcmp(tag->name, "table") == 0 && !is_named(open, "table");
        if (stops && !leaves_table)
            return 0;
        if (strcmp(tag->name, "li") == 0 && (is_named(open, "ul") || is_named(open, "ol")))
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
    bool alone = (tag->flags & FORMATTING) || strcmp(tag->name, "form") == 0;
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
