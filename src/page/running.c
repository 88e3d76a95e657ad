#include "page/running.h"

#include "core/utf8.h"

enum { MOST_MARKS = 30 };

Running running_begin(Buffer *out)
{
    return (Running){ .out = out, .paragraph = out->size };
}

/* What becomes of a code point. */
typedef enum Fate { KEPT, SPACE, DROPPED, MARK } Fate;

static Fate fate(uint32_t c)
{
    if (c > ' ' && c < 0x7F)
        return KEPT;
    if (c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85)
        return SPACE;
    switch (u_charType((UChar32)c)) {
    case U_SPACE_SEPARATOR:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
        return SPACE;
    case U_CONTROL_CHAR:
    case U_FORMAT_CHAR:
        return DROPPED;
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
        return MARK;
    default:
        /* A variation selector or filler that is no mark shows nothing either. */
        return u_hasBinaryProperty((UChar32)c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) ? DROPPED : KEPT;
    }
}

void running_add(Running *running, Str s)
{
    Buffer *out = running->out;
    for (size_t i = 0, start; i < s.size;) {
        start = i;
        uint32_t c = utf8_next(s, &i);
        Fate what = fate(c);
        if (what == SPACE)
            running->space = true;
        running->marks = what == MARK ? running->marks + 1 : 0;
        if (what == SPACE || what == DROPPED || running->marks > MOST_MARKS)
            continue;
        /* Take along what plainly follows: most text is runs of ASCII letters. */
        while (i < s.size && s.at[i] > ' ' && s.at[i] < 0x7F)
            i++, running->marks = 0;
        if (running->space && out->size > running->paragraph)
            buffer_byte(out, ' ');
        running->space = false;
        buffer_add(out, str_slice(s, start, i));
    }
}

void running_break(Running *running)
{
    if (running->out->size > running->paragraph)
        buffer_byte(running->out, '\n');
    running->paragraph = running->out->size;
    running->space = false;
    running->marks = 0;
}

void running_end(Running *running)
{
    running_break(running);
    if (running->out->size && running->out->bytes[running->out->size - 1] == '\n')
        running->out->size--;
    running->paragraph = running->out->size;
}

Str running_paragraph(const Running *running)
{
    Str all = buffer_str(running->out);
    return all.size ? str_slice(all, running->paragraph, all.size) : all;
}
