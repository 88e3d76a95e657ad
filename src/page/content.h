/* Content: what a page holds, while it is being taken out of it. Its memory is
 * malloc'd, as the libraries that read pages know nothing of arenas. */
#ifndef RELATO_PAGE_CONTENT_H
#define RELATO_PAGE_CONTENT_H

#include "core/buffer.h"
#include "core/error.h"
#include "page/hints.h"

/* Longest record read, in bytes: markup makes a file longer than its text. */
#define RECORD_LIMIT ((size_t)4 * RELATO_REPORT_LIMIT)

typedef struct Content {
    Buffer text; /* paragraphs as running.h lays them out */
    Buffer url, title, outlet, byline, published, language;
} Content;

void content_free(Content *content);

/* True if memory was short while it was filled. */
bool content_failed(const Content *content);

/* Each reads one format into an empty `content` and returns false and fills
 * `error` if it cannot. The bytes of content_text and content_html are valid
 * UTF-8, those of content_json need not be. */
void content_text(Content *content, Str text);
bool content_html(Content *content, Str page, const PageHints *hints, Error *error);
bool content_json(Content *content, Str object, const PageHints *hints, Error *error);

#endif
