/* Linked data: what a page says of itself in JSON-LD, in the words of
 * schema.org. */
#ifndef RELATO_PAGE_LINKED_H
#define RELATO_PAGE_LINKED_H

#include "page/content.h"

/* Reads the scripts in `data`, each ended by a zero byte, into an empty
 * `linked`: headline, datePublished, author, publisher, url and articleBody of
 * the first object that is an article, else of the page. What is not told or
 * cannot be read stays empty; escapes of HTML in it are not undone. */
void linked_read(Str data, Content *linked);

#endif
