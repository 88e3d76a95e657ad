#include "page/tree.h"

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
