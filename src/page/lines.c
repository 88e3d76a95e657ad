#include "page/lines.h"

#include <unicode/uchar.h>

#include "core/utf8.h"

/* Longest line that is dropped, in bytes; a paragraph that begins with the same
 * words is one of the report. */
enum { LONGEST_LINE = 240 };

/* What a line begins with. */
typedef struct LineStart {
    uint32_t start; /* string, folded */
    uint32_t alone; /* nothing may follow */
} LineStart;

void lines_compile(LexiconBuilder *builder)
{
    static const char *const columns[] = { "begins", "use" };
    TsvTable rows = builder_read(builder, "*/page-lines.tsv", columns, 2, RELATO_NONE);
    struct {
        LineStart *items;
        size_t count, capacity;
    } starts = { 0 };
    for (size_t i = 0; i < rows.count; i++) {
        const TsvRow *row = &rows.items[i];
        bool alone = str_equal(row->cells[1], STR("alone"));
        if (row->cells[1].size && !alone)
            complain(&builder->complaints, row->file, row->line, "\"%.*s\" is not known here",
                     STR_ARGUMENTS(row->cells[1]));
        size_t count;
        Str *forms = builder_values(builder, row, 0, &count);
        for (size_t k = 0; k < count; k++)
            *ARENA_PUSH(builder->arena, &starts) =
                (LineStart){ builder_string(builder, utf8_fold(builder->arena, forms[k])), alone };
    }
    builder_section(builder, "page.lines", starts.items, starts.count * sizeof *starts.items);
}

/* The line without signs before its first letter: bullets, arrows, brackets. */
static Str without_signs(Str line)
{
    while (line.size) {
        size_t size = 0;
        uint32_t c = utf8_next(line, &size);
        if (u_isalnum((UChar32)c) || c == 0xBF || c == 0xA1)
            break;
        line = str_slice(line, size, line.size);
    }
    return line;
}

static bool is_dropped(const Document *document, const Lexicon *lexicon, const LineStart *starts, size_t count,
                       Str line)
{
    if (line.size > LONGEST_LINE)
        return false;
    Str folded = utf8_fold(document->arena, without_signs(line));
    for (size_t i = 0; i < count; i++) {
        Str start = lexicon_string(lexicon, starts[i].start);
        if (!str_starts(folded, start))
            continue;
        Str rest = str_slice(folded, start.size, folded.size);
        if (starts[i].alone ? !without_signs(rest).size
                            : !rest.size || !u_isalnum((UChar32)utf8_next(rest, &(size_t){ 0 })))
            return true;
    }
    return false;
}

void lines_drop(Document *document, const Lexicon *lexicon)
{
    size_t count;
    const LineStart *starts = lexicon_section(lexicon, "page.lines", sizeof *starts, &count);
    char *kept = arena_alloc(document->arena, document->text.size);
    size_t size = 0;
    for (Str rest = document->text; count && rest.at;) {
        Str line = str_cut(&rest, '\n');
        if (is_dropped(document, lexicon, starts, count, line))
            continue;
        if (size)
            kept[size++] = '\n';
        memcpy(kept + size, line.at, line.size);
        size += line.size;
    }
    if (size)
        document->text = (Str){ kept, size };
}
