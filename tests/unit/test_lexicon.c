/* Tab-separated sources and the compiled lexicon. */
#include "test.h"

#include <stdlib.h>

#include "core/error.h"
#include "language/builder.h"
#include "language/lexicon.h"

static Arena arena;
static jmp_buf escape;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena, 0, &escape);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

typedef struct Mistake {
    size_t line;
    char message[200];
} Mistake;

static void keep_last(void *context, const char *file, size_t line, const char *message)
{
    (void)file;
    Mistake *mistake = context;
    mistake->line = line;
    snprintf(mistake->message, sizeof mistake->message, "%s", message);
}

static const char *const columns[] = { "id", "name" };

static void tsv_reads_columns_in_any_order(void **state)
{
    (void)state;
    Complaints complaints = { 0 };
    TsvTable table = { 0 };
    tsv_read(&table, &arena, STR("# comment\nname\tid\n\nx y\t1\r\nz\n"), "f", columns, 2, &complaints);
    assert_int_equal(complaints.count, 0);
    assert_int_equal(table.count, 2);
    assert_str(table.items[0].cells[0], "1");
    assert_str(table.items[0].cells[1], "x y");
    assert_int_equal(table.items[1].line, 5);
    assert_str(table.items[1].cells[0], "");
}

static void tsv_names_the_line_of_a_mistake(void **state)
{
    (void)state;
    static const struct {
        const char *content;
        size_t line;
        const char *message;
    } cases[] = {
        { "id\twhat\n", 1, "unknown column \"what\"" },
        { "id\tid\n", 1, "column \"id\" is there twice" },
        { "id\n1\t2\n", 2, "more cells than the header has columns (1)" },
        { "id\n\n\xC3\n", 3, "byte 1 of the line is not UTF-8" },
        { "# nothing\n", 1, "no header line that names the columns" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Mistake mistake = { 0 };
        Complaints complaints = { keep_last, &mistake, 0 };
        TsvTable table = { 0 };
        tsv_read(&table, &arena, str_of(cases[i].content), "f", columns, 2, &complaints);
        assert_int_equal(complaints.count, 1);
        assert_int_equal(mistake.line, cases[i].line);
        assert_string_equal(mistake.message, cases[i].message);
    }
}

static void tsv_spells_braces_out(void **state)
{
    (void)state;
    Mistake mistake = { 0 };
    Complaints complaints = { keep_last, &mistake, 0 };
    TsvRow row = { 0 };
    size_t count;
    Str *values = tsv_values(&arena, STR("arm{é,ê}ni{o,a} | {,ex-}rei"), &count, &row, &complaints);
    assert_int_equal(count, 6);
    assert_str(values[0], "arménio");
    assert_str(values[3], "armênia");
    assert_str(values[4], "rei");
    assert_str(values[5], "ex-rei");
    tsv_values(&arena, STR("a{b"), &count, &row, &complaints);
    tsv_values(&arena, STR("a}b"), &count, &row, &complaints);
    tsv_values(&arena, STR("{0,1}{0,1}{0,1}{0,1}{0,1}{0,1}{0,1}{0,1}{0,1}{0,1}"), &count, &row, &complaints);
    assert_int_equal(complaints.count, 3);
}

static LexiconBuilder builder_of_words(void)
{
    LexiconBuilder builder = { .arena = &arena, .language = STR("pt") };
    table_init(&builder.words, &arena);
    table_init(&builder.strings, &arena);
    return builder;
}

static void lexicon_finds_words_with_and_without_accents(void **state)
{
    (void)state;
    LexiconBuilder builder = builder_of_words();
    uint32_t ha = builder_word(&builder, STR("Há")), as = builder_word(&builder, STR("às"));
    uint32_t as_bare = builder_word(&builder, STR("as"));
    assert_int_equal(builder_word(&builder, STR("há")), ha);
    builder_section(&builder, "numbers", (const int[]){ 1, 2, 3 }, 3 * sizeof(int));

    size_t size, count;
    char *image = builder_image(&builder, &size);
    Lexicon lexicon;
    Error error;
    assert_true(lexicon_adopt(&lexicon, image, size, &error));
    assert_int_equal(lexicon_word(&lexicon, STR("há"), false), ha);
    assert_int_equal(lexicon_word(&lexicon, STR("ha"), true), ha);
    assert_int_equal(lexicon_word(&lexicon, STR("às"), true), as);
    assert_int_equal(lexicon_word(&lexicon, STR("as"), true), as_bare);
    assert_int_equal(lexicon_word(&lexicon, STR("ha"), false), 0);
    assert_int_equal(lexicon_word(&lexicon, STR("os"), true), 0);
    const int *numbers = lexicon_section(&lexicon, "numbers", sizeof *numbers, &count);
    assert_int_equal(count, 3);
    assert_int_equal(numbers[2], 3);
    assert_null(lexicon_section(&lexicon, "none", 1, &count));
    lexicon_close(&lexicon);
    buffer_free(&builder.pool);
}

static void lexicon_refuses_what_is_damaged(void **state)
{
    (void)state;
    for (int damage = 0; damage < 3; damage++) {
        LexiconBuilder builder = builder_of_words();
        builder_word(&builder, STR("a"));
        size_t size;
        char *image = builder_image(&builder, &size);
        if (damage == 0)
            image[size - 20] ^= 1;
        else if (damage == 1)
            size -= 16;
        else
            image[0] = 'X';
        Lexicon lexicon;
        Error error;
        assert_false(lexicon_adopt(&lexicon, image, size, &error));
        assert_non_null(strstr(error.message, damage == 2 ? "no compiled lexicon" : "damaged"));
        buffer_free(&builder.pool);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tsv_reads_columns_in_any_order),
        cmocka_unit_test(tsv_names_the_line_of_a_mistake),
        cmocka_unit_test(tsv_spells_braces_out),
        cmocka_unit_test(lexicon_finds_words_with_and_without_accents),
        cmocka_unit_test(lexicon_refuses_what_is_damaged),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
