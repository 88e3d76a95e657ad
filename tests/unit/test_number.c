/* Numerals: tests/cases/numbers.LANGUAGE.tsv has expressions and what they are worth. */
#include "reader.h"

#include <math.h>
#include <stdlib.h>

#include "number/number.h"

static const char *const kinds[] = { "cardinal", "ordinal", "fraction", "vague" };

static Document numerals_of(int language, Str text)
{
    Document document = document_of(language, text, "");
    number_stage(&document, &languages[language]);
    return document;
}

static bool near(double a, double b)
{
    return fabs(a - b) <= 1e-9 * fabs(b);
}

/* Whether the expression is read as one numeral with this kind, value and high. */
static bool is_read(int language, Str expression, Str kind, double value, double high)
{
    Document document = numerals_of(language, expression);
    if (document.numeral_count != 1)
        return false;
    const Numeral *numeral = &document.numerals[0];
    return numeral->first_token == 0 && numeral->token_count == document.token_count &&
           str_equal(kind, str_of(kinds[numeral->kind])) && near(numeral->value, value) && near(numeral->high, high);
}

static void check_table(int language, const char *path)
{
    static const char *const columns[] = { "expression", "kind", "value", "high" };
    Complaints complaints = { 0 };
    TsvTable rows = { 0 };
    tsv_read(&rows, &arena, file_content(path), path, columns, 4, &complaints);
    assert_int_equal(complaints.count, 0);
    assert_true(rows.count >= 150);
    size_t wrong = 0;
    for (size_t i = 0; i < rows.count; i++) {
        const TsvRow *row = &rows.items[i];
        double value = strtod(str_copy(&arena, row->cells[2]).at, NULL);
        double high = row->cells[3].size ? strtod(str_copy(&arena, row->cells[3]).at, NULL) : value;
        if (is_read(language, row->cells[0], row->cells[1], value, high))
            continue;
        wrong++;
        Document document = numerals_of(language, row->cells[0]);
        print_error("%s:%zu: \"%.*s\" is read as %zu numerals", path, row->line, STR_ARGUMENTS(row->cells[0]),
                    document.numeral_count);
        for (size_t n = 0; n < document.numeral_count; n++)
            print_error(" %s %.12g-%.12g (%u tokens of %zu)", kinds[document.numerals[n].kind],
                        document.numerals[n].value, document.numerals[n].high, document.numerals[n].token_count,
                        document.token_count);
        print_error("\n");
    }
    assert_int_equal(wrong, 0);
}

static void portuguese(void **state)
{
    (void)state;
    check_table(PT, "tests/cases/numbers.pt.tsv");
}

static void spanish(void **state)
{
    (void)state;
    check_table(ES, "tests/cases/numbers.es.tsv");
}

static void english(void **state)
{
    (void)state;
    check_table(EN, "tests/cases/numbers.en.tsv");
}

static void what_is_no_numeral(void **state)
{
    (void)state;
    static const struct {
        int language;
        const char *text;
    } cases[] = {
        { PT, "um homem e uma mulher" }, { ES, "una casa" }, { EN, "a house and an apple" }, { PT, "o milhão" },
        { EN, "the million" },           { PT, "MH17" },     { PT, "meio caminho" },         { EN, "half the way" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(numerals_of(cases[i].language, str_of(cases[i].text)).numeral_count, 0);
}

static void neighbours_stay_apart(void **state)
{
    (void)state;
    static const struct {
        int language;
        const char *text;
        double values[3];
        size_t count;
    } cases[] = {
        { PT, "dois ou três", { 2, 3 }, 2 },
        { PT, "dois e três", { 2, 3 }, 2 },
        { PT, "entre mil e dois mil", { 1000, 2000 }, 2 },
        { PT, "dois mil e três mil", { 2000, 3000 }, 2 },
        { PT, "em 1988, 1994 e 2022", { 1988, 1994, 2022 }, 3 },
        { PT, "24 de fevereiro de 2022", { 24, 2022 }, 2 },
        { PT, "de 10 a 15", { 10, 15 }, 2 },
        { EN, "nineteen ninety-six", { 19, 96 }, 2 },
        { EN, "five and twenty", { 5, 20 }, 2 },
        { ES, "treinta y cuarenta", { 30, 40 }, 2 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Document document = numerals_of(cases[i].language, str_of(cases[i].text));
        assert_int_equal(document.numeral_count, cases[i].count);
        for (size_t n = 0; n < cases[i].count; n++)
            assert_true(document.numerals[n].value == cases[i].values[n]);
    }
}

static void digits_with_separators(void **state)
{
    (void)state;
    static const struct {
        int language;
        const char *digits;
        double value;
    } cases[] = {
        { PT, "1.500", 1500 },
        { PT, "3,5", 3.5 },
        { PT, "1.234.567,89", 1234567.89 },
        { PT, "3.5", 3.5 },
        { PT, "1,2,3", -1 },
        { EN, "1,500", 1500 },
        { EN, "3.5", 3.5 },
        { EN, "1,234,567.89", 1234567.89 },
        { EN, "1.2.3", -1 },
        { ES, "1.500", 1500 },
        { ES, "1,500", 1500 },
        { ES, "3,5", 3.5 },
        { ES, "3.5", 3.5 },
        { EN, "", -1 },
        { EN, ".5", -1 },
        { EN, "5.", -1 },
        { EN, "12345,678", 12345.678 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_true(
            near(number_of_digits(&languages[cases[i].language].lexicon, str_of(cases[i].digits)), cases[i].value));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(portuguese),
        cmocka_unit_test(spanish),
        cmocka_unit_test(english),
        cmocka_unit_test(what_is_no_numeral),
        cmocka_unit_test(neighbours_stay_apart),
        cmocka_unit_test(digits_with_separators),
    };
    return cmocka_run_group_tests(tests, set_up_reader, tear_down_reader);
}
