/* Feeds: RSS 0.9 to 2.0, Atom (RFC 4287), sitemaps with the news extension
 * (sitemaps.org). Each entry that has a text of its own is a report; with
 * `follow` the page that an entry leads to is fetched and read in its stead. */
#include <expat.h>
#include <stdlib.h>

#include "input/containers.h"
#include "input/fetch.h"
#include "page/content.h"
#include "page/recognise.h"

enum { NAMESPACE_MARK = ' ', DEEPEST_ELEMENT = 64, BLOCK = 64 << 10 };

/* What is kept of a channel or an entry. */
typedef enum Part {
    TITLE,
    LINK,
    TEXT,
    TEASER,
    DATE,
    UPDATED,
    AUTHOR,
    OUTLET,
    LANGUAGE,
    PART_COUNT,
    NOTHING = PART_COUNT
} Part;

typedef struct Entry {
    Buffer parts[PART_COUNT];
} Entry;

typedef struct Feed {
    RelatoSource *source;
    XML_Parser parser;
    Entry channel, entry;
    struct {
        Entry *items;
        size_t count, capacity, next;
    } ready;                    /* entries that are read and not given out */
    Part path[DEEPEST_ELEMENT]; /* what the open elements are parts of */
    int depth;
    int channel_depth; /* of the element that tells of the whole feed */
    int entry_depth;   /* of the open entry; 0: none is open */
    int markup_depth;  /* of an element whose elements are its text; 0: none */
    bool is_index, ended;
    RelatoSource *inner;    /* what an entry led to, or NULL */
    size_t read, addresses; /* bytes; entries that are nothing but an address */
} Feed;

/* ---- recognising ----------------------------------------------------------------- */

/* The name of the first element, without its namespace; empty if there is none yet. */
static Str root_of(Str bytes)
{
    Str s = recognise_start(bytes);
    while (s.size > 1 && s.at[0] == '<' && (s.at[1] == '?' || s.at[1] == '!')) {
        bool has_subset = str_find_byte(s, '[', 0) < str_find_byte(s, '>', 0); /* definitions inside <!DOCTYPE> */
        const char *end = str_starts(s, STR("<!--")) ? "-->" : has_subset ? "]>" : ">";
        const char *found = memmem(s.at, s.size, end, strlen(end));
        if (!found)
            return (Str){ NULL, 0 };
        s = recognise_start(str_slice(s, (size_t)(found - s.at) + strlen(end), s.size));
    }
    if (!s.size || s.at[0] != '<')
        return (Str){ NULL, 0 };
    size_t end = 1;
    while (end < s.size && !strchr(" \t\r\n/>", s.at[end]))
        end++;
    return str_slice(s, 1, end);
}

bool feed_recognise(Str bytes)
{
    static const char *const roots[] = { "rss", "feed", "rdf:RDF", "urlset", "sitemapindex" };
    Str root = root_of(bytes);
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
        if (str_equal(root, str_of(roots[i])))
            return true;
    return false;
}

/* ---- elements --------------------------------------------------------------------- */

static const char *local_name(const char *name)
{
    const char *mark = strrchr(name, NAMESPACE_MARK);
    return mark ? mark + 1 : name;
}

static const char *attribute(const char **attributes, const char *name)
{
    for (; *attributes; attributes += 2)
        if (!strcmp(local_name(attributes[0]), name))
            return attributes[1];
    return NULL;
}

static bool is_entry(const char *local)
{
    return !strcmp(local, "item") || !strcmp(local, "entry") || !strcmp(local, "url") || !strcmp(local, "sitemap");
}

/* What an element is a part of, by its name and that of its namespace, `below`
 * elements inside its entry or channel: a picture or a source quoted has a title too. */
