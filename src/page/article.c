/* The page is taken as a row of blocks: runs of text without a block element or
 * the end of a paragraph in them. Blocks with sentences and few links speak for
 * the element that they stand in, all others against it; the article is the
 * element with the highest sum, cut at both ends to the row of blocks with the
 * highest sum. (After J. Pasternack and D. Roth, "Extracting article text from
 * the web with maximum subsequence segmentation", WWW 2009, but over the tree.)
 *
 * Blocks that stand together in one element make a group: the paragraphs of an
 * article are one or a few, teasers and comments one each. As each group costs
 * something, many small ones do not outweigh the article. */
#include "page/article.h"

#include <limits.h>
#include <unicode/uchar.h>

#include "core/table.h"
#include "core/utf8.h"
#include "page/running.h"
#include "page/tree.h"

/* What an element is to its text. */
typedef enum Role {
    INLINE,
    CONTAINER,
    PARAGRAPH,
    HEADING,
    TITLE,
    LIST,
    ITEM,
    QUOTATION,
    CELL,
    OUTSIDE /* nothing in it can belong to an article */
} Role;

typedef struct Element {
    uint32_t parent; /* the root is its own */
    uint32_t first_block, end_block;
    Role role;
    bool apart;    /* its names say that it is no part of the article */
    uint32_t good; /* bytes of good blocks of which it is the group */
} Element;

typedef struct Block {
    size_t start, end; /* bytes of the text */
    uint32_t node;     /* the block element it stands in */
    uint32_t group;    /* the innermost element around it that holds other blocks too */
    uint32_t links;    /* bytes of it that stand in links */
    bool good, repeated, apart, kept;
} Block;

typedef struct Page {
    Arena *arena;
    Str title;
    Buffer *text;
    Running running;
    struct {
        Element *items;
        size_t count, capacity;
    } nodes;
    struct {
        Block *items;
        size_t count, capacity;
    } blocks;
    uint32_t node;     /* the open element */
    unsigned in_links; /* links that are open */
    uint32_t links;    /* bytes of the open block in links */
    bool after_break;  /* a br is what came last */
    bool with_hidden;  /* read hidden elements too */
    bool with_short;   /* take short sentences and paragraphs for good */
    bool with_apart;   /* take what its names set apart, too */
    const PageHints *hints;
} Page;

/* ---- elements ---------------------------------------------------------------- */

/* What is not here is INLINE. */
static const unsigned char roles[GUMBO_TAG_LAST + 1] = {
    [GUMBO_TAG_P] = PARAGRAPH,
    [GUMBO_TAG_PRE] = PARAGRAPH,
    [GUMBO_TAG_LISTING] = PARAGRAPH,
    [GUMBO_TAG_H1] = TITLE,
    [GUMBO_TAG_H2] = HEADING,
    [GUMBO_TAG_H3] = HEADING,
    [GUMBO_TAG_H4] = HEADING,
    [GUMBO_TAG_H5] = HEADING,
    [GUMBO_TAG_H6] = HEADING,
    [GUMBO_TAG_UL] = LIST,
    [GUMBO_TAG_OL] = LIST,
    [GUMBO_TAG_DL] = LIST,
    [GUMBO_TAG_DIR] = LIST,
    [GUMBO_TAG_LI] = ITEM,
    [GUMBO_TAG_DD] = ITEM,
    [GUMBO_TAG_DT] = ITEM,
    [GUMBO_TAG_BLOCKQUOTE] = QUOTATION,
    [GUMBO_TAG_TD] = CELL,
    [GUMBO_TAG_TH] = CELL,
    [GUMBO_TAG_CAPTION] = CELL,
    [GUMBO_TAG_ARTICLE] = CONTAINER,
    [GUMBO_TAG_BODY] = CONTAINER,
    [GUMBO_TAG_CENTER] = CONTAINER,
    [GUMBO_TAG_DETAILS] = CONTAINER,
    [GUMBO_TAG_DIV] = CONTAINER,
    [GUMBO_TAG_FORM] = CONTAINER,
    [GUMBO_TAG_HGROUP] = CONTAINER,
    [GUMBO_TAG_HR] = CONTAINER,
    [GUMBO_TAG_HTML] = CONTAINER,
    [GUMBO_TAG_LEGEND] = CONTAINER,
    [GUMBO_TAG_MAIN] = CONTAINER,
    [GUMBO_TAG_SECTION] = CONTAINER,
    [GUMBO_TAG_SUMMARY] = CONTAINER,
    [GUMBO_TAG_TABLE] = CONTAINER,
    [GUMBO_TAG_TBODY] = CONTAINER,
    [GUMBO_TAG_TFOOT] = CONTAINER,
    [GUMBO_TAG_THEAD] = CONTAINER,
    [GUMBO_TAG_TR] = CONTAINER,
    [GUMBO_TAG_ADDRESS] = OUTSIDE,
    [GUMBO_TAG_ASIDE] = OUTSIDE,
    [GUMBO_TAG_BUTTON] = OUTSIDE,
    [GUMBO_TAG_FIELDSET] = OUTSIDE,
    [GUMBO_TAG_FIGCAPTION] = OUTSIDE,
    [GUMBO_TAG_FIGURE] = OUTSIDE,
    [GUMBO_TAG_FOOTER] = OUTSIDE,
    [GUMBO_TAG_HEAD] = OUTSIDE,
    [GUMBO_TAG_HEADER] = OUTSIDE,
    [GUMBO_TAG_LABEL] = OUTSIDE,
    [GUMBO_TAG_MENU] = OUTSIDE,
    [GUMBO_TAG_NAV] = OUTSIDE,
    [GUMBO_TAG_TITLE] = OUTSIDE,
};

