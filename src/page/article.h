/* The article of a web page: which of its text is the report. */
#ifndef RELATO_PAGE_ARTICLE_H
#define RELATO_PAGE_ARTICLE_H

#include <gumbo.h>

#include "core/arena.h"
#include "core/buffer.h"
#include "page/hints.h"

/* Writes the running text of the article in the tree below `root` to `text`,
 * which is empty: its paragraphs, subheadings, quotations and list items, without
 * what stands around it and without its `title`. Of a `fragment`, markup that is
 * no page but the article itself, everything is taken but lines of links. What it
 * needs meanwhile comes from `arena`. `hints` may know nothing. */
void article_read(const GumboNode *root, Str title, bool fragment, const PageHints *hints, Buffer *text, Arena *arena);

#endif
