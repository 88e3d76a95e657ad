/* Time expressions: tests/cases/times.LANGUAGE.tsv has sentences in which
 * brackets mark the expression, the day of publication, and what it means. */
#include "reader.h"

#include "number/number.h"
#include "output/output.h"
#include "time/time.h"
#include "time/value.h"

static Document times_of(int language, Str text, const char *published)
{
    Document document = document_of(language, text, published);
    number_stage(&document, &languages[language]);
    time_stage(&document, &languages[language]);
    return document;
}

/* The text without its brackets, and what stands between them: byte ranges. */
static Str without_brackets(Str marked, Span *spans, size_t *count)
{
    char *bytes = arena_alloc(&arena, marked.size + 1);
    uint32_t size = 0;
    *count = 0;
    for (size_t i = 0; i < marked.size; i++)
        if (marked.at[i] == '[')
            spans[*count].start = size;
        else if (marked.at[i] == ']')
            spans[(*count)++].end = size;
        else
            bytes[size++] = marked.at[i];
    bytes[size] = '\0';
    return (Str){ bytes, size };
}

enum { TEXT, PUBLISHED, TYPE, VALUE, MOD, FROM, TO, COLUMN_COUNT };

/* What was read, in the form of the row's cells from `type` on. */
static Str rendered(const Document *document, size_t index)
{
    const Time *time = &document->times[index];
    return str_format(&arena, "%s %.*s %.*s %.*s %.*s", relato_time_type_name(time->type), STR_ARGUMENTS(time->value),
                      STR_ARGUMENTS(time->mod), STR_ARGUMENTS(time->from), STR_ARGUMENTS(time->to));
}

/* The last expression of the sentence is as the row says; all are where the brackets are. */
static bool row_is_read(int language, const TsvRow *row, Str *got)
{
    Span spans[8];
    size_t count;
    Str text = without_brackets(row->cells[TEXT], spans, &count);
    Document document = times_of(language, text, str_copy(&arena, row->cells[PUBLISHED]).at);
    *got = STR("other expressions:");
    bool same = count == document.time_count;
    for (size_t i = 0; i < document.time_count; i++) {
        *got = str_format(&arena, "%.*s [%.*s]", STR_ARGUMENTS(*got),
                          STR_ARGUMENTS(span_str(&document, document.times[i].span)));
        same = same && document.times[i].span.start == spans[i].start && document.times[i].span.end == spans[i].end;
    }
    if (!same)
        return false;
    if (count == 0)
        return row->cells[TYPE].size == 0;
    *got = rendered(&document, count - 1);
    return str_equal(*got, str_format(&arena, "%.*s %.*s %.*s %.*s %.*s", STR_ARGUMENTS(row->cells[TYPE]),
                                      STR_ARGUMENTS(row->cells[VALUE]), STR_ARGUMENTS(row->cells[MOD]),
                                      STR_ARGUMENTS(row->cells[FROM]), STR_ARGUMENTS(row->cells[TO])));
}

static void check_table(int language, const char *path)
{
    static const char *const columns[COLUMN_COUNT] = { "text", "published", "type", "value", "mod", "from", "to" };
    Complaints complaints = { 0 };
    TsvTable rows = { 0 };
    size_t wrong = 0;
    tsv_read(&rows, &arena, file_content(path), path, columns, COLUMN_COUNT, &complaints);
    assert_int_equal(complaints.count, 0);
    for (size_t i = 0; i < rows.count; i++) {
        Str got;
        if (row_is_read(language, &rows.items[i], &got))
            continue;
        wrong++;
        print_error("%s:%zu: %.*s\n    %.*s\n", path, rows.items[i].line, STR_ARGUMENTS(rows.items[i].cells[TEXT]),
                    STR_ARGUMENTS(got));
    }
    assert_int_equal(wrong, 0);
}

static void portuguese(void **state)
{
    (void)state;
    check_table(PT, "tests/cases/times.pt.tsv");
}

static void spanish(void **state)
{
    (void)state;
    check_table(ES, "tests/cases/times.es.tsv");
}

static void english(void **state)
{
    (void)state;
    check_table(EN, "tests/cases/times.en.tsv");
}

