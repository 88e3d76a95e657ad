#include "language/phrase.h"

Phrase phrase_build(LexiconBuilder *builder, PhraseTails *tails, Str form)
{
    Phrase phrase = { .tail = (uint32_t)tails->count };
    size_t start = 0, words = 0;
    for (size_t i = 0; i <= form.size; i++) {
        if (i < form.size && form.at[i] != ' ' && form.at[i] != '_')
            continue;
        if (i > start && words++ == 0)
            phrase.word = builder_word(builder, str_slice(form, start, i));
        else if (i > start)
            *ARENA_PUSH(builder->arena, tails) = builder_word(builder, str_slice(form, start, i));
        start = i + 1;
    }
    phrase.tail_count = (uint32_t)(tails->count - phrase.tail);
    return phrase;
}

int phrase_compare(const Phrase *a, const Phrase *b)
{
    if (a->word != b->word)
        return a->word < b->word ? -1 : 1;
    if (a->tail_count != b->tail_count)
        return a->tail_count > b->tail_count ? -1 : 1;
    return (a->tail > b->tail) - (a->tail < b->tail);
}

bool phrase_equal(const Phrase *a, const Phrase *b, const uint32_t *tails)
{
    return a->word == b->word && a->tail_count == b->tail_count &&
           (a->tail_count == 0 || memcmp(tails + a->tail, tails + b->tail, a->tail_count * sizeof *tails) == 0);
}

size_t phrase_first(const void *entries, size_t count, size_t size, uint32_t word)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const Phrase *phrase = (const void *)((const char *)entries + middle * size);
        if (phrase->word < word)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
