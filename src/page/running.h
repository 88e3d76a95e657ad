/* Running text: paragraphs laid out as page.h promises, whatever they come
 * from. */
#ifndef RELATO_PAGE_RUNNING_H
#define RELATO_PAGE_RUNNING_H

#include "core/buffer.h"

typedef struct Running {
    Buffer *out;
    size_t paragraph; /* where the present paragraph begins in out */
    bool space;       /* white space was seen behind what was written last */
    unsigned marks;   /* combining marks in a row */
} Running;

/* Text that goes to the end of `out`, which must be empty or end a paragraph. */
Running running_begin(Buffer *out);

/* Adds to the paragraph. `s` is valid UTF-8. White space of any kind, line ends
 * included, becomes one space; what cannot be seen is dropped; so are marks
 * beyond the thirtieth on one letter (Unicode Standard Annex 15, stream-safe
 * text), which no language writes and which make normalising slow. */
void running_add(Running *running, Str s);

/* Ends the paragraph; an empty one leaves nothing. */
void running_break(Running *running);

/* Ends the paragraph and the text: no newline stands at its end. */
void running_end(Running *running);

/* The bytes of the paragraph so far. */
Str running_paragraph(const Running *running);

#endif
