/* Figures: tests/cases/quantities.LANGUAGE.tsv has sentences in which brackets
 * mark the figures, and what the last one says. */
#include "reader.h"

#include <stdlib.h>

#include "number/number.h"
#include "quantity/quantity.h"
#include "time/time.h"

enum { TEXT, VALUE, HIGH, BOUND, COUNTS, NOUN, COLUMN_COUNT };

static Document quantities_of(int language, Str text)
{
    Document document = document_of(language, text, "2023-10-04");
    number_stage(&document, &languages[language]);
    time_stage(&document, &languages[language]);
    quantity_stage(&document, &languages[language]);
    return document;
}

/* The figures of the document in the form of the row's first cell. */
static Str bracketed(const Document *document)
{
    Str all = STR("");
    uint32_t at = 0;
    for (size_t i = 0; i < document->quantity_count; i++) {
        Span span = document->quantities[i].span;
        all = str_format(&arena, "%.*s%.*s[%.*s]", STR_ARGUMENTS(all),
                         STR_ARGUMENTS(str_slice(document->text, at, span.start)),
                         STR_ARGUMENTS(span_str(document, span)));
        at = span.end;
    }
    return str_join(&arena, all, str_slice(document->text, at, document->text.size));
}

static Str plain(Str marked)
{
    char *bytes = arena_alloc(&arena, marked.size + 1);
    size_t size = 0;
    for (size_t i = 0; i < marked.size; i++)
        if (marked.at[i] != '[' && marked.at[i] != ']')
            bytes[size++] = marked.at[i];
    bytes[size] = '\0';
    return (Str){ bytes, size };
}

static Str said(const TsvRow *row)
{
    double value = strtod(str_copy(&arena, row->cells[VALUE]).at, NULL);
    double high = row->cells[HIGH].size ? strtod(str_copy(&arena, row->cells[HIGH]).at, NULL) : value;
    return str_format(&arena, "%.12g-%.12g %.*s %.*s %.*s", value, high, STR_ARGUMENTS(row->cells[BOUND]),
                      STR_ARGUMENTS(row->cells[COUNTS]), STR_ARGUMENTS(row->cells[NOUN]));
}

static Str rendered(const Quantity *quantity)
{
    return str_format(&arena, "%.12g-%.12g %s %s %.*s", quantity->value, quantity->high,
                      relato_bound_name(quantity->bound), relato_counts_name(quantity->counts),
                      STR_ARGUMENTS(quantity->noun));
}

static void check_table(int language, const char *path)
{
    static const char *const columns[COLUMN_COUNT] = { "text", "value", "high", "bound", "counts", "noun" };
    Complaints complaints = { 0 };
    TsvTable rows = { 0 };
    size_t wrong = 0;
    tsv_read(&rows, &arena, file_content(path), path, columns, COLUMN_COUNT, &complaints);
    assert_int_equal(complaints.count, 0);
    for (size_t i = 0; i < rows.count; i++) {
        Document document = quantities_of(language, plain(rows.items[i].cells[TEXT]));
        Str found = bracketed(&document), got = STR(""), want = STR("");
        if (document.quantity_count && rows.items[i].cells[VALUE].size) {
            got = rendered(&document.quantities[document.quantity_count - 1]);
            want = said(&rows.items[i]);
        }
        if (str_equal(found, rows.items[i].cells[TEXT]) && str_equal(got, want))
            continue;
        wrong++;
        print_error("%s:%zu: %.*s\n    %.*s\n    %.*s\n", path, rows.items[i].line,
                    STR_ARGUMENTS(rows.items[i].cells[TEXT]), STR_ARGUMENTS(found), STR_ARGUMENTS(got));
    }
    assert_int_equal(wrong, 0);
}

static void portuguese(void **state)
{
    (void)state;
    check_table(PT, "tests/cases/quantities.pt.tsv");
}

static void spanish(void **state)
{
    (void)state;
    check_table(ES, "tests/cases/quantities.es.tsv");
}

static void english(void **state)
{
    (void)state;
    check_table(EN, "tests/cases/quantities.en.tsv");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(portuguese),
        cmocka_unit_test(spanish),
        cmocka_unit_test(english),
    };
    return cmocka_run_group_tests(tests, set_up_reader, tear_down_reader);
}
