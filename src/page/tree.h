/* Walking the parser's tree without recursion. */
#ifndef RELATO_PAGE_TREE_H
#define RELATO_PAGE_TREE_H

#include <gumbo.h>

#include "core/str.h"

/* The node behind `node` in order of the document, below `root`; NULL at the
 * end. If `children` is false it goes past what is below `node`. */
const GumboNode *tree_next(const GumboNode *node, const GumboNode *root, bool children);

/* The tag of an element, GUMBO_TAG_LAST for other nodes. */
GumboTag tree_tag(const GumboNode *node);

/* True if the node holds text that is shown. */
bool tree_is_text(const GumboNode *node);

/* The value of an element's attribute; {NULL, 0} if it has none. */
Str tree_attribute(const GumboNode *element, const char *name);

#endif
