#include "syntax/lemma.h"

#include "core/utf8.h"
#include "syntax/features.h"

/* The form in the case that the script asks for, with `room` bytes behind it. */
static Str cased(char kind, Str form, size_t room, Arena *arena)
{
    char *to = arena_alloc(arena, form.size + room);
    size_t size = 0;
    for (size_t at = 0; at < form.size;) {
        size_t start = at;
        uint32_t c = utf8_next(form, &at);
        if (kind == 'k' || (kind == 't' && start == 0)) {
            memcpy(to + size, form.at + start, at - start);
            size += at - start;
        } else {
            char bytes[UTF8_LONGEST];
            size_t length = utf8_encode(lower_character(c), bytes);
            /* a broken sequence may be shorter than the sign that stands for it */
            if (length <= at - start) {
                memcpy(to + size, bytes, length);
                size += length;
            }
        }
    }
    return (Str){ to, size };
}

Str lemma_apply(Str script, Str form, Arena *arena)
{
    Str append = script, kind = str_cut(&append, ' '), strip = str_cut(&append, ' ');
    if (!append.at || kind.size != 1 || str_equal(strip, STR("*")))
        return append.at ? append : form;
    Str lemma = cased(kind.at[0], form, append.size, arena);
    size_t cut = 0, end = lemma.size;
    for (size_t i = 0; i < strip.size; i++)
        cut = cut * 10 + (size_t)(strip.at[i] - '0');
    for (size_t left = cut; left > 0; left--) {
        if (end == 0)
            return lemma;
        utf8_previous(lemma, &end);
    }
    if (cut > 0 && end == 0)
        return lemma;
    if (append.size)
        memcpy((char *)(uintptr_t)lemma.at + end, append.at, append.size);
    return (Str){ lemma.at, end + append.size };
}
