/* The page is taken as a row of blocks: runs of text without a block element or
 * line break in them. Blocks with sentences and few links speak for the element
 * that they stand in, all others against it; the report is the element with
 * the highest sum (a maximum subtree, after J. Pasternack and D. Roth,
 * "Extracting article text from the web with maximum subsequence
 * segmentation", WWW 2009). */
#include "page/article.h"

#include <unicode/uchar.h>

#include "core/utf8.h"
#include "page/running.h"
#include "page/tree.h"

/* What an element is to its text. */
typedef enum Role { INLINE, CONTAINER, PARAGRAPH, HEADING, TITLE, ITEM, QUOTATION, CELL } Role;

typedef struct Node {
    uint32_t parent;            /* the root is its own */
    uint32_t first_block, end_block;
    Role role;
    bool outside;               /* it holds no text of the report, nor does what is below it */
    bool is_form;
    uint32_t good;              /* good blocks that stand in its children */
} Node;

typedef struct Block {
    size_t start, end;          /* bytes of the text */
    uint32_t node;              /* the block element it stands in */
    uint32_t links;             /* bytes of it that stand in links */
    bool good, kept;
} Block;

typedef struct Page {
    Arena *arena;
    Buffer *text;
    Running running;
    struct { Node *items; size_t count, capacity; } nodes;
    struct { Block *items; size_t count, capacity; } blocks;
    uint32_t node;              /* the open element */
    unsigned in_links;          /* links that are open */
    uint32_t links;             /* bytes of the open block in links */
    bool after_break;           /* a br is what came last */
} Page;

/* ---- elements ---------------------------------------------------------------- */

static Role role_of(GumboTag tag)
{
    switch (tag) {
    case GUMBO_TAG_P: case GUMBO_TAG_PRE: case GUMBO_TAG_LISTING:
        return PARAGRAPH;
    case GUMBO_TAG_H1:
        return TITLE;
    case GUMBO_TAG_H2: case GUMBO_TAG_H3: case GUMBO_TAG_H4: case GUMBO_TAG_H5: case GUMBO_TAG_H6:
        return HEADING;
    case GUMBO_TAG_LI: case GUMBO_TAG_DD: case GUMBO_TAG_DT:
        return ITEM;
    case GUMBO_TAG_BLOCKQUOTE:
        return QUOTATION;
    case GUMBO_TAG_TD: case GUMBO_TAG_TH: case GUMBO_TAG_CAPTION:
        return CELL;
    case GUMBO_TAG_ADDRESS: case GUMBO_TAG_ARTICLE: case GUMBO_TAG_ASIDE: case GUMBO_TAG_BODY: case GUMBO_TAG_BUTTON:
    case GUMBO_TAG_CENTER: case GUMBO_TAG_DETAILS: case GUMBO_TAG_DIR: case GUMBO_TAG_DIV: case GUMBO_TAG_DL:
    case GUMBO_TAG_FIELDSET: case GUMBO_TAG_FIGCAPTION: case GUMBO_TAG_FIGURE: case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_FORM: case GUMBO_TAG_HEADER: case GUMBO_TAG_HGROUP: case GUMBO_TAG_HR: case GUMBO_TAG_HTML:
    case GUMBO_TAG_LEGEND: case GUMBO_TAG_MAIN: case GUMBO_TAG_MENU: case GUMBO_TAG_NAV: case GUMBO_TAG_OL:
    case GUMBO_TAG_SECTION: case GUMBO_TAG_SUMMARY: case GUMBO_TAG_TABLE: case GUMBO_TAG_TBODY:
    case GUMBO_TAG_TFOOT: case GUMBO_TAG_THEAD: case GUMBO_TAG_TR: case GUMBO_TAG_UL:
        return CONTAINER;
    default:
        return INLINE;
    }
}

static bool is_outside_tag(GumboTag tag)
{
    switch (tag) {
    case GUMBO_TAG_NAV: case GUMBO_TAG_ASIDE: case GUMBO_TAG_FOOTER: case GUMBO_TAG_HEADER: case GUMBO_TAG_HEAD:
    case GUMBO_TAG_FIGURE: case GUMBO_TAG_FIGCAPTION: case GUMBO_TAG_BUTTON: case GUMBO_TAG_MENU:
    case GUMBO_TAG_ADDRESS: case GUMBO_TAG_TITLE: case GUMBO_TAG_LABEL: case GUMBO_TAG_FIELDSET:
        return true;
    default:
        return false;
    }
}

/* Roles of ARIA that are no part of what a page tells. */
static bool is_outside_role(Str role)
{
    static const char *const roles[] = { "alert",   "alertdialog", "banner",  "button", "complementary", "contentinfo",
                                         "dialog",  "menu",        "menubar", "navigation", "note",      "search",
                                         "tablist", "toolbar",     "tooltip" };
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (str_equal(role, str_of(roles[i])))
            return true;
    return false;
}

/* True if the style attribute hides its element. */
static bool is_hidden_style(Str style)
{
    for (size_t i = 0; (i = str_find_byte(style, ':', i)) < style.size; i++) {
        Str before = str_trim(str_slice(style, 0, i)), after = str_trim(str_slice(style, i + 1, style.size));
        if ((str_ends(before, STR("display")) && str_starts(after, STR("none"))) ||
            (str_ends(before, STR("visibility")) && str_starts(after, STR("hidden"))))
            return true;
    }
    return false;
}

static bool is_outside(const GumboNode *element)
{
    return is_outside_tag(tree_tag(element)) || tree_attribute(element, "hidden").at ||
           str_equal(tree_attribute(element, "aria-hidden"), STR("true")) ||
           is_outside_role(tree_attribute(element, "role")) || is_hidden_style(tree_attribute(element, "style"));
}

