/* Keys of names: tests/cases/name-pairs.tsv has names of one person and of two. */
#include "reader.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "names/key.h"

static Str key_in(int language, Str name)
{
    NameKeys keys = keys_open(&languages[language].lexicon);
    return name_key(&arena, &keys, name);
}

static Str key_of(const char *name)
{
    return key_in(PT, str_of(name));
}

static bool match(const char *a, const char *b)
{
    return name_keys_match(key_of(a), key_of(b));
}

/* Whether two names have equal keys and match as the file says of such pairs. */
static bool is_as_told(Str same, Str a, Str b)
{
    Str key_a = key_in(PT, a), key_b = key_in(ES, b);
    bool equal = str_equal(key_a, key_b), matching = name_keys_match(key_a, key_b);
    if (str_equal(same, STR("key")) || str_equal(same, STR("confused")))
        return equal && matching;
    if (str_equal(same, STR("match")))
        return !equal && matching;
    return !equal && !matching;
}

static void keys_join_spellings_and_part_persons(void **state)
{
    (void)state;
    size_t wrong = 0, one = 0, two = 0;
    Str content = file_content("tests/cases/name-pairs.tsv");
    for (bool header = true; content.at;) {
        Str line = str_cut(&content, '\n');
        if (line.size == 0 || line.at[0] == '#')
            continue;
        Str same = str_cut(&line, '\t'), set = str_cut(&line, '\t'), a = str_cut(&line, '\t'), b = line;
        if (header) {
            assert_str(same, "same");
            header = false;
            continue;
        }
        bool persons = str_equal(same, STR("no")) || str_equal(same, STR("confused"));
        one += !persons;
        two += persons;
        if (is_as_told(same, a, b) && is_as_told(same, b, a))
            continue;
        wrong++;
        print_error("%.*s (%.*s): %.*s (%s), %.*s (%s)\n", STR_ARGUMENTS(same), STR_ARGUMENTS(set), STR_ARGUMENTS(a),
                    key_in(PT, a).at, STR_ARGUMENTS(b), key_in(PT, b).at);
    }
    assert_int_equal(wrong, 0);
    assert_true(one >= 150 && two >= 150);
}

static void keys_put_words_in_order(void **state)
{
    (void)state;
    assert_str(key_of("Lavrov, Sergey"), key_of("Sergei Lavrov").at);
    assert_str(key_of("Trump, Jr."), "trump jr");
    assert_str(key_of("Kishida Fumio"), key_of("Fumio Kishida").at);
    assert_str(key_of("KIM JONG UN"), key_of("Jong-un Kim").at);
    assert_str(key_of("Nguyen Kim"), "nguen kim");
}

static void keys_leave_out_initials_and_particles(void **state)
{
    (void)state;
    assert_str(key_of("John F. Kennedy"), key_of("John Kennedy").at);
    assert_str(key_of("Ludwig van Beethoven"), key_of("Ludwig Beethoven").at);
    assert_str(key_of("al-Sisi"), "sisi");
    assert_str(key_of("La Russa"), "la rusa");
    assert_str(key_of("de la"), "la");
    assert_str(key_of("J. K."), "k");
    assert_str(key_of("Abdul Aziz"), key_of("Abdelaziz").at);
}

static void keys_tell_sovereigns_apart(void **state)
{
    (void)state;
    assert_str(key_of("Abdullah II"), "abdla 2");
    assert_str(key_of("Abdullah I"), "abdla i");
    assert_str(key_of("John Paul II"), key_of("John Paul 2").at);
}

static void keys_take_letters_of_any_script(void **state)
{
    (void)state;
    assert_str(key_of("Øystein Đorđe Łukasz Weiß"), "oistein jorje lukas ueis");
    assert_str(key_of("Serguei Lavrov"), key_of("Sergue\xCC\x81i Lavrov").at);
    assert_str(key_of("Sana\xE2\x80\x99"
                      "a O'Neill"),
               "sana oneil");
    assert_str(key_of("Лавров"), "лавров");
    assert_str(key_of("習近平"), "習近平");
}

static void keys_of_no_name_are_empty(void **state)
{
    (void)state;
    assert_int_equal(key_of("").size, 0);
    assert_int_equal(key_of(" - , .").size, 0);
    assert_int_equal(key_of("\xFF\xC3").size, 0);
    assert_false(match("", ""));
}

static void keys_are_the_same_in_all_languages(void **state)
{
    (void)state;
    for (int language = PT; language < LANGUAGES; language++)
        assert_str(key_in(language, STR("Jamal Khashoggi")), "jamal jaxoji");
}

static void keys_stand_long_names(void **state)
{
    (void)state;
    enum { SIZE = 200000 };
    char *name = arena_alloc(&arena, SIZE);
    static const char *const patterns[] = { "x", "a ", "\xC5\x81", "sch", "al-", "xy," };
    for (size_t p = 0; p < sizeof patterns / sizeof *patterns; p++) {
        size_t length = strlen(patterns[p]);
        for (size_t i = 0; i < SIZE; i++)
            name[i] = patterns[p][i % length];
        Str key = key_in(EN, (Str){ name, SIZE });
        assert_in_range(key.size, 1, 2 * SIZE);
        assert_true(name_keys_match(key, key));
    }
}

