#include "page/metadata.h"

#include "core/utf8.h"
#include "page/date.h"
#include "page/running.h"
#include "page/tree.h"

typedef enum Field { URL, TITLE, OUTLET, BYLINE, PUBLISHED, FIELD_COUNT } Field;

/* Where each field may stand: names of meta elements (in small letters), the
 * most trusted first, and what stands in other places, in capitals. */
static const char *const sources[FIELD_COUNT][28] = {
    [URL] = { "CANONICAL", "og:url", "LINKED" },
    [TITLE] = { "og:title", "LINKED", "twitter:title", "dc.title", "dcterms.title", "headline", "title", "TITLE",
                "H1" },
    [OUTLET] = { "og:site_name", "LINKED", "application-name", "dc.publisher", "publisher" },
    [BYLINE] = { "LINKED", "author", "article:author", "dc.creator", "dcterms.creator", "parsely-author",
                 "sailthru.author", "article:author_name", "twitter:creator:name", "AUTHOR" },
    [PUBLISHED] = { "LINKED",
                    "article:published_time",
                    "og:published_time",
                    "datepublished",
                    "dc.date.issued",
                    "dcterms.issued",
                    "dcterms.created",
                    "dc.date.created",
                    "parsely-pub-date",
                    "sailthru.date",
                    "publishdate",
                    "publish-date",
                    "publish_date",
                    "publication_date",
                    "pubdate",
                    "date_published",
                    "article.published",
                    "cxenseparse:recs:publishtime",
                    "originalpublicationdate",
                    "article_date_original",
                    "citation_publication_date",
                    "bt:pubdate",
                    "dc.date",
                    "dcterms.date",
                    "date",
                    "PUBDATE",
                    "TIME" },
};

enum { UNRANKED = 100 };

/* Bytes of a line that tells the date: "2 de abril de 2020", "Publicado em quinta-feira, 2 de abril de 2020 às 18h06".
 */
enum { LEAST_DATE = 10, LONGEST_DATE = 80 };

typedef struct Offers {
    Arena *arena;
    Str best[FIELD_COUNT];
    int rank[FIELD_COUNT]; /* position in sources; UNRANKED if there is no offer */
    Str heading;           /* the first h1 */
} Offers;

/* ---- offers -------------------------------------------------------------------- */

static bool is_address(Str s)
{
    return str_starts(s, STR("http://")) || str_starts(s, STR("https://"));
}

static bool is_date(Str s)
{
    Buffer iso = { 0 };
    bool is = date_read(s, &iso);
    buffer_free(&iso);
    return is;
}

static bool makes_sense(Field field, Str value)
{
    switch (field) {
    case URL:
        return is_address(value);
    case PUBLISHED:
        return is_date(value);
    case BYLINE:
        return value.size && !is_address(value);
    default:
        return value.size;
    }
}

/* Takes the value for a field if it makes sense and its source is trusted more than that of the one before. */
static void offer(Offers *offers, Field field, Str source, Str value)
{
    value = str_trim(value);
    for (int i = 0; i < offers->rank[field] && sources[field][i]; i++)
        if (str_equal(source, str_of(sources[field][i]))) {
            if (makes_sense(field, value)) {
                offers->best[field] = value;
                offers->rank[field] = i;
            }
            return;
        }
}

static void offer_linked(Offers *offers, const Content *linked)
{
    offer(offers, URL, STR("LINKED"), buffer_str(&linked->url));
    offer(offers, TITLE, STR("LINKED"), buffer_str(&linked->title));
    offer(offers, OUTLET, STR("LINKED"), buffer_str(&linked->outlet));
    offer(offers, BYLINE, STR("LINKED"), buffer_str(&linked->byline));
    offer(offers, PUBLISHED, STR("LINKED"), buffer_str(&linked->published));
}

/* A meta element: its name may stand in three attributes, and be several. */
static void offer_meta(Offers *offers, const GumboNode *meta)
{
    static const char *const attributes[] = { "property", "name", "itemprop" };
    Str value = tree_attribute(meta, "content");
    if (!value.size)
        return;
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
        for (Str rest = tree_attribute(meta, attributes[i]); rest.at;) {
            Str name = utf8_fold(offers->arena, str_trim(str_cut(&rest, ' ')));
            for (Field field = 0; field < FIELD_COUNT && name.size; field++)
                offer(offers, field, name, value);
        }
}

static bool has_word(Str words, Str word)
{
    while (words.at)
        if (str_equal(str_cut(&words, ' '), word))
            return true;
    return false;
}

static void offer_time(Offers *offers, const GumboNode *element)
{
    Str value = tree_attribute(element, "datetime");
    offer(offers, PUBLISHED, STR("TIME"), value);
    if (has_word(tree_attribute(element, "itemprop"), STR("datePublished")))
        offer(offers, PUBLISHED, STR("PUBDATE"), value);
}