/* Roles of ARIA that are no part of what a page tells. */
static bool is_outside_role(Str role)
{
    static const char *const names[] = { "alert",       "alertdialog", "banner",  "button",  "complementary",
                                         "contentinfo", "dialog",      "menu",    "menubar", "navigation",
                                         "note",        "search",      "tablist", "toolbar", "tooltip" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_equal(role, str_of(names[i])))
            return true;
    return false;
}

/* True if the style attribute hides its element. */
static bool is_hidden_style(Str style)
{
    style = str_trim(style);
    for (size_t i = 0; (i = str_find_byte(style, ':', i)) < style.size; i++) {
        Str before = str_trim(str_slice(style, 0, i)), after = str_trim(str_slice(style, i + 1, style.size));
        if ((str_ends(before, STR("display")) && str_starts(after, STR("none"))) ||
            (str_ends(before, STR("visibility")) && str_starts(after, STR("hidden"))))
            return true;
    }
    return false;
}

static bool is_hidden(const GumboNode *element)
{
    return tree_attribute(element, "hidden").at || str_equal(tree_attribute(element, "aria-hidden"), STR("true")) ||
           is_hidden_style(tree_attribute(element, "style"));
}

/* ---- blocks ------------------------------------------------------------------ */

/* True if the text ends as a sentence does: with a full stop or the like, behind which quotes and brackets may close.
 */
static bool ends_sentence(Str s)
{
    while (s.size) {
        uint32_t c = utf8_previous(s, &s.size);
        if (u_hasBinaryProperty((UChar32)c, UCHAR_S_TERM) || c == ':' || c == 0x2026)
            return true;
        int8_t category = u_charType((UChar32)c);
        if (c != '"' && c != '\'' && category != U_END_PUNCTUATION && category != U_FINAL_PUNCTUATION)
            return false;
    }
    return false;
}

/* Ends the open block. */
static void end_block(Page *page)
{
    size_t start = page->running.paragraph, end = page->text->size;
    running_break(&page->running);
    page->after_break = false;
    if (end > start) {
        uint32_t node = page->node;
        while (page->nodes.items[node].role == INLINE && node)
            node = page->nodes.items[node].parent;
        *ARENA_PUSH(page->arena, &page->blocks) =
            (Block){ .start = start, .end = end, .node = node, .links = page->links };
    }
    page->links = 0;
}

static void add_text(Page *page, Str s)
{
    size_t before = page->text->size;
    running_add(&page->running, s);
    if (page->text->size > before)
        page->after_break = false;
    if (page->in_links)
        page->links += (uint32_t)(page->text->size - before);
}

/* One br inside a sentence is white space; behind a sentence or another br it parts paragraphs. */
static void line_break(Page *page)
{
    if (page->after_break || ends_sentence(running_paragraph(&page->running)))
        end_block(page);
    else
        add_text(page, STR(" "));
    page->after_break = true;
}

/* True if the names of an element set it apart. */
static bool is_apart(const Page *page, const GumboNode *element)
{
    return !page->with_apart && (hints_apart(page->hints, tree_attribute(element, "class")) ||
                                 hints_apart(page->hints, tree_attribute(element, "id")));
}

