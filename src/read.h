/* A reading and the way to it. */
#ifndef RELATO_READ_H
#define RELATO_READ_H

#include "document/document.h"
#include "language/knowledge.h"

struct RelatoReading {
    jmp_buf escape; /* where the arena goes when it is exhausted */
    Arena arena;
    Document document;
    const Language *language;
    Span *sentence_spans; /* (sentence_count), for those who walk the layers */
};

#endif