static void values(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        Direction direction;
        const char *value;
    } cases[] = {
        { "2022-02-24", DIRECTION_PAST, "2022-02-24" },
        { "2022-02-30", DIRECTION_PAST, "2022-02-30" },
        { "XXXX-02-29", DIRECTION_PAST, "2020-02-29" },
        { "XXXX-02-29", DIRECTION_FUTURE, "2024-02-29" },
        { "XXXX-WXX-3", DIRECTION_PAST, "2023-10-04" },
        { "XXXX-WXX-3", DIRECTION_LAST, "2023-09-27" },
        { "XXXX-WXX-3", DIRECTION_NEXT, "2023-10-11" },
        { "XXXX-WXX-5", DIRECTION_NEAR, "2023-10-06" },
        { "XXXX-WXX-WE", DIRECTION_PAST, "2023-W39-WE" },
        { "XXXX-XX-31", DIRECTION_PAST, "2023-08-31" },
        { "XXXX-XX-31~4", DIRECTION_PAST, "2023-08-31" },
        { "XXXX-XX-13~5", DIRECTION_NEAR, "2023-10-13" },
        { "XXXX-XX-13~5", DIRECTION_PAST, "2023-01-13" },
        { "XXXX-02-29~4", DIRECTION_NEAR, "2024-02-29" },
        { "XXXX-12", DIRECTION_NEAR, "2023-12" },
        { "XXXX-03", DIRECTION_NEAR, "2023-03" },
        { "XXXX-FA", DIRECTION_PAST, "2023-FA" },
        { "XXXX-easter-2", DIRECTION_PAST, "2023-04-07" },
        { "2024-easter+0", DIRECTION_PAST, "2024-03-31" },
        { "2022-11-#4-4", DIRECTION_PAST, "2022-11-24" },
        { "2022-05-#5-1", DIRECTION_PAST, "2022-05-30" },
        { "now-1W", DIRECTION_PAST, "2023-W39" },
        { "now-1W-1", DIRECTION_PAST, "2023-09-25" },
        { "now+3M", DIRECTION_PAST, "2024-01" },
        { "now-1Y-Q4", DIRECTION_PAST, "2022-Q4" },
        { "now-2.5Y", DIRECTION_PAST, "2021-04" },
        { "now+0DE", DIRECTION_PAST, "202" },
        { "now-1CE", DIRECTION_PAST, "19" },
        { "now-20TM", DIRECTION_PAST, "2023-10-04" },
        { "now+0DTNI", DIRECTION_PAST, "2023-10-04TNI" },
        { "now-5000Y", DIRECTION_PAST, "XXXX" },
        { "ref+2D", DIRECTION_PAST, "2023-10-06" },
        { "T18:06", DIRECTION_PAST, "XXXX-XX-XXT18:06" },
        { "P2TH30TM", DIRECTION_PAST, "PT2H30M" },
        { "P1Y3TH", DIRECTION_PAST, "P1YT3H" },
        { "PRESENT_REF", DIRECTION_PAST, "PRESENT_REF" },
        { "now-99999999999M", DIRECTION_PAST, "XXXX-XX" },
        { "BC0044", DIRECTION_PAST, "BC0044" },
        { "ref+1", DIRECTION_PAST, "XXXX-XX-XX" },
    };
    const Anchors anchors = { .now = { LEVEL_DAY, 2023, 10, 4 } }, none = { 0 };
    Moment moment;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_str(value_resolve(&arena, str_of(cases[i].text), &anchors, cases[i].direction, &moment), cases[i].value);
    static const struct {
        const char *text, *value;
    } unknown[] = {
        { "now+0D", "XXXX-XX-XX" },     { "now-1W", "XXXX-WXX" },         { "now-1Y", "XXXX" },
        { "now-1Y-Q3", "XXXX-Q3" },     { "now+0Y-03", "XXXX-03" },       { "XXXX-XX-13~5", "XXXX-XX-13" },
        { "now-1W-5", "XXXX-WXX-5" },   { "now+0WE", "XXXX-WXX-WE" },     { "now-1M-15", "XXXX-XX-15" },
        { "XXXX-03-12", "XXXX-03-12" }, { "ref+1DTNI", "XXXX-XX-XXTNI" },
    };
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
        assert_str(value_resolve(&arena, str_of(unknown[i].text), &none, DIRECTION_PAST, &moment), unknown[i].value);
    static const char *const wrong[] = { "now", "now+D", "now+1", "2022-13", "20222", "XXXX-Q5", "2022-1", "soon", "" };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(value_valid(str_of(wrong[i])));
}

static void timeml(void **state)
{
    (void)state;
    Document document = times_of(EN, STR("Five & two died < \"yesterday\"\nmore today"), "2024-05-10");
    document.id = STR("abc");
    Buffer out = { 0 };
    output_timeml(&out, &document);
    assert_str(
        buffer_str(&out),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<TimeML xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
        "xsi:noNamespaceSchemaLocation=\"http://timeml.org/timeMLdocs/TimeML_1.2.1.xsd\">\n"
        "<DOCID>abc</DOCID>\n"
        "<DCT><TIMEX3 tid=\"t0\" type=\"DATE\" value=\"2024-05-10\" functionInDocument=\"CREATION_TIME\">2024-05-10"
        "</TIMEX3></DCT>\n"
        "<TEXT>Five &amp; two died &lt; \"<TIMEX3 tid=\"t1\" type=\"DATE\" value=\"2024-05-09\">yesterday</TIMEX3>\"\n"
        "more <TIMEX3 tid=\"t2\" type=\"DATE\" value=\"2024-05-10\">today</TIMEX3></TEXT>\n"
        "</TimeML>\n");
    buffer_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(portuguese), cmocka_unit_test(spanish), cmocka_unit_test(english),
        cmocka_unit_test(values),     cmocka_unit_test(timeml),
    };
    return cmocka_run_group_tests(tests, set_up_reader, tear_down_reader);
}