static Part part_of(const char *name, int below)
{
    static const struct {
        const char *space, *local; /* space: a part of the namespace's name, NULL: any */
        Part part;
        int deepest;
    } parts[] = {
        { "media", "title", NOTHING, 9 },
        { "media", "description", NOTHING, 9 },
        { "sitemap-news", "title", TITLE, 2 },
        { "sitemap-news", "publication_date", DATE, 2 },
        { "sitemap-news", "name", OUTLET, 3 },
        { "sitemap-news", "language", LANGUAGE, 3 },
        { NULL, "title", TITLE, 1 },
        { NULL, "link", LINK, 1 },
        { NULL, "loc", LINK, 1 },
        { "content", "encoded", TEXT, 1 },
        { "Atom", "content", TEXT, 1 },
        { NULL, "description", TEASER, 1 },
        { NULL, "summary", TEASER, 1 },
        { NULL, "pubDate", DATE, 1 },
        { NULL, "published", DATE, 1 },
        { "purl.org/dc", "date", DATE, 1 },
        { NULL, "updated", UPDATED, 1 },
        { "purl.org/dc", "creator", AUTHOR, 1 },
        { NULL, "author", AUTHOR, 1 },
        { "Atom", "name", AUTHOR, 2 },
        { NULL, "language", LANGUAGE, 1 },
    };
    const char *local = local_name(name);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!strcmp(local, parts[i].local) && (!parts[i].space || strstr(name, parts[i].space)))
            return below <= parts[i].deepest ? parts[i].part : NOTHING;
    return NOTHING;
}

static Buffer *open_part(Feed *feed)
{
    Part part = feed->depth && feed->depth <= DEEPEST_ELEMENT ? feed->path[feed->depth - 1] : NOTHING;
    if (part == NOTHING)
        return NULL;
    return &(feed->entry_depth ? &feed->entry : &feed->channel)->parts[part];
}

/* The text as it stands in markup. */
static void add_escaped(Buffer *out, Str text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.at[i] == '<')
            buffer_add(out, STR("&lt;"));
        else if (text.at[i] == '&')
            buffer_add(out, STR("&amp;"));
        else
            buffer_byte(out, text.at[i]);
}

static void add_tag(Feed *feed, const char *opening, const char *name)
{
    Buffer *out = &feed->entry.parts[TEXT];
    buffer_add(out, str_of(opening));
    buffer_add(out, str_of(local_name(name)));
    buffer_byte(out, '>');
}

/* The address that an Atom link leads to, if it is the page itself. */
static void add_link(Feed *feed, const char **attributes)
{
    const char *to = attribute(attributes, "href"), *relation = attribute(attributes, "rel");
    Buffer *out = open_part(feed);
    if (to && out && out->size == 0 && (!relation || !strcmp(relation, "alternate")))
        buffer_add(out, str_of(to));
}

/* The part, if the entry or channel has none such yet: the first one counts. */
static Part fresh(Feed *feed, Part part)
{
    if (part == NOTHING)
        return NOTHING;
    Buffer *out = &(feed->entry_depth ? &feed->entry : &feed->channel)->parts[part];
    if (str_trim(buffer_str(out)).size)
        return NOTHING;
    out->size = 0;
    return part;
}

static void XMLCALL begin_element(void *context, const char *name, const char **attributes)
{
    Feed *feed = context;
    const char *local = local_name(name);
    feed->depth++;
    if (feed->markup_depth) {
        add_tag(feed, "<", name);
        return;
    }
    if (feed->depth == 1) {
        feed->is_index = !strcmp(local, "sitemapindex");
        feed->channel_depth = strcmp(local, "feed") ? 2 : 1;
    }
    if (!feed->entry_depth && is_entry(local) && feed->depth > 1)
        feed->entry_depth = feed->depth;
    if (feed->depth > DEEPEST_ELEMENT)
        return;
    int below = feed->depth - (feed->entry_depth ? feed->entry_depth : feed->channel_depth);
    Part part = below > 0 ? fresh(feed, part_of(name, below)) : NOTHING;
    feed->path[feed->depth - 1] = part;
    if (part == LINK)
        add_link(feed, attributes);
    const char *type = attribute(attributes, "type");
    if (part == TEXT && feed->entry_depth && type && !strcmp(type, "xhtml"))
        feed->markup_depth = feed->depth;
}