static void offer_element(Offers *offers, const GumboNode *element)
{
    switch (tree_tag(element)) {
    case GUMBO_TAG_META:
        offer_meta(offers, element);
        break;
    case GUMBO_TAG_LINK:
        if (has_word(tree_attribute(element, "rel"), STR("canonical")))
            offer(offers, URL, STR("CANONICAL"), tree_attribute(element, "href"));
        break;
    case GUMBO_TAG_TIME:
        offer_time(offers, element);
        break;
    case GUMBO_TAG_TITLE:
        offer(offers, TITLE, STR("TITLE"), tree_text(offers->arena, element));
        break;
    case GUMBO_TAG_H1:
        if (!offers->heading.size)
            offers->heading = str_trim(tree_text(offers->arena, element));
        offer(offers, TITLE, STR("H1"), offers->heading);
        break;
    default:
        if (has_word(tree_attribute(element, "rel"), STR("author")) ||
            has_word(tree_attribute(element, "itemprop"), STR("author")))
            offer(offers, BYLINE, STR("AUTHOR"), tree_text(offers->arena, element));
    }
}

/* ---- the title ------------------------------------------------------------------ */

/* Where the last " - ", " | " or the like stands in the title, *width its bytes; title.size if there is none. */
static size_t last_separator(Str title, size_t *width)
{
    for (size_t i = title.size; i > 0;) {
        size_t end = i;
        uint32_t c = utf8_previous(title, &i);
        bool separates = c == '|' || c == 0xB7 || c == 0xBB || u_charType((UChar32)c) == U_DASH_PUNCTUATION;
        if (separates && i > 0 && title.at[i - 1] == ' ' && end < title.size && title.at[end] == ' ') {
            *width = end + 1 - (i - 1);
            return i - 1;
        }
    }
    return title.size;
}

/* The title without the outlet's name behind it: behind the last separator in a
 * title element, elsewhere only if it is the outlet's name. */
static Str without_outlet(Arena *arena, Str title, Str outlet, bool is_title_element)
{
    size_t width, at = last_separator(title, &width);
    if (at == title.size)
        return title;
    Str behind = utf8_fold(arena, str_trim(str_slice(title, at + width, title.size)));
    bool named = outlet.size && str_equal(behind, utf8_fold(arena, outlet));
    return named || is_title_element ? str_trim(str_slice(title, 0, at)) : title;
}

/* ---- the whole ------------------------------------------------------------------- */

/* A title that a quotation mark has cut off in its attribute goes on in the heading. */
static Str whole_title(const Offers *offers, Str title)
{
    Str heading = offers->heading;
    return title.size && heading.size > title.size && heading.size < 2 * title.size && str_starts(heading, title)
               ? heading
               : title;
}

static void set_line(Buffer *out, Str s)
{
    Running running = running_begin(out);
    running_add(&running, s);
    running_end(&running);
}

/* The first date that stands in the page alone, or nearly so. */
static void find_written_date(const GumboNode *root, const PageHints *hints, Arena *arena, Buffer *out)
{
    for (const GumboNode *node = root; node; node = tree_next(node, root, true)) {
        if (!tree_is_text(node))
            continue;
        Str text = str_trim(str_of(node->v.text.text));
        if (text.size >= LEAST_DATE && text.size <= LONGEST_DATE && date_in_words(arena, hints, text, out))
            return;
    }
}

void metadata_read(const GumboNode *root, const PageHints *hints, const Content *linked, Content *content, Arena *arena)
{
    Offers offers = { .arena = arena };
    for (Field field = 0; field < FIELD_COUNT; field++)
        offers.rank[field] = UNRANKED;
    offer_linked(&offers, linked);
    for (const GumboNode *node = root; node; node = tree_next(node, root, true))
        if (node->type == GUMBO_NODE_ELEMENT)
            offer_element(&offers, node);
    for (Field field = TITLE; field <= BYLINE; field++)
        offers.best[field] = tree_unescaped(arena, offers.best[field]);
    bool is_title_element = offers.best[TITLE].size && strcmp(sources[TITLE][offers.rank[TITLE]], "TITLE") == 0;
    set_line(&content->url, offers.best[URL]);
    Str title = without_outlet(arena, offers.best[TITLE], offers.best[OUTLET], is_title_element);
    set_line(&content->title, whole_title(&offers, title));
    set_line(&content->outlet, offers.best[OUTLET]);
    set_line(&content->byline, offers.best[BYLINE]);
    if (offers.best[PUBLISHED].size)
        date_read(offers.best[PUBLISHED], &content->published);
    else if (!date_in_address(buffer_str(&content->url), &content->published))
        find_written_date(root, hints, arena, &content->published);
}