static void names_match_without_middle_names(void **state)
{
    (void)state;
    assert_true(match("Vladimir Vladimirovich Putin", "Vladímir Putin"));
    assert_true(match("Kim Jongun", "Kim Jong Un"));
    assert_false(match("Ana Maria Silva", "Ana Rita Silva"));
    assert_false(match("Putin", "Vladimir Putin"));
    assert_false(match("Donald Trump", "Donald Trump Jr."));
    /* No equivalence: both match "Ana Silva". */
    assert_true(match("Ana Maria Silva", "Ana Silva") && match("Ana Rita Silva", "Ana Silva"));
}

static void the_public_header_gives_keys(void **state)
{
    (void)state;
    RelatoKnowledge knowledge = { .language_count = 1 };
    knowledge.languages[0].lexicon = languages[ES].lexicon;
    size_t size_a, size_b;
    char *a = relato_name_key(&knowledge, STR("Igor Khovaev"), &size_a);
    char *b = relato_name_key(&knowledge, STR("Ígor Jováyev"), &size_b);
    assert_string_equal(a, b);
    assert_int_equal(size_a, strlen(a));
    assert_true(relato_name_keys_match((Str){ a, size_a }, (Str){ b, size_b }));
    free(a);
    free(b);
}

/* ---- compiling ------------------------------------------------------------------------ */

static char folder[] = "/tmp/relato-spelling-XXXXXX";

/* Compiles lexicon/ with a user's file of rules over it; *mistakes is their number. */
static Lexicon lexicon_with(const char *rows, size_t *mistakes)
{
    char path[64];
    snprintf(path, sizeof path, "%s/spelling/mine.tsv", folder);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fprintf(file, "form\tuse\tbecomes\tbehind\tbefore\n%s\n", rows);
    fclose(file);
    const char *const folders[] = { "lexicon", folder };
    LanguageCodes codes = compile_languages("lexicon");
    Lexicon lexicon;
    Error error;
    size_t size;
    char *image = compile_language("en", &codes, folders, 2, NULL, false, NULL, NULL, mistakes, &size);
    assert_non_null(image);
    assert_true(lexicon_adopt(&lexicon, image, size, &error));
    return lexicon;
}

static void a_user_overrules(void **state)
{
    (void)state;
    size_t mistakes;
    Lexicon lexicon = lexicon_with("sh\trewrite\tq\nthe|Ж\tletter\n", &mistakes);
    assert_int_equal(mistakes, 1);
    lexicon_close(&lexicon);
    lexicon = lexicon_with("{sh,ch}\trewrite\tq\nж\tletter\tzh\ngrand\tparticle", &mistakes);
    assert_int_equal(mistakes, 0);
    NameKeys keys = keys_open(&lexicon);
    assert_str(name_key(&arena, &keys, STR("Grand Ashton Жuk")), "aqton juk");
    lexicon_close(&lexicon);
}

static void mistakes_are_counted(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "x\trewrite\tabc",  "abcdefghijkl\trewrite\ta",
        "é\trewrite\te",    "x\trewrite\ty\tvowel",
        "x\trewrite\ty\t$", "x\trewrite\tY",
        "ab\tletter\ta",    "ж\tletter\tabcde",
        "xx\tvowel",        "a b\tparticle",
        "\trewrite\ta",     "a\tnothing",
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t mistakes;
        Lexicon lexicon = lexicon_with(rows[i], &mistakes);
        if (mistakes != 1)
            print_error("row \"%s\": %zu mistakes\n", rows[i], mistakes);
        assert_int_equal(mistakes, 1);
        lexicon_close(&lexicon);
    }
}

static int set_up(void **state)
{
    char path[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/spelling", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    return set_up_reader(state);
}

static int tear_down(void **state)
{
    char path[64];
    snprintf(path, sizeof path, "%s/spelling/mine.tsv", folder);
    unlink(path);
    snprintf(path, sizeof path, "%s/spelling", folder);
    rmdir(path);
    rmdir(folder);
    return tear_down_reader(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_join_spellings_and_part_persons),
        cmocka_unit_test(keys_put_words_in_order),
        cmocka_unit_test(keys_leave_out_initials_and_particles),
        cmocka_unit_test(keys_tell_sovereigns_apart),
        cmocka_unit_test(keys_take_letters_of_any_script),
        cmocka_unit_test(keys_of_no_name_are_empty),
        cmocka_unit_test(keys_are_the_same_in_all_languages),
        cmocka_unit_test(keys_stand_long_names),
        cmocka_unit_test(names_match_without_middle_names),
        cmocka_unit_test(the_public_header_gives_keys),
        cmocka_unit_test(a_user_overrules),
        cmocka_unit_test(mistakes_are_counted),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