static bool keep_entry(Feed *feed)
{
    if (feed->ready.count == feed->ready.capacity) {
        size_t capacity = feed->ready.capacity ? 2 * feed->ready.capacity : 16;
        Entry *items = realloc(feed->ready.items, capacity * sizeof *items);
        if (!items)
            return false;
        feed->ready.items = items;
        feed->ready.capacity = capacity;
    }
    feed->ready.items[feed->ready.count++] = feed->entry;
    feed->entry = (Entry){ 0 };
    return true;
}

static void XMLCALL end_element(void *context, const char *name)
{
    Feed *feed = context;
    if (feed->markup_depth == feed->depth)
        feed->markup_depth = 0;
    else if (feed->markup_depth)
        add_tag(feed, "</", name);
    if (feed->entry_depth == feed->depth) {
        feed->entry_depth = 0;
        if (!keep_entry(feed))
            XML_StopParser(feed->parser, XML_FALSE);
    }
    feed->depth--;
}

static void XMLCALL add_text(void *context, const char *text, int size)
{
    Feed *feed = context;
    Str added = { text, (size_t)size };
    Buffer *out = open_part(feed);
    if (feed->markup_depth)
        add_escaped(&feed->entry.parts[TEXT], added);
    else if (out)
        buffer_add(out, added);
}

/* Documents that define entities are no feeds; the library bounds what entities
 * cost, but nothing of use is lost by refusing them. */
static void XMLCALL refuse_entity(void *context, const char *name, int is_parameter, const char *value, int size,
                                  const char *base, const char *system, const char *public, const char *notation)
{
    (void)name, (void)is_parameter, (void)value, (void)size, (void)base, (void)system, (void)public, (void)notation;
    XML_StopParser(((Feed *)context)->parser, XML_FALSE);
}

/* ---- entries ------------------------------------------------------------------------ */

static void entry_free(Entry *entry)
{
    for (int i = 0; i < PART_COUNT; i++)
        buffer_free(&entry->parts[i]);
}

static Str part(const Entry *entry, Part which)
{
    return str_trim(buffer_str(&entry->parts[which]));
}

static Str first_of(Str a, Str b)
{
    return a.size ? a : b;
}

/* The name of an entry, for messages. */
static void name_entry(const Feed *feed, const Entry *entry, char *name, size_t size)
{
    Str link = part(entry, LINK);
    snprintf(name, size, "%.100s: %.*s", source_name(feed->source), (int)(link.size < 400 ? link.size : 400),
             link.size ? link.at : "");
}

/* Fetches what an entry leads to: 0, or -1 and `error`. */
static int follow(Feed *feed, const Entry *entry, RelatoRecord *record, Error *error)
{
    Str link = part(entry, LINK);
    char *address = strndup(link.at, link.size);
    if (!address) {
        error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
        return -1;
    }
    Str published = first_of(part(entry, DATE), part(entry, UPDATED));
    bool fetchable = is_address(address);
    feed->inner = fetchable ? source_fetched(feed->source, address, published, error) : NULL;
    if (!fetchable)
        error_set(error, RELATO_ERROR_INPUT, 0, SIZE_MAX, "is no address that can be fetched");
    int got = feed->inner ? 0 : source_give_fault(address, record);
    free(address);
    return got;
}

/* 1 and the record of an entry, -1 and `error`; 0 if it has no text, or leads to
 * what is read next. */
static int give_entry(Feed *feed, const Entry *entry, RelatoRecord *record, Error *error)
{
    Str text = part(entry, TEXT), teaser = part(entry, TEASER), link = part(entry, LINK);
    if (link.size && source_options(feed->source)->follow)
        return follow(feed, entry, record, error);
    if (teaser.size > text.size)
        text = teaser;
    if (!text.size) {
        feed->addresses += link.size > 0;
        return 0;
    }
    char name[512];
    name_entry(feed, entry, name, sizeof name);
    bool is_markup = memchr(text.at, '<', text.size) || memchr(text.at, '&', text.size);
    Page page = {
        .bytes = text,
        .format = is_markup ? RELATO_FORMAT_HTML : RELATO_FORMAT_TEXT,
        .url = link,
        .title = part(entry, TITLE),
        .outlet = first_of(part(entry, OUTLET), part(&feed->channel, TITLE)),
        .byline = part(entry, AUTHOR),
        .published = first_of(part(entry, DATE), part(entry, UPDATED)),
    };
    return source_give_page(feed->source, name, &page, record, error);
}

