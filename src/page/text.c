/* Plain text: lines, and what they say of the paragraphs. */
#include <unicode/uchar.h>

#include "core/utf8.h"
#include "page/content.h"
#include "page/running.h"

enum {
    WIDEST_WRAPPED = 100, /* columns; text with a longer line was not wrapped by its writer */
    FEWEST_WRAPPED = 3,   /* lines that must be full before the text counts as wrapped */
};

/* Width of a line end at s.at[i]; 0 if there is none. */
static size_t line_end(Str s, size_t i)
{
    unsigned char c = (unsigned char)s.at[i];
    if (c == '\r')
        return i + 1 < s.size && s.at[i + 1] == '\n' ? 2 : 1;
    if (c == '\n' || c == '\v' || c == '\f')
        return 1;
    if (c == 0xC2 && i + 1 < s.size && (unsigned char)s.at[i + 1] == 0x85) /* NEXT LINE */
        return 2;
    bool separator = c == 0xE2 && i + 2 < s.size && (unsigned char)s.at[i + 1] == 0x80 &&
                     ((unsigned char)s.at[i + 2] & 0xFE) == 0xA8; /* LINE, PARAGRAPH SEPARATOR */
    return separator ? 3 : 0;
}

/* Cuts the next line off *rest, as str_cut. */
static Str cut_line(Str *rest)
{
    for (size_t i = 0; i < rest->size; i++) {
        size_t width = line_end(*rest, i);
        if (width) {
            Str line = { rest->at, i };
            *rest = str_slice(*rest, i + width, rest->size);
            return line;
        }
    }
    Str line = *rest;
    *rest = (Str){ NULL, 0 };
    return line;
}

static Str first_word(Str line)
{
    size_t end = 0;
    while (end < line.size && line.at[end] != ' ' && line.at[end] != '\t')
        end++;
    return (Str){ line.at, end };
}

static bool is_indented(Str line)
{
    return line.size > 1 && (line.at[0] == '\t' || (line.at[0] == ' ' && line.at[1] == ' '));
}

/* True if `line` ends because `next` had no more room in `width` columns; some
 * editors break up to a seventh before the margin. */
static bool is_full(Str line, Str next, size_t width)
{
    size_t columns = utf8_columns(line) + 1 + utf8_columns(first_word(str_trim(next)));
    return 7 * columns > 6 * width;
}

/* The width that the text is wrapped to by line ends inside its paragraphs; 0
 * if it is not: if a line is wide, or if most lines end before they are full. */
static size_t wrapped_width(Str text)
{
    size_t width = 0;
    for (Str rest = text; rest.at;) {
        Str line = str_trim(cut_line(&rest));
        size_t columns = line.size > UTF8_LONGEST * WIDEST_WRAPPED ? line.size : utf8_columns(line);
        if (columns > WIDEST_WRAPPED)
            return 0;
        if (columns > width)
            width = columns;
    }
    size_t inner = 0, full = 0;
    Str line = { NULL, 0 };
    for (Str rest = text; rest.at;) {
        Str next = str_trim(cut_line(&rest));
        if (line.size && next.size) {
            inner++;
            full += is_full(line, next, width);
        }
        line = next;
    }
    return full >= FEWEST_WRAPPED && 5 * full >= 4 * inner ? width : 0;
}

/* True if the line ends in the hyphen of a word that `next` goes on with. */
static bool ends_in_hyphen(Str line, Str next)
{
    if (line.size < 2 || line.at[line.size - 1] != '-' || !next.size)
        return false;
    size_t before = line.size - 1, after = 0;
    return u_isalpha((UChar32)utf8_previous(line, &before)) && u_isalpha((UChar32)utf8_next(next, &after));
}

void content_text(Content *content, Str text)
{
    Running running = running_begin(&content->text);
    size_t width = wrapped_width(text);
    Str line = { NULL, 0 };
    for (Str rest = text; rest.at;) {
        Str raw = cut_line(&rest), next = str_trim(raw);
        bool goes_on = width && line.size && next.size && !is_indented(raw) && is_full(line, next, width);
        if (!goes_on)
            running_break(&running);
        else if (!ends_in_hyphen(line, next))
            running_add(&running, STR(" "));
        running_add(&running, next);
        line = next;
    }
    running_end(&running);
}
