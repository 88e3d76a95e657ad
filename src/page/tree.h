/* Walking the parser's tree without recursion. */
#ifndef RELATO_PAGE_TREE_H
#define RELATO_PAGE_TREE_H

#include <gumbo.h>

#include "core/arena.h"
#include "core/str.h"

/* Parses HTML into a tree that lives in the arena, as all that the parser needs
 * on the way. The `markup`, of markup_tidy or without tags, must live as long. */
const GumboNode *tree_parse(Arena *arena, Str markup);

/* The node behind `node` in order of the document, below `root`; NULL at the
 * end. If `children` is false it goes past what is below `node`. */
const GumboNode *tree_next(const GumboNode *node, const GumboNode *root, bool children);

/* The tag of an element, GUMBO_TAG_LAST for other nodes. */
GumboTag tree_tag(const GumboNode *node);

/* True if the node holds text that is shown. */
bool tree_is_text(const GumboNode *node);

/* The value of an element's attribute; {NULL, 0} if it has none. */
Str tree_attribute(const GumboNode *element, const char *name);

/* The text below an element, as it stands there, in the arena. */
Str tree_text(Arena *arena, const GumboNode *element);

/* s with its character references resolved, in the arena; s itself if there are
 * none or if it holds tags. For values that were escaped twice. */
Str tree_unescaped(Arena *arena, Str s);

#endif
