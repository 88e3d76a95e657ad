/* Answers for people: rows as paragraphs and lines, in the language of the answer. */
#include <unicode/udat.h>

#include "archive/ask.h"
#include "archive/merge.h"
#include "core/date.h"
#include "core/utf8.h"
#include "output/interface.h"

typedef enum Style { STYLE_PLAIN, STYLE_STRONG, STYLE_DIM, STYLE_WHO, STYLE_MANY, STYLE_WARN } Style;

enum { LABEL_COLUMNS = 12, NARROWEST = 40, MOST_SAYERS = 6 };

/* ---- writing ------------------------------------------------------------------- */

static void style(Answer *answer, Style as)
{
    static const char *const ansi[] = { "\033[0m", "\033[1m", "\033[2m", "\033[36m", "\033[33m", "\033[35m" };
    if (answer->layout.colour)
        buffer_add(answer->out, str_of(ansi[as]));
}

/* Control characters, which a report may hold, do not reach the terminal; U+0002
 * and U+0003, which mark what was looked for, become its colours or brackets. */
static void write(Answer *answer, Str s)
{
    for (size_t i = 0; i < s.size; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if (c == 2 || c == 3) {
            style(answer, c == 2 ? STYLE_MANY : STYLE_PLAIN);
            if (!answer->layout.colour)
                buffer_byte(answer->out, c == 2 ? '[' : ']');
        } else {
            buffer_byte(answer->out, c < ' ' || c == 0x7F ? ' ' : (char)c);
        }
    }
}

static size_t width(const Answer *answer)
{
    unsigned told = answer->layout.width ? answer->layout.width : 80;
    return told < NARROWEST ? NARROWEST : told;
}

static void new_line(Answer *answer, size_t indent)
{
    buffer_byte(answer->out, '\n');
    buffer_repeat(answer->out, ' ', indent);
}

/* Writes text from the column `indent` on, breaking lines between words. */
static void flow(Answer *answer, Style as, Str text, size_t indent)
{
    size_t column = indent;
    Str rest = text;
    style(answer, as);
    while (rest.at) {
        Str word = str_cut(&rest, ' ');
        size_t columns = utf8_columns(word);
        if (column > indent && column + 1 + columns > width(answer)) {
            new_line(answer, indent);
            column = indent;
        } else if (column > indent) {
            buffer_byte(answer->out, ' ');
            column++;
        }
        write(answer, word);
        column += columns;
    }
    style(answer, STYLE_PLAIN);
}

/* A line of its own, indented. */
static void line(Answer *answer, Style as, Str text, size_t indent)
{
    if (!text.size)
        return;
    new_line(answer, indent);
    flow(answer, as, text, indent);
}

/* The label at the left, then the text. */
static void labelled(Answer *answer, Str label, Style as, Str text)
{
    size_t columns = utf8_columns(label);
    style(answer, STYLE_DIM);
    write(answer, label);
    style(answer, STYLE_PLAIN);
    if (columns + 1 > LABEL_COLUMNS)
        new_line(answer, LABEL_COLUMNS);
    else
        buffer_repeat(answer->out, ' ', LABEL_COLUMNS - columns);
    flow(answer, as, text, LABEL_COLUMNS);
}

static Str word(const Answer *answer, const char *key)
{
    return answer->language ? interface_text(answer->language, key) : str_of(key);
}

static Str word_of(const Answer *answer, Str key)
{
    return word(answer, str_copy(answer->arena, key).at);
}

static Str taken(Answer *answer, Buffer *buffer)
{
    Str copy = buffer->failed ? STR("") : str_copy(answer->arena, buffer_str(buffer));
    buffer_free(buffer);
    return copy;
}

/* Adds the text of a key with a number in the place of "#". */
static void add_count(const Answer *answer, Buffer *out, const char *key, int64_t count)
{
    Str text = word(answer, key);
    size_t at = str_find_byte(text, '#', 0);
    buffer_add(out, str_slice(text, 0, at));
    buffer_format(out, "%lld", (long long)count);
    if (at < text.size)
        buffer_add(out, str_slice(text, at + 1, text.size));
}

/* Parts what is told in one line. */
static void part(Buffer *out)
{
    if (out->size)
        buffer_add(out, STR(" · "));
}

static void add_part(Buffer *out, Str text)
{
    if (!text.size)
        return;
    part(out);
    buffer_add(out, text);
}