/* 1 or -1 for what an entry led to, 0 at its end. */
static int give_followed(Feed *feed, RelatoRecord *record, Error *error)
{
    if (!feed->inner)
        return 0;
    int got = relato_source_next(feed->inner, record, error);
    if (got == 0) {
        relato_source_close(feed->inner);
        feed->inner = NULL;
    }
    return got;
}

/* ---- the feed ------------------------------------------------------------------------ */

/* Reads on; false at the end and, with `error` filled, at a fault. */
static bool read_on(Feed *feed, bool *failed, Error *error)
{
    if (!source_held(feed->source).size)
        source_more(feed->source);
    Str held = source_held(feed->source);
    if (!held.size) {
        feed->ended = true;
        *failed = source_fault(feed->source, error);
        if (*failed)
            return false;
    }
    size_t size = held.size < BLOCK ? held.size : BLOCK;
    feed->read += size;
    enum XML_Status status = XML_Parse(feed->parser, held.at, (int)size, held.size == 0);
    source_take(feed->source, size);
    if (status != XML_STATUS_OK || feed->read > RECORD_LIMIT) {
        enum XML_Error code = XML_GetErrorCode(feed->parser);
        feed->ended = *failed = true;
        if (feed->read > RECORD_LIMIT)
            return error_set(error, RELATO_ERROR_LIMIT, 0, SIZE_MAX, "is larger than %zu MB", RECORD_LIMIT >> 20);
        return error_set(error, RELATO_ERROR_INPUT, XML_GetCurrentLineNumber(feed->parser), SIZE_MAX, "broken XML: %s",
                         code == XML_ERROR_ABORTED ? "it defines entities" : XML_ErrorString(code));
    }
    return !feed->ended;
}

/* Tells at the end of those entries that could not be read. */
static int end_with(Feed *feed, Error *error)
{
    size_t addresses = feed->addresses;
    feed->addresses = 0;
    if (!addresses)
        return 0;
    error_set(error, RELATO_ERROR_INPUT, 0, SIZE_MAX,
              "%zu of its entries are nothing but addresses%s; --follow fetches them", addresses,
              feed->is_index ? " of other sitemaps" : "");
    return -1;
}

static int feed_next(void *context, RelatoRecord *record, Error *error)
{
    Feed *feed = context;
    for (;;) {
        int followed = give_followed(feed, record, error);
        if (followed)
            return followed;
        while (!feed->inner && feed->ready.next < feed->ready.count) {
            Entry *entry = &feed->ready.items[feed->ready.next++];
            int got = give_entry(feed, entry, record, error);
            entry_free(entry);
            if (got)
                return got;
        }
        if (feed->inner)
            continue;
        feed->ready.next = feed->ready.count = 0;
        if (feed->ended)
            return end_with(feed, error);
        bool failed = false;
        read_on(feed, &failed, error);
        if (failed)
            return -1;
    }
}

static void feed_close(void *context)
{
    Feed *feed = context;
    relato_source_close(feed->inner);
    XML_ParserFree(feed->parser);
    while (feed->ready.next < feed->ready.count)
        entry_free(&feed->ready.items[feed->ready.next++]);
    free(feed->ready.items);
    entry_free(&feed->channel);
    entry_free(&feed->entry);
    free(feed);
}

bool feed_open(Reader *reader, RelatoSource *source, Error *error)
{
    Feed *feed = calloc(1, sizeof *feed);
    XML_Parser parser = feed ? XML_ParserCreateNS(NULL, NAMESPACE_MARK) : NULL;
    if (!parser) {
        free(feed);
        return error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
    }
    feed->source = source;
    feed->parser = parser;
    XML_SetUserData(parser, feed);
    XML_SetElementHandler(parser, begin_element, end_element);
    XML_SetCharacterDataHandler(parser, add_text);
    XML_SetEntityDeclHandler(parser, refuse_entity);
    *reader = (Reader){ feed_next, feed_close, feed };
    return true;
}
