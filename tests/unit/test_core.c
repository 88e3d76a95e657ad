/* Arena, Str, Buffer, UTF-8, Table, Error. */
#include "test.h"

#include "fixture.h"

#include <stdlib.h>

#include "core/buffer.h"
#include "core/error.h"
#include "core/table.h"
#include "core/utf8.h"

static void arena_gives_aligned_memory(void **state)
{
    Arena *arena = &((Fixture *)*state)->arena;
    for (size_t size = 1; size < 300000; size = 3 * size + 1) {
        char *at = arena_alloc(arena, size);
        assert_int_equal((uintptr_t)at % 16, 0);
        memset(at, 'x', size);
    }
}

static void arena_grows_the_last_array_in_place(void **state)
{
    Arena *arena = &((Fixture *)*state)->arena;
    int *array = ARENA_ARRAY(arena, int, 8);
    array[7] = 7;
    assert_ptr_equal(arena_grow(arena, array, 8, 16, sizeof *array), array);
    arena_alloc(arena, 1);
    int *moved = arena_grow(arena, array, 16, 32, sizeof *array);
    assert_ptr_not_equal(moved, array);
    assert_int_equal(moved[7], 7);
}

static void arena_escapes_at_its_limit(void **state)
{
    (void)state;
    Arena arena;
    jmp_buf escape;
    volatile int had = 0;
    arena_init(&arena, 100000, &escape);
    if (setjmp(escape) == 0)
        for (;; had++)
            arena_alloc(&arena, 1000);
    assert_in_range(had, 60, 100);
    arena_free(&arena);
}

static void str_cuts_and_trims(void **state)
{
    (void)state;
    Str s = STR("a|b||c");
    assert_str(str_cut(&s, '|'), "a");
    assert_str(str_cut(&s, '|'), "b");
    assert_str(str_cut(&s, '|'), "");
    assert_str(str_cut(&s, '|'), "c");
    assert_null(s.at);
    assert_str(str_slice((Str){ NULL, 0 }, 0, 0), "");
    assert_str(str_trim(STR(" \t a b \n")), "a b");
    assert_true(str_compare(STR("ab"), STR("abc")) < 0);
    assert_true(str_starts(STR("abc"), STR("ab")) && str_ends(STR("abc"), STR("bc")));
}

static void utf8_finds_what_is_broken(void **state)
{
    (void)state;
    assert_int_equal(utf8_invalid(STR("a\xC3\xA7\xC3")), 3);
    assert_int_equal(utf8_invalid(STR("\xED\xA0\x80")), 0);     /* a surrogate */
    assert_int_equal(utf8_invalid(STR("\xC0\xAF")), 0);         /* too long a form */
    assert_int_equal(utf8_invalid(STR("\xF4\x90\x80\x80")), 0); /* above U+10FFFF */
    assert_int_equal(utf8_invalid(STR("ação")), 6);
    assert_int_equal(utf8_length(STR("ação")), 4);
    assert_int_equal(utf8_columns(STR("a\xCC\x81世")), 3);
}

static void utf8_folds_strips_and_normalises(void **state)
{
    Arena *arena = &((Fixture *)*state)->arena;
    assert_str(utf8_fold(arena, STR("ÁRVORE de Ñu")), "árvore de ñu");
    assert_str(utf8_strip_accents(arena, STR("Constituição, ñandú, ʻAzīz")), "Constituicao, nandu, ʻAziz");
    assert_str(utf8_normalise(arena, STR("ac\xCC\xA7\x61\xCC\x83o")), "ação");
    Str normal = STR("ação");
    assert_ptr_equal(utf8_normalise(arena, normal).at, normal.at);
}

static void table_keeps_what_it_is_given(void **state)
{
    Arena *arena = &((Fixture *)*state)->arena;
    Table table;
    table_init(&table, arena);
    assert_null(table_find(&table, STR("0")));
    for (uint32_t i = 0; i < 1000; i++) {
        bool added;
        *table_put(&table, str_format(arena, "%u", i), &added) = i;
        assert_true(added);
    }
    for (uint32_t i = 0; i < 1000; i++)
        assert_int_equal(*table_find(&table, str_format(arena, "%u", i)), i);
    assert_null(table_find(&table, STR("1000")));
    assert_int_equal(table.count, 1000);
}

static void buffer_grows_and_gives(void **state)
{
    (void)state;
    Buffer buffer = { 0 };
    for (int i = 0; i < 1000; i++)
        buffer_format(&buffer, "%d,", i % 10);
    buffer_code_point(&buffer, 0xE7);
    size_t size;
    char *bytes = buffer_take(&buffer, &size);
    assert_int_equal(size, 2002);
    assert_string_equal(bytes + 1998, "9,ç");
    free(bytes);
    bytes = buffer_take(&buffer, &size);
    assert_int_equal(size, 0);
    assert_string_equal(bytes, "");
    free(bytes);
}

static void error_cuts_between_characters(void **state)
{
    (void)state;
    char text[2 * sizeof(((Error *)0)->message)] = "a";
    for (size_t i = 1; i + 2 < sizeof text; i += 2)
        memcpy(text + i, "ç", 3);
    Error error;
    assert_false(error_set(&error, RELATO_ERROR_INPUT, 3, 17, "%s", text));
    assert_int_equal(error.line, 3);
    assert_int_equal(error.offset, 17);
    assert_int_equal(utf8_invalid(str_of(error.message)), strlen(error.message));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_gives_aligned_memory),    cmocka_unit_test(arena_grows_the_last_array_in_place),
        cmocka_unit_test(arena_escapes_at_its_limit),    cmocka_unit_test(str_cuts_and_trims),
        cmocka_unit_test(utf8_finds_what_is_broken),     cmocka_unit_test(utf8_folds_strips_and_normalises),
        cmocka_unit_test(table_keeps_what_it_is_given),  cmocka_unit_test(buffer_grows_and_gives),
        cmocka_unit_test(error_cuts_between_characters),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