/* A day without its year, as the language writes it: "5 de mar." */
static Str short_day(Answer *answer, Str iso)
{
    Date date;
    UErrorCode status = U_ZERO_ERROR;
    UChar text[64], zone[] = { 'U', 'T', 'C' }, pattern[] = { 'd', ' ', 'M', 'M', 'M' };
    if (!answer->language || !date_parse(iso, &date))
        return iso;
    UDateFormat *format = udat_open(UDAT_PATTERN, UDAT_PATTERN, answer->language->code, zone, 3, pattern, 5, &status);
    int32_t length = udat_format(format, 86400000.0 * (double)date_to_days(date), text, 64, NULL, &status);
    udat_close(format);
    if (U_FAILURE(status) || length > 64)
        return iso;
    return utf8_of_utf16(answer->arena, text, (size_t)length);
}

static Str day_of(Str published)
{
    return str_slice(published, 0, published.size < 10 ? published.size : 10);
}

static void number(Buffer *out, double value)
{
    buffer_format(out, "%.15g", value);
}

/* ---- events ----------------------------------------------------------------------- */

static Str telling(Answer *answer, Row *row)
{
    Buffer out = { 0 };
    telling_add(answer, &out, row);
    return taken(answer, &out);
}

/* "5 reports · 3 independent · disputed · [17]". */
static Str standing(Answer *answer, Row *row)
{
    Buffer out = { 0 };
    int64_t reports = row_int(row, "reports"), voices = row_int(row, "voices");
    if (reports == 1)
        add_part(&out, word(answer, "one-report"));
    else
        add_count(answer, &out, "many-reports", reports);
    if (reports > 1) {
        part(&out);
        add_count(answer, &out, "independent", voices);
    }
    if (row_int(row, "disputed"))
        add_part(&out, word(answer, "disputed"));
    add_part(&out, row_str(row, "outlet"));
    part(&out);
    buffer_format(&out, "[%lld]", (long long)row_int(row, "id"));
    return taken(answer, &out);
}

static Str quoted(Answer *answer, Str words)
{
    return words.size ? str_format(answer->arena, "“%.*s”", STR_ARGUMENTS(words)) : words;
}

/* "killed: 19-34, most say 30, latest 34". */
static Str figure_line(Answer *answer, const List *figures, size_t index)
{
    Buffer out = { 0 };
    double lowest = list_real(figures, index, "lowest"), highest = list_real(figures, index, "highest");
    Str counts = list_str(figures, index, "counts");
    if (!str_equal(counts, STR("other")))
        buffer_format(&out, "%.*s: ", STR_ARGUMENTS(word_of(answer, counts)));
    number(&out, lowest);
    if (highest > lowest) {
        buffer_add(&out, STR("–"));
        number(&out, highest);
        buffer_format(&out, ", %.*s ", STR_ARGUMENTS(word(answer, "most-say")));
        number(&out, list_real(figures, index, "common"));
        buffer_format(&out, ", %.*s ", STR_ARGUMENTS(word(answer, "latest-figure")));
        number(&out, list_real(figures, index, "latest"));
    }
    return taken(answer, &out);
}

/* "says: A, B; denies: C (unnamed)". The list stands in the order of how often. */
static Str sayers(Answer *answer, const List *says)
{
    Buffer out = { 0 };
    Str stance = STR("");
    for (size_t i = 0; i < list_size(says) && i < MOST_SAYERS; i++) {
        Str now = list_str(says, i, "stance");
        if (!str_equal(now, stance))
            buffer_format(&out, "%s%.*s: ", out.size ? "; " : "", STR_ARGUMENTS(word_of(answer, now)));
        else
            buffer_add(&out, STR(", "));
        stance = now;
        buffer_add(&out, list_str(says, i, "name"));
    }
    return taken(answer, &out);
}

static void figures_of(Answer *answer, Row *row)
{
    List *figures = row_list(row, "figures");
    for (size_t i = 0; i < list_size(figures); i++)
        if (!str_equal(list_str(figures, i, "counts"), STR("other")))
            line(answer, STYLE_MANY, figure_line(answer, figures, i), LABEL_COLUMNS);
    list_free(figures);
}

static void sayers_of(Answer *answer, Row *row)
{
    List *says = row_list(row, "says");
    line(answer, STYLE_WHO, sayers(answer, says), LABEL_COLUMNS);
    list_free(says);
}

