/* Web pages: markup made fit, parsed, and what the tree holds. */
#include "page/article.h"
#include "page/content.h"
#include "page/linked.h"
#include "page/markup.h"
#include "page/metadata.h"
#include "page/recognise.h"
#include "page/tree.h"

/* Memory for the tree of one page. A page of a megabyte takes a few; what takes
 * more than this is a page that nobody wrote. */
enum { TREE_LIMIT = 256 << 20 };

enum { LEAST_BODY = 200 }; /* bytes; less is a teaser */

/* Where a script writes the article, its text may stand in the linked data;
 * with its markup, it is of no use here. */
static void take_linked_text(Content *content, const Content *linked, Arena *arena)
{
    Str body = buffer_str(&linked->text);
    if (body.size < LEAST_BODY || body.size / 4 < content->text.size || str_find_byte(body, '<', 0) < body.size)
        return;
    content->text.size = 0;
    content_text(content, tree_unescaped(arena, body));
}

/* Parses and reads, with a way back for the arena. */
static bool read_guarded(Content *content, Str markup, bool fragment, const PageHints *hints, const Content *linked,
                         Arena *arena, jmp_buf *escape)
{
    if (setjmp(*escape) != 0)
        return false;
    const GumboNode *root = tree_parse(arena, markup);
    metadata_read(root, hints, linked, content, arena);
    article_read(root, buffer_str(&content->title), fragment, hints, &content->text, arena);
    take_linked_text(content, linked, arena);
    return true;
}

bool content_html(Content *content, Str page, const PageHints *hints, Error *error)
{
    Buffer markup = { 0 }, data = { 0 };
    markup_tidy(page, &markup, &data);
    Content linked = { 0 };
    linked_read(buffer_str(&data), &linked);
    Arena arena;
    jmp_buf escape;
    arena_init(&arena, TREE_LIMIT, &escape);
    bool read = !markup.failed && !data.failed &&
                read_guarded(content, buffer_str(&markup), recognise_fragment(page), hints, &linked, &arena, &escape);
    arena_free(&arena);
    content_free(&linked);
    buffer_free(&markup);
    buffer_free(&data);
    return read || error_set(error, RELATO_ERROR_LIMIT, 0, SIZE_MAX, "its markup takes more than %d MB of memory",
                             TREE_LIMIT >> 20);
}
