#include "page/tree.h"

static void *allocate(void *arena, size_t size)
{
    return arena_alloc(arena, size);
}

static void release(void *arena, void *bytes)
{
    (void)arena, (void)bytes; /* the arena gives all back at once */
}

const GumboNode *tree_parse(Arena *arena, Str markup)
{
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = allocate;
    options.deallocator = release;
    options.userdata = arena;
    options.max_errors = 0;
    return gumbo_parse_with_options(&options, markup.at, markup.size)->root;
}

static const GumboVector *children_of(const GumboNode *node)
{
    switch (node->type) {
    case GUMBO_NODE_DOCUMENT:
        return &node->v.document.children;
    case GUMBO_NODE_ELEMENT:
    case GUMBO_NODE_TEMPLATE:
        return &node->v.element.children;
    default:
        return NULL;
    }
}

const GumboNode *tree_next(const GumboNode *node, const GumboNode *root, bool children)
{
    const GumboVector *below = children_of(node);
    if (children && below && below->length)
        return below->data[0];
    for (; node != root; node = node->parent) {
        const GumboVector *siblings = children_of(node->parent);
        if (node->index_within_parent + 1 < siblings->length)
            return siblings->data[node->index_within_parent + 1];
    }
    return NULL;
}

GumboTag tree_tag(const GumboNode *node)
{
    return node->type == GUMBO_NODE_ELEMENT ? node->v.element.tag : GUMBO_TAG_LAST;
}

bool tree_is_text(const GumboNode *node)
{
    return node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE || node->type == GUMBO_NODE_CDATA;
}

Str tree_attribute(const GumboNode *element, const char *name)
{
    const GumboAttribute *found =
        element->type == GUMBO_NODE_ELEMENT ? gumbo_get_attribute(&element->v.element.attributes, name) : NULL;
    return found ? str_of(found->value) : (Str){ NULL, 0 };
}

Str tree_text(Arena *arena, const GumboNode *element)
{
    size_t size = 0;
    for (const GumboNode *node = element; node; node = tree_next(node, element, true))
        if (tree_is_text(node))
            size += strlen(node->v.text.text);
    char *bytes = arena_alloc(arena, size + 1), *end = bytes;
    *end = '\0';
    for (const GumboNode *node = element; node; node = tree_next(node, element, true))
        if (tree_is_text(node))
            end = stpcpy(end, node->v.text.text);
    return (Str){ bytes, size };
}

Str tree_unescaped(Arena *arena, Str s)
{
    bool escaped = str_find_byte(s, ';', str_find_byte(s, '&', 0)) < s.size;
    return escaped && str_find_byte(s, '<', 0) == s.size ? tree_text(arena, tree_parse(arena, s)) : s;
}