static void enter(Page *page, const GumboNode *element)
{
    GumboTag tag = tree_tag(element);
    Role role = roles[tag];
    if (role != INLINE)
        end_block(page);
    Element node = { .parent = page->node, .first_block = (uint32_t)page->blocks.count, .role = role };
    node.apart = tag != GUMBO_TAG_BODY && tag != GUMBO_TAG_HTML && is_apart(page, element);
    page->node = (uint32_t)page->nodes.count;
    *ARENA_PUSH(page->arena, &page->nodes) = node;
    page->in_links += tag == GUMBO_TAG_A && tree_attribute(element, "href").at;
    if (tag == GUMBO_TAG_BR)
        line_break(page);
    if (tag == GUMBO_TAG_Q)
        add_text(page, STR("\""));
}

static void leave(Page *page, const GumboNode *element)
{
    GumboTag tag = tree_tag(element);
    Element *node = &page->nodes.items[page->node];
    if (tag == GUMBO_TAG_Q)
        add_text(page, STR("\""));
    if (node->role != INLINE)
        end_block(page);
    node->end_block = (uint32_t)page->blocks.count;
    page->in_links -= tag == GUMBO_TAG_A && tree_attribute(element, "href").at;
    page->node = node->parent;
}

/* True if nothing in the element can belong to an article. */
static bool is_outside(const Page *page, const GumboNode *element)
{
    GumboTag tag = tree_tag(element);
    bool opened = page->with_short && tag == GUMBO_TAG_HEADER; /* all that some reports have is their lead */
    return (roles[tag] == OUTSIDE && !opened) || is_outside_role(tree_attribute(element, "role")) ||
           (roles[tag] == INLINE && tag != GUMBO_TAG_HTML && is_apart(page, element)) ||
           (!page->with_hidden && is_hidden(element));
}

/* Makes the nodes and blocks of all that is below the root. */
static void read_blocks(Page *page, const GumboNode *root)
{
    for (const GumboNode *node = root, *next; node; node = next) {
        bool is_element = node->type == GUMBO_NODE_ELEMENT, outside = is_element && is_outside(page, node);
        next = tree_next(node, root, !outside);
        if (is_element)
            enter(page, node);
        else if (tree_is_text(node))
            add_text(page, str_of(node->v.text.text));
        /* All elements between this node and the next one's parent end here. */
        const GumboNode *until = next ? next->parent : NULL;
        for (const GumboNode *ended = node; ended && ended != until; ended = ended == root ? NULL : ended->parent)
            if (ended->type == GUMBO_NODE_ELEMENT)
                leave(page, ended);
    }
}

/* ---- judging blocks ------------------------------------------------------------ */

/* Bytes of plain text. */
enum {
    LEAST_GOOD = 80,     /* outside links that make a block good, */
    LEAST_SENTENCE = 40, /* or, if it is a sentence in a paragraph, these; */
    GROUP_COST = 150,    /* what each group with good blocks costs, */
    LINKS_COST = 30,     /* each block of links, besides half of them, */
    BOX_COST = 120,      /* and a row of such blocks inside the article at most; */
    MOST_APART = 85      /* hundredths of the good text that can be set apart */
};

static size_t size_of(const Block *block)
{
    return block->end - block->start;
}

static Str str_of_block(const Page *page, const Block *block)
{
    return str_slice(buffer_str(page->text), block->start, block->end);
}

static Role role_of_block(const Page *page, const Block *block)
{
    return page->nodes.items[block->node].role;
}

/* Sentences may be full of links; what is no sentence may not. */
static bool is_linked(const Page *page, const Block *block)
{
    size_t plain = size_of(block) - block->links;
    if (plain >= LEAST_SENTENCE && ends_sentence(str_of_block(page, block)))
        return 3 * plain < size_of(block);
    return 3 * block->links >= size_of(block);
}

static bool is_good(const Page *page, const Block *block)
{
    size_t plain = size_of(block) - block->links;
    Role role = role_of_block(page, block);
    if (role == HEADING || role == TITLE || is_linked(page, block))
        return false;
    bool sentence = ends_sentence(str_of_block(page, block));
    if (page->with_short)
        return sentence || role == PARAGRAPH;
    return plain >= LEAST_GOOD || (plain >= LEAST_SENTENCE && role == PARAGRAPH && sentence);
}

static uint32_t group_of(const Page *page, const Block *block)
{
    uint32_t node = block->node;
    while (node && page->nodes.items[node].end_block - page->nodes.items[node].first_block < 2)
        node = page->nodes.items[node].parent;
    return node;
}

