/* Phrases: forms of one word or several in a compiled lexicon, each matched by
 * the lemma or the form of a syntactic word. */
#ifndef RELATO_LANGUAGE_PHRASE_H
#define RELATO_LANGUAGE_PHRASE_H

#include "document/document.h"
#include "language/builder.h"

typedef struct Phrase {
    uint32_t word;             /* the first one: an id in the vocabulary */
    uint32_t tail, tail_count; /* the others, in the tails of their section */
} Phrase;

typedef struct PhraseTails {
    uint32_t *items;
    size_t count, capacity;
} PhraseTails;

/* The phrase of a form whose words are parted by spaces or underscores. */
Phrase phrase_build(LexiconBuilder *builder, PhraseTails *tails, Str form);

/* Orders phrases by their first word, then the longest first, then as they were built. */
int phrase_compare(const Phrase *a, const Phrase *b);

/* True if two phrases have the same words. */
bool phrase_equal(const Phrase *a, const Phrase *b, const uint32_t *tails);

/* The first of `count` entries of `size` bytes, each of which begins with its
 * Phrase, in the order of phrase_compare, whose phrase begins with the word or a later one. */
size_t phrase_first(const void *entries, size_t count, size_t size, uint32_t word);

/* True if the words from `word` up to `last` begin with the phrase, whose first word is known to match. */
static inline bool phrase_follows(const Document *document, const Phrase *phrase, const uint32_t *tails, uint32_t word,
                                  uint32_t last)
{
    if (phrase->tail_count > last - word)
        return false;
    for (uint32_t i = 0; i < phrase->tail_count; i++) {
        const Node *node = &document->nodes[word + i + 1];
        uint32_t wanted = tails[phrase->tail + i];
        if (node->lemma != wanted && node->form != wanted)
            return false;
    }
    return true;
}

#endif
