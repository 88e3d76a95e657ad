/* Web pages: markup made fit, parsed, and what the tree holds. */
#include "page/article.h"
#include "page/content.h"
#include "page/linked.h"
#include "page/markup.h"
#include "page/metadata.h"

/* Memory for the tree of one page. A page of a megabyte takes a few; what takes
 * more than this is a page that nobody wrote. */
enum { TREE_LIMIT = 256 << 20 };

static void *allocate(void *arena, size_t size)
{
    return arena_alloc(arena, size);
}

static void release(void *arena, void *bytes)
{
    (void)arena, (void)bytes; /* the arena gives all back at once */
}

/* Parses and reads, with a way back for the arena. */
static bool read_guarded(Content *content, Str markup, const Content *linked, Arena *arena, jmp_buf *escape)
{
    if (setjmp(*escape) != 0)
        return false;
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = allocate;
    options.deallocator = release;
    options.userdata = arena;
    options.max_errors = 0;
    const GumboNode *root = gumbo_parse_with_options(&options, markup.at, markup.size)->root;
    metadata_read(root, linked, content, arena);
    article_read(root, &content->text, arena);
    return true;
}

bool content_html(Content *content, Str page, Error *error)
{
    Buffer markup = { 0 }, data = { 0 };
    markup_tidy(page, &markup, &data);
    Content linked = { 0 };
    linked_read(buffer_str(&data), &linked);
    Arena arena;
    jmp_buf escape;
    arena_init(&arena, TREE_LIMIT, &escape);
    bool read = !markup.failed && !data.failed &&
                read_guarded(content, buffer_str(&markup), &linked, &arena, &escape);
    arena_free(&arena);
    content_free(&linked);
    buffer_free(&markup);
    buffer_free(&data);
    return read || error_set(error, RELATO_ERROR_LIMIT, 0, SIZE_MAX, "its markup takes more than %d MB of memory",
                             TREE_LIMIT >> 20);
}