/* What stands on the page more than once is a caption or a teaser: it speaks
 * for nothing, unless the whole article stands there twice. */
static void drop_repeated(Page *page)
{
    Table times;
    table_init(&times, page->arena);
    size_t all = 0, repeated = 0;
    for (size_t i = 0; i < page->blocks.count; i++)
        if (page->blocks.items[i].good)
            ++*table_put(&times, str_of_block(page, &page->blocks.items[i]), NULL);
    for (size_t i = 0; i < page->blocks.count; i++) {
        Block *block = &page->blocks.items[i];
        if (!block->good)
            continue;
        block->repeated = *table_find(&times, str_of_block(page, block)) > 1;
        all += size_of(block);
        repeated += block->repeated ? size_of(block) : 0;
    }
    for (size_t i = 0; i < page->blocks.count; i++) {
        Block *block = &page->blocks.items[i];
        block->repeated = block->repeated && 2 * repeated < all;
        block->good = block->good && !block->repeated;
    }
}

/* Sets apart what stands in elements whose names say so, unless that is nearly
 * all of the page: then the names speak of the page as a whole. */
static void set_apart(Page *page)
{
    size_t count = page->blocks.count;
    uint64_t *before = ARENA_ARRAY(page->arena, uint64_t, count + 1); /* good bytes before each block */
    for (size_t i = 0; i < count; i++)
        before[i + 1] = before[i] + (page->blocks.items[i].good ? size_of(&page->blocks.items[i]) : 0);
    uint32_t end = 0; /* of what was set apart, so that nothing is gone through twice */
    for (size_t n = 0; n < page->nodes.count; n++) {
        const Element *node = &page->nodes.items[n];
        if (!node->apart || 100 * (before[node->end_block] - before[node->first_block]) > MOST_APART * before[count])
            continue;
        for (uint32_t i = node->first_block > end ? node->first_block : end; i < node->end_block; i++) {
            page->blocks.items[i].apart = true;
            page->blocks.items[i].good = false;
        }
        end = node->end_block > end ? node->end_block : end;
    }
}

static void judge_blocks(Page *page)
{
    for (size_t i = 0; i < page->blocks.count; i++) {
        Block *block = &page->blocks.items[i];
        block->good = is_good(page, block);
        block->group = group_of(page, block);
    }
    drop_repeated(page);
    set_apart(page);
}

/* What a block adds to the sum of the elements around it; the blocks of a group share its cost. */
static long weight(const Page *page, const Block *block)
{
    long plain = (long)(size_of(block) - block->links), group = (long)page->nodes.items[block->group].good;
    if (block->good)
        return page->with_short ? plain : plain - plain * GROUP_COST / group;
    return is_linked(page, block) ? -LINKS_COST - (long)block->links / 2 : 0;
}

static long *weigh_blocks(Page *page)
{
    long *weights = ARENA_ARRAY(page->arena, long, page->blocks.count + 1);
    const Block *blocks = page->blocks.items;
    for (size_t i = 0; i < page->blocks.count; i++)
        if (blocks[i].good)
            page->nodes.items[blocks[i].group].good += (uint32_t)size_of(&blocks[i]) - blocks[i].links;
    for (size_t i = 0; i < page->blocks.count; i++)
        weights[i] = weight(page, &blocks[i]);
    return weights;
}

/* ---- choosing ------------------------------------------------------------------- */

/* The element with the highest sum of weights; of equals the innermost. */
static uint32_t best_node(const Page *page, const long *weights)
{
    long *sums = ARENA_ARRAY(page->arena, long, page->blocks.count + 1), best = LONG_MIN;
    for (size_t i = 0; i < page->blocks.count; i++)
        sums[i + 1] = sums[i] + weights[i];
    uint32_t found = 0;
    for (uint32_t i = 0; i < page->nodes.count; i++) {
        const Element *node = &page->nodes.items[i];
        long sum = sums[node->end_block] - sums[node->first_block];
        if (sum >= best && node->role != INLINE && node->end_block > node->first_block) {
            best = sum;
            found = i;
        }
    }
    return found;
}

/* The row of blocks in [*first, *end) with the highest sum of weights (Kadane's
 * algorithm). Whatever a box in the midst of the article holds, it costs
 * BOX_COST at most. */