/* ---- blocks ------------------------------------------------------------------ */

/* True if the text ends as a sentence does: with a full stop or the like, behind which quotes and brackets may close. */
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
        *ARENA_PUSH(page->arena, &page->blocks) = (Block){ .start = start, .end = end, .node = node, .links = page->links };
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

static void enter(Page *page, const GumboNode *element)
{
    GumboTag tag = tree_tag(element);
    Role role = role_of(tag);
    if (role != INLINE)
        end_block(page);
    const Node *parent = page->nodes.count ? &page->nodes.items[page->node] : NULL;
    Node node = { .parent = page->node, .first_block = (uint32_t)page->blocks.count, .role = role,
                  .outside = (parent && parent->outside) || is_outside(element), .is_form = tag == GUMBO_TAG_FORM };
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
    Node *node = &page->nodes.items[page->node];
    if (tag == GUMBO_TAG_Q)
        add_text(page, STR("\""));
    if (node->role != INLINE)
        end_block(page);
    node->end_block = (uint32_t)page->blocks.count;
    page->in_links -= tag == GUMBO_TAG_A && tree_attribute(element, "href").at;
    page->node = node->parent;
}

/* Makes the nodes and blocks of all that is below the root. */
static void read_blocks(Page *page, const GumboNode *root)
{
    for (const GumboNode *node = root, *next; node; node = next) {
        next = tree_next(node, root, true);
        if (tree_is_text(node))
            add_text(page, str_of(node->v.text.text));
        else if (node->type == GUMBO_NODE_ELEMENT)
            enter(page, node);
        /* All elements between this node and the next one's parent end here. */
        const GumboNode *until = next ? next->parent : NULL;
        for (const GumboNode *ended = node; ended && ended != until; ended = ended == root ? NULL : ended->parent)
            if (ended->type == GUMBO_NODE_ELEMENT)
                leave(page, ended);
    }
}

/* ---- choosing ----------------------------------------------------------------- */

enum {
    LEAST_GOOD = 80,            /* bytes outside links that make a block good by themselves, */
    LEAST_SENTENCE = 40,        /* or if it is a paragraph that ends as a sentence */
    BAD_BLOCK = 30,             /* what a bad block costs, in bytes of good ones */
};

static size_t size_of(const Block *block)
{
    return block->end - block->start;
}

static Str str_of_block(const Page *page, const Block *block)
{
    return str_slice(buffer_str(page->text), block->start, block->end);
}

static void judge_blocks(Page *page)
{
    for (size_t i = 0; i < page->blocks.count; i++) {
        Block *block = &page->blocks.items[i];
        Node *node = &page->nodes.items[block->node];
        size_t plain = size_of(block) - block->links;
        bool sentence = ends_sentence(str_of_block(page, block));
        block->good = !node->outside && node->role != HEADING && node->role != TITLE && 3 * block->links < size_of(block) &&
                      (plain >= LEAST_GOOD || (plain >= LEAST_SENTENCE && sentence && node->role == PARAGRAPH));
        if (block->good)
            page->nodes.items[node->parent].good++;
    }
}

static long weight(const Page *page, const Block *block)
{
    long plain = (long)(size_of(block) - block->links);
    if (block->good)
        return plain;
    if (page->nodes.items[block->node].outside)
        return 0;
    return -BAD_BLOCK - (long)block->links / 2;
}

/* The element with the highest sum of weights; of equals the innermost. */
static uint32_t best_node(const Page *page)
{
    long *sums = ARENA_ARRAY(page->arena, long, page->blocks.count + 1), best = 0;
    for (size_t i = 0; i < page->blocks.count; i++)
        sums[i + 1] = sums[i] + weight(page, &page->blocks.items[i]);
    uint32_t found = 0;
    for (uint32_t i = 0; i < page->nodes.count; i++) {
        const Node *node = &page->nodes.items[i];
        long sum = sums[node->end_block] - sums[node->first_block];
        if (sum >= best && !node->outside && node->role != INLINE) {
            best = sum;
            found = i;
        }
    }
    return found;
}

static bool is_kept(const Page *page, const Block *block)
{
    const Node *node = &page->nodes.items[block->node];
    if (node->outside || node->role == TITLE || node->role == HEADING)
        return false;
    if (block->good)
        return true;
    if (3 * block->links >= size_of(block))
        return false;
    bool beside_good = page->nodes.items[node->parent].good > 0;
    return (node->role == PARAGRAPH && beside_good) || node->role == ITEM || node->role == QUOTATION;
}

static void keep_blocks(Page *page, const Node *best)
{
    Block *blocks = page->blocks.items;
    for (size_t i = best->first_block; i < best->end_block; i++)
        blocks[i].kept = is_kept(page, &blocks[i]);
    /* Subheadings are kept for what they stand above. */
    for (size_t i = best->end_block; i-- > best->first_block;) {
        const Node *node = &page->nodes.items[blocks[i].node];
        if (node->role == HEADING && !node->outside && i + 1 < best->end_block && 2 * blocks[i].links < size_of(&blocks[i]))
            blocks[i].kept = blocks[i + 1].kept && page->nodes.items[blocks[i + 1].node].role != HEADING;
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

void article_read(const GumboNode *root, Buffer *text, Arena *arena)
{
    Page page = { .arena = arena, .text = text, .running = running_begin(text) };
    read_blocks(&page, root);
    if (text->failed)
        return;
    judge_blocks(&page);
    keep_blocks(&page, &page.nodes.items[best_node(&page)]);
    write_kept(&page);
}
