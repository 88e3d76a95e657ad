#include "document/document.h"

#include "core/utf8.h"

enum { CODE_POINT_STEP = 64 };

static const char *const upos_names[UPOS_COUNT] = {
    "_",   "ADJ",  "ADP",  "ADV",   "AUX",   "CCONJ", "DET", "INTJ", "NOUN",
    "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X",
};

void document_index(Document *document)
{
    Str text = document->text;
    size_t count = 0, accented = 0;
    /* Latin letters with accents lie from U+00C0 to U+024F: lead bytes C3 to C9. */
    for (size_t i = 0; i < text.size; i++)
        accented += (unsigned char)text.at[i] >= 0xC3 && (unsigned char)text.at[i] <= 0xC9;
    document->bare = 200 * accented < text.size;
    document->code_points = ARENA_ARRAY(document->arena, uint32_t, text.size / CODE_POINT_STEP + 1);
    for (size_t start = 0; start <= text.size; start += CODE_POINT_STEP) {
        document->code_points[start / CODE_POINT_STEP] = (uint32_t)count;
        size_t end = start + CODE_POINT_STEP < text.size ? start + CODE_POINT_STEP : text.size;
        count += utf8_length(str_slice(text, start, end));
    }
}

size_t document_code_point(const Document *document, uint32_t byte)
{
    size_t start = byte / CODE_POINT_STEP * CODE_POINT_STEP;
    return document->code_points[byte / CODE_POINT_STEP] + utf8_length(str_slice(document->text, start, byte));
}

size_t document_token_at(const Document *document, uint32_t byte)
{
    size_t low = 0, high = document->token_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (document->tokens[middle].end > byte)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

size_t document_first_span(const void *items, size_t size, size_t offset, size_t count, uint32_t byte)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const Span *span = (const void *)((const char *)items + middle * size + offset);
        if (span->start < byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t document_sentence_of(const Document *document, size_t token)
{
    size_t low = 0, high = document->sentence_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (document->sentences[middle].first_token <= token)
            low = middle;
        else
            high = middle;
    }
    return low;
}

const char *upos_name(Upos upos)
{
    return upos_names[upos < UPOS_COUNT ? upos : UPOS_NONE];
}

Upos upos_of(Str name)
{
    for (int i = UPOS_ADJ; i < UPOS_COUNT; i++)
        if (str_equal(name, str_of(upos_names[i])))
            return (Upos)i;
    return UPOS_NONE;
}