static void event_row(Answer *answer, Row *row)
{
    Str day = row_str(row, "day");
    labelled(answer, day.size ? day : STR("—"), STYLE_STRONG, telling(answer, row));
    line(answer, STYLE_PLAIN, quoted(answer, row_str(row, "words")), LABEL_COLUMNS);
    line(answer, STYLE_DIM, standing(answer, row), LABEL_COLUMNS);
    buffer_byte(answer->out, '\n');
}

/* The year stands above its first event. */
static void timeline_row(Answer *answer, Row *row)
{
    Str day = row_str(row, "day"), year = str_slice(day, 0, day.size < 4 ? day.size : 4);
    if (!str_equal(year, str_of(answer->year))) {
        snprintf(answer->year, sizeof answer->year, "%.*s", STR_ARGUMENTS(year));
        style(answer, STYLE_STRONG);
        buffer_format(answer->out, "%s\n\n", answer->year);
        style(answer, STYLE_PLAIN);
    }
    labelled(answer, short_day(answer, day), STYLE_STRONG, telling(answer, row));
    line(answer, STYLE_PLAIN, quoted(answer, row_str(row, "words")), LABEL_COLUMNS);
    figures_of(answer, row);
    sayers_of(answer, row);
    line(answer, STYLE_DIM, standing(answer, row), LABEL_COLUMNS);
    buffer_byte(answer->out, '\n');
}

/* ---- figures ------------------------------------------------------------------------ */

static Str told_figure(Answer *answer, const List *series, size_t index)
{
    Buffer out = { 0 };
    Str source = list_str(series, index, "source");
    add_part(&out, list_str(series, index, "words"));
    add_part(&out, source);
    add_part(&out, list_str(series, index, "outlet"));
    return taken(answer, &out);
}

static void series_of(Answer *answer, const List *figures)
{
    for (size_t i = 0; i < list_size(figures); i++) {
        const List *series = list_list(figures, i, "series");
        line(answer, STYLE_MANY, figure_line(answer, figures, i), LABEL_COLUMNS);
        for (size_t k = 0; k < list_size(series); k++) {
            new_line(answer, LABEL_COLUMNS + 2);
            style(answer, STYLE_DIM);
            write(answer, day_of(list_str(series, k, "published")));
            style(answer, STYLE_PLAIN);
            buffer_add(answer->out, STR("  "));
            flow(answer, STYLE_PLAIN, told_figure(answer, series, k), LABEL_COLUMNS + 14);
        }
    }
}

static void figures_row(Answer *answer, Row *row)
{
    List *figures = row_list(row, "figures");
    Str day = row_str(row, "day");
    labelled(answer, day.size ? day : STR("—"), STYLE_STRONG, telling(answer, row));
    series_of(answer, figures);
    line(answer, STYLE_DIM, standing(answer, row), LABEL_COLUMNS);
    buffer_byte(answer->out, '\n');
    list_free(figures);
}

/* ---- one event, as it was told ---------------------------------------------------------- */

static Str told_claim(Answer *answer, const List *claims, size_t index)
{
    return str_format(answer->arena, "%.*s %.*s", STR_ARGUMENTS(list_str(claims, index, "source")),
                      STR_ARGUMENTS(word_of(answer, list_str(claims, index, "stance"))));
}

static Str where_told(Answer *answer, const List *told, size_t index)
{
    Buffer out = { 0 };
    add_part(&out, list_str(told, index, "outlet"));
    add_part(&out, list_str(told, index, "language"));
    if (!str_equal(list_str(told, index, "reality"), STR("actual")))
        add_part(&out, word_of(answer, list_str(told, index, "reality")));
    part(&out);
    buffer_format(&out, "%.0f:%.*s", list_real(told, index, "report"), STR_ARGUMENTS(list_str(told, index, "item")));
    add_part(&out, list_str(told, index, "url"));
    return taken(answer, &out);
}

/* What speaks for and against its being told of the same event: "day +1.5, place +1.5".
 * Empty for the telling that the others were compared with. */
static Str evidence_of(Answer *answer, const List *told, size_t index)
{
    Str number = list_str(told, index, "item");
    ArchiveItem item = { (int64_t)list_real(told, index, "report"), 0 }, head;
    Agreement agreement;
    Buffer out = { 0 };
    for (size_t i = 1; i < number.size; i++)
        item.n = 10 * item.n + (number.at[i] - '0');
    if (!archive_agreement(answer->archive, item, &head, &agreement, NULL))
        return STR("");
    for (int kind = 0; kind < EVIDENCE_COUNT; kind++)
        if (agreement.points[kind])
            buffer_format(&out, "%s%.*s %+.1f", out.size ? ", " : "",
                          STR_ARGUMENTS(word(answer, str_format(answer->arena, "evidence-%s", evidence_name(kind)).at)),
                          agreement.points[kind] / 10.0);
    return taken(answer, &out);
}

