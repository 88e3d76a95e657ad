/* What a web page says of itself, in the ways that machines read. */
#ifndef RELATO_PAGE_METADATA_H
#define RELATO_PAGE_METADATA_H

#include <gumbo.h>

#include "core/arena.h"
#include "page/content.h"

/* Fills url, title, outlet, byline and published of `content`, as far as the
 * page tells them, each from the source that is trusted most: `linked` (linked.h),
 * OpenGraph and other meta elements, link, time, title and h1 elements of the
 * tree below `root`, the address, or the first line that is nothing but a date
 * written for people (`hints` knows the months). What is not told or makes no sense stays empty. */
void metadata_read(const GumboNode *root, const PageHints *hints, const Content *linked, Content *content,
                   Arena *arena);

#endif