static void best_row(const long *weights, size_t *first, size_t *end)
{
    long sum = 0, best = 0, box = 0;
    size_t start = *first, best_first = *first, best_end = *first;
    for (size_t i = *first; i < *end; i++) {
        long before = box;
        box = weights[i] > 0 ? 0 : box + weights[i] < -BOX_COST ? -BOX_COST : box + weights[i];
        sum += weights[i] > 0 ? weights[i] : box - before;
        if (sum > best) {
            best = sum;
            best_first = start;
            best_end = i + 1;
        }
        if (sum < 0) {
            sum = 0;
            start = i + 1;
        }
    }
    *first = best_first;
    *end = best_end;
}

static bool is_kept(const Page *page, const Block *block)
{
    Role role = role_of_block(page, block);
    if (block->good || block->apart)
        return block->good;
    if (role == TITLE || role == HEADING || block->repeated || str_equal(str_of_block(page, block), page->title))
        return false;
    if (role == QUOTATION)
        return size_of(block) > block->links;
    if (is_linked(page, block))
        return false;
    if (role == CONTAINER && !ends_sentence(str_of_block(page, block)))
        return false;
    return role == ITEM || ((role == PARAGRAPH || role == CONTAINER) && page->nodes.items[block->group].good > 0);
}

/* The group that a list or quotation stands in belongs to it too. */
static uint32_t good_around(const Page *page, const Block *block)
{
    const Element *node = &page->nodes.items[block->group];
    while (node->good == 0 && (node->role == LIST || node->role == ITEM || node->role == QUOTATION))
        node = &page->nodes.items[node->parent];
    return node->good;
}

/* Keeps what belongs to the article: the row [first, end) of `best`, and before
 * and behind it what stands in a group that holds a good part of the row. */
static void keep_blocks(Page *page, const Element *best, size_t first, size_t end)
{
    Block *blocks = page->blocks.items;
    uint32_t largest = 0;
    for (size_t i = first; i < end; i++)
        if (page->nodes.items[blocks[i].group].good > largest)
            largest = page->nodes.items[blocks[i].group].good;
    for (size_t i = best->first_block; i < best->end_block; i++) {
        bool belongs = (i >= first && i < end) || good_around(page, &blocks[i]) > largest / 4;
        blocks[i].kept = belongs && is_kept(page, &blocks[i]);
    }
    /* Subheadings are kept for what they stand above. */
    for (size_t i = best->end_block; i-- > best->first_block + 1;)
        if (role_of_block(page, &blocks[i - 1]) == HEADING && 2 * blocks[i - 1].links < size_of(&blocks[i - 1]))
            blocks[i - 1].kept = blocks[i].kept && role_of_block(page, &blocks[i]) != HEADING;
}

static void choose_blocks(Page *page)
{
    judge_blocks(page);
    long *weights = weigh_blocks(page);
    const Element *best = &page->nodes.items[best_node(page, weights)];
    size_t first = best->first_block, end = best->end_block;
    best_row(weights, &first, &end);
    keep_blocks(page, best, first, end);
}

static void keep_all(Page *page)
{
    for (size_t i = 0; i < page->blocks.count; i++) {
        Block *block = &page->blocks.items[i];
        block->kept = !is_linked(page, block) && !str_equal(str_of_block(page, block), page->title);
    }
}

/* Moves the kept blocks together. */
static void write_kept(Page *page)
{
    char *bytes = page->text->bytes;
    size_t size = 0;
    for (size_t i = 0; i < page->blocks.count; i++) {
        const Block *block = &page->blocks.items[i];
        if (!block->kept)
            continue;
        if (size)
            bytes[size++] = '\n';
        memmove(bytes + size, bytes + block->start, size_of(block));
        size += size_of(block);
    }
    page->text->size = size;
}

void article_read(const GumboNode *root, Str title, bool fragment, const PageHints *hints, Buffer *text, Arena *arena)
{
    /* Some pages hide their text until a script shows it; some have little. */
    static const struct {
        bool with_hidden, with_short, with_apart;
    } attempts[] = { { false, false, false }, { true, false, true }, { false, true, true } };
    for (size_t i = 0; i < sizeof attempts / sizeof *attempts && !text->size && !text->failed; i++) {
        Page page = { .arena = arena,
                      .title = title,
                      .text = text,
                      .running = running_begin(text),
                      .with_hidden = attempts[i].with_hidden,
                      .with_short = attempts[i].with_short,
                      .with_apart = attempts[i].with_apart,
                      .hints = hints };
        read_blocks(&page, root);
        if (text->failed)
            return;
        if (fragment)
            keep_all(&page);
        else
            choose_blocks(&page);
        write_kept(&page);
    }
}
