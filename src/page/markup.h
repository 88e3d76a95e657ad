/* Markup: a web page made fit for the parser. */
#ifndef RELATO_PAGE_MARKUP_H
#define RELATO_PAGE_MARKUP_H

#include "core/buffer.h"

/* Copies the HTML `page` to `out` without what holds no text of a report
 * (scripts, styles, comments, drawings, menus of forms, most attributes), every
 * element closed where it ends and nested MARKUP_DEPTH deep at most; tags that
 * would go deeper are left out, their text stays. The contents of its JSON-LD
 * scripts go to `data`, each ended by a zero byte.
 *
 * The parser behind it builds the tree of the HTML standard, but its time grows
 * with the square of the depth and of the attributes of a tag, and unclosed
 * formatting is copied into every paragraph that follows: 60 kB of font tags
 * become 1.4 GB. On what comes out of here it is linear. The time taken here is
 * linear too. */
void markup_tidy(Str page, Buffer *out, Buffer *data);

enum { MARKUP_DEPTH = 200 };

#endif