static void told_of(Answer *answer, Row *row)
{
    List *told = row_list(row, "told");
    buffer_byte(answer->out, '\n');
    line(answer, STYLE_STRONG, word(answer, "told-by"), 0);
    for (size_t i = 0; i < list_size(told); i++) {
        const List *claims = list_list(told, i, "claims");
        buffer_byte(answer->out, '\n');
        labelled(answer, day_of(list_str(told, i, "published")), STYLE_PLAIN,
                 quoted(answer, list_str(told, i, "words")));
        for (size_t k = 0; k < list_size(claims); k++)
            line(answer, STYLE_WHO, told_claim(answer, claims, k), LABEL_COLUMNS);
        line(answer, STYLE_DIM, where_told(answer, told, i), LABEL_COLUMNS);
        Str evidence = evidence_of(answer, told, i);
        if (evidence.size)
            line(answer, STYLE_DIM, evidence, LABEL_COLUMNS);
    }
    buffer_byte(answer->out, '\n');
    list_free(told);
}

static void one_event(Answer *answer, Row *row)
{
    List *figures = row_list(row, "figures");
    Str day = row_str(row, "day");
    labelled(answer, day.size ? day : STR("—"), STYLE_STRONG, telling(answer, row));
    line(answer, STYLE_DIM, standing(answer, row), LABEL_COLUMNS);
    series_of(answer, figures);
    sayers_of(answer, row);
    told_of(answer, row);
    list_free(figures);
}

/* ---- claims ---------------------------------------------------------------------------- */

static void claim_row(Answer *answer, Row *row)
{
    Str source = row_str(row, "source"), name = row_str(row, "source_name");
    Buffer head = { 0 }, tail = { 0 };
    buffer_add(&head, source);
    if (name.size && !str_equal(name, source))
        buffer_format(&head, " (%.*s)", STR_ARGUMENTS(name));
    buffer_format(&head, " — %.*s", STR_ARGUMENTS(word_of(answer, row_str(row, "stance"))));
    if (row_int(row, "anonymous"))
        buffer_format(&head, " · %.*s", STR_ARGUMENTS(word(answer, "anonymous")));
    labelled(answer, day_of(row_str(row, "published")), STYLE_WHO, taken(answer, &head));
    line(answer, STYLE_PLAIN, row_str(row, "content"), LABEL_COLUMNS);
    add_part(&tail, row_str(row, "outlet"));
    add_part(&tail, row_str(row, "title"));
    line(answer, STYLE_DIM, taken(answer, &tail), LABEL_COLUMNS);
    buffer_byte(answer->out, '\n');
}

static void source_row(Answer *answer, Row *row)
{
    Buffer out = { 0 };
    bool named = row_int(row, "named");
    buffer_format(&out, "%lld", (long long)row_int(row, "claims"));
    Str count = taken(answer, &out);
    add_part(&out, named ? row_str(row, "source") : word_of(answer, row_str(row, "kind")));
    add_part(&out, named ? row_str(row, "country") : word(answer, "anonymous"));
    buffer_repeat(answer->out, ' ', count.size < LABEL_COLUMNS - 2 ? LABEL_COLUMNS - 2 - count.size : 0);
    write(answer, count);
    buffer_add(answer->out, STR("  "));
    flow(answer, named ? STYLE_PLAIN : STYLE_WARN, taken(answer, &out), LABEL_COLUMNS);
    buffer_byte(answer->out, '\n');
}

/* ---- entities ----------------------------------------------------------------------------- */

static Str what_it_is(Answer *answer, Row *row)
{
    Buffer out = { 0 };
    add_part(&out, word_of(answer, row_str(row, "type")));
    add_part(&out, row_str(row, "country"));
    if (row_str(row, "sector").size)
        add_part(&out, word_of(answer, row_str(row, "sector")));
    part(&out);
    buffer_format(&out, "[%lld]", (long long)row_int(row, "id"));
    return taken(answer, &out);
}

/* The names other than the first, each once: "Moscovo, Moscú". */
static Str other_names(Answer *answer, Row *row)
{
    List *names = row_list(row, "names");
    Buffer out = { 0 };
    for (size_t i = 0; i < list_size(names); i++) {
        Str name = list_str(names, i, "name");
        bool told = str_equal(name, row_str(row, "name"));
        for (size_t k = 0; k < i && !told; k++)
            told = str_equal(name, list_str(names, k, "name"));
        if (!told)
            buffer_format(&out, "%s%.*s", out.size ? ", " : "", STR_ARGUMENTS(name));
    }
    list_free(names);
    return taken(answer, &out);
}

static void entity_row(Answer *answer, Row *row)
{
    Buffer count = { 0 };
    buffer_format(&count, "%lld", (long long)row_int(row, "reports"));
    Str reports = taken(answer, &count);
    buffer_repeat(answer->out, ' ', reports.size < LABEL_COLUMNS - 2 ? LABEL_COLUMNS - 2 - reports.size : 0);
    write(answer, reports);
    buffer_add(answer->out, STR("  "));
    flow(answer, STYLE_STRONG, row_str(row, "name"), LABEL_COLUMNS);
    line(answer, STYLE_DIM, what_it_is(answer, row), LABEL_COLUMNS);
    line(answer, STYLE_PLAIN, other_names(answer, row), LABEL_COLUMNS);
    buffer_byte(answer->out, '\n');
}

static void one_entity(Answer *answer, Row *row)
{
    List *with = row_list(row, "with");
    entity_row(answer, row);
    if (list_size(with))
        line(answer, STYLE_STRONG, word(answer, "with"), 0);
    for (size_t i = 0; i < list_size(with); i++) {
        Buffer text = { 0 };
        buffer_format(&text, "%6.0f  %.*s", list_real(with, i, "events"), STR_ARGUMENTS(list_str(with, i, "name")));
        new_line(answer, 4);
        write(answer, taken(answer, &text));
    }
    if (list_size(with))
        buffer_byte(answer->out, '\n');
    list_free(with);
}

/* ---- reports ------------------------------------------------------------------------------- */

static void report_row(Answer *answer, Row *row)
{
    Buffer tail = { 0 };
    Str title = row_str(row, "title"), url = row_str(row, "url");
    labelled(answer, day_of(row_str(row, "published")), STYLE_STRONG, title.size ? title : url);
    line(answer, STYLE_PLAIN, row_str(row, "snippet"), LABEL_COLUMNS);
    add_part(&tail, row_str(row, "outlet"));
    if (title.size)
        add_part(&tail, url);
    part(&tail);
    buffer_format(&tail, "[%lld]", (long long)row_int(row, "id"));
    line(answer, STYLE_DIM, taken(answer, &tail), LABEL_COLUMNS);
    buffer_byte(answer->out, '\n');
}

static void one_report(Answer *answer, Row *row)
{
    List *others = row_list(row, "others");
    Str text = row_str(row, "text");
    while (text.at) {
        flow(answer, STYLE_PLAIN, str_cut(&text, '\n'), 0);
        buffer_add(answer->out, STR("\n\n"));
    }
    if (list_size(others))
        line(answer, STYLE_STRONG, word(answer, "other-reports"), 0);
    for (size_t i = 0; i < list_size(others); i++) {
        Buffer tail = { 0 };
        add_part(&tail, list_str(others, i, "outlet"));
        add_part(&tail, list_str(others, i, "title"));
        add_part(&tail, list_str(others, i, "url"));
        buffer_byte(answer->out, '\n');
        labelled(answer, day_of(list_str(others, i, "published")), STYLE_PLAIN, taken(answer, &tail));
    }
    buffer_byte(answer->out, '\n');
    list_free(others);
}

void text_row(Answer *answer, RelatoQuestion question, Row *row)
{
    static void (*const rows[RELATO_QUESTION_COUNT])(Answer *, Row *) = {
        [RELATO_ASK_EVENTS] = event_row,   [RELATO_ASK_TIMELINE] = timeline_row, [RELATO_ASK_FIGURES] = figures_row,
        [RELATO_ASK_CLAIMS] = claim_row,   [RELATO_ASK_ENTITIES] = entity_row,   [RELATO_ASK_SOURCES] = source_row,
        [RELATO_ASK_REPORTS] = report_row, [RELATO_ASK_EVENT] = one_event,       [RELATO_ASK_ENTITY] = one_entity,
        [RELATO_ASK_REPORT] = one_report,
    };
    if (answer->row && question != RELATO_ASK_SOURCES)
        buffer_byte(answer->out, '\n');
    rows[question](answer, row);
}
