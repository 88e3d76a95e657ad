/* The gazetteer: compiling its sources, finding places by name, linking. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/error.h"
#include "language/compile.h"
#include "names/gazetteer.h"

static char folder[] = "/tmp/relato-gazetteer-XXXXXX";
static Arena arena;
static jmp_buf escape;

static void write_source(const char *content)
{
    char path[64];
    snprintf(path, sizeof path, "%s/gazetteer/places.tsv", folder);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(content, file);
    fclose(file);
}

static int set_up(void **state)
{
    (void)state;
    char path[64];
    arena_init(&arena, 0, &escape);
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/gazetteer", folder);
    return mkdir(path, 0700);
}

static int tear_down(void **state)
{
    (void)state;
    char path[64];
    snprintf(path, sizeof path, "%s/gazetteer/places.tsv", folder);
    unlink(path);
    snprintf(path, sizeof path, "%s/gazetteer", folder);
    rmdir(path);
    rmdir(folder);
    arena_free(&arena);
    return 0;
}

static char *compile(size_t *mistakes, size_t *size)
{
    const char *folders[] = { folder };
    return compile_gazetteer(folders, 1, NULL, NULL, mistakes, size);
}

static const char sources[] = "geonames\tkind\tcountry\tlatitude\tlongitude\tpopulation\tname\tother\n"
                              "1\tcountry\tPRT\t39.64\t-7.98\t\tPortugal\n"
                              "10\tcapital\tPRT\t38.717\t-9.133\t517802\tLisbon|Lisboa\tLissabon\n"
                              "11\t\tUSA\t44.031\t-70.105\t9392\tLisbon\n"
                              "12\tdivision\tPRT\t38.9\t-9.1\t517802\tLisbon|Lisboa\n"
                              "13\tseat\tMOZ\t-19.84\t34.84\t530604\tBeira\n"
                              "14\t\tTCD\t12.11\t15.04\t721081\tN'Djaména\n"
                              "15\t\tMEX\t21.13\t-101.68\t1114626\tLeón\n"
                              "16\t\tMEX\t20.05\t-99.30\t12000\tLeón|Lion\n";

static char *image;

static Gazetteer open_sources(void)
{
    Gazetteer gazetteer;
    size_t mistakes, size;
    write_source(sources);
    image = compile(&mistakes, &size);
    assert_int_equal(mistakes, 0);
    assert_true(gazetteer_open(&gazetteer, (Str){ image, size }, "test", NULL));
    return gazetteer;
}

static void finds_places_of_a_name_largest_first(void **state)
{
    (void)state;
    Gazetteer gazetteer = open_sources();
    GazetteerFound found = gazetteer_find(&gazetteer, &arena, STR("Lisbon"));
    assert_int_equal(found.count, 3);
    assert_int_equal(gazetteer_place(found, 0, NULL)->point.geonames, 10); /* the town before its division */
    assert_int_equal(gazetteer_place(found, 1, NULL)->point.geonames, 12);
    assert_int_equal(gazetteer_place(found, 2, NULL)->point.geonames, 11);
    assert_int_equal(gazetteer_place(found, 0, NULL)->point.latitude, 3871700);
    assert_int_equal(gazetteer_place(found, 0, NULL)->point.longitude, -913300);
    assert_int_equal(gazetteer_find(&gazetteer, &arena, STR("Lisb")).count, 0);
    assert_int_equal(gazetteer_find(&gazetteer, &arena, STR("Portugal")).count, 0);
    assert_int_equal(gazetteer_find(&gazetteer, &arena, STR("")).count, 0);
    free(image);
}

static void names_are_found_however_they_are_spelled(void **state)
{
    (void)state;
    Gazetteer gazetteer = open_sources();
    static const char *const spellings[] = { "N'Djaména",
                                             "N\xE2\x80\x99"
                                             "Djamena",
                                             "N'DJAMENA", "n djaména" };
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++)
        assert_int_equal(gazetteer_find(&gazetteer, &arena, str_of(spellings[i])).count, 1);
    bool usual;
    gazetteer_place(gazetteer_find(&gazetteer, &arena, STR("Lisboa")), 0, &usual);
    assert_true(usual);
    gazetteer_place(gazetteer_find(&gazetteer, &arena, STR("Lissabon")), 0, &usual);
    assert_false(usual);
    free(image);
}

static void links_by_country_and_names(void **state)
{
    (void)state;
    Gazetteer gazetteer = open_sources();
    const Str lisbon[] = { STR("Lisboa"), STR("Lisbon") },
              qualified[] = { STR("León (México)"), STR("cidade de León") };
    const Str lion[] = { STR("León, Guanajuato"), STR("Lion") }, beira[] = { STR("cidade da Beira") };
    assert_int_equal(gazetteer_link(&gazetteer, &arena, lisbon, 2, STR("PRT"), false)->point.geonames, 10);
    assert_int_equal(gazetteer_link(&gazetteer, &arena, lisbon, 2, STR("PRT"), true)->point.geonames, 12);
    assert_int_equal(gazetteer_link(&gazetteer, &arena, lisbon, 2, STR("USA"), false)->point.geonames, 11);
    assert_null(gazetteer_link(&gazetteer, &arena, lisbon, 2, STR("ESP"), false));
    assert_int_equal(gazetteer_link(&gazetteer, &arena, qualified, 2, STR("MEX"), false)->point.geonames, 15);
    assert_int_equal(gazetteer_link(&gazetteer, &arena, lion, 2, STR("MEX"), false)->point.geonames, 16);
    assert_int_equal(gazetteer_link(&gazetteer, &arena, beira, 1, STR("MOZ"), false)->point.geonames, 13);
    assert_int_equal(gazetteer_country(&gazetteer, STR("PRT"))->point.geonames, 1);
    assert_null(gazetteer_country(&gazetteer, STR("MOZ")));
    free(image);
}

static void distances_are_great_circles(void **state)
{
    (void)state;
    PlacePoint lisbon = { 3871700, -913300, 0, 1 }, maputo = { -2596600, 3256700, 0, 1 }, east = { 0, 17990000, 0, 1 },
               west = { 0, -17990000, 0, 1 };
    assert_in_range((int)gazetteer_distance(lisbon, maputo), 8350, 8450);
    assert_in_range((int)gazetteer_distance(east, west), 22, 23);
    assert_int_equal((int)gazetteer_distance(lisbon, lisbon), 0);
}

static void mistakes_in_the_sources_are_counted(void **state)
{
    (void)state;
    static const char *const rows[] = { "x\t\tPRT\t1\t1\t1\tA\n",    "1\tvillage\tPRT\t1\t1\t1\tA\n",
                                        "1\t\tPT\t1\t1\t1\tA\n",     "1\t\tPRT\t90.1\t1\t1\tA\n",
                                        "1\t\tPRT\t1\t-181\t1\tA\n", "1\t\tPRT\t\t1\t1\tA\n",
                                        "1\t\tPRT\t1.x\t1\t1\tA\n",  "99999999999\t\tPRT\t1\t1\t1\tA\n" };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char content[256];
        size_t mistakes, size;
        snprintf(content, sizeof content, "geonames\tkind\tcountry\tlatitude\tlongitude\tpopulation\tname\n%s",
                 rows[i]);
        write_source(content);
        free(compile(&mistakes, &size));
        assert_int_equal(mistakes, 1);
    }
}

static void refuses_what_is_no_gazetteer(void **state)
{
    (void)state;
    size_t mistakes, size;
    write_source(sources);
    char *bytes = compile(&mistakes, &size);
    Gazetteer gazetteer;
    Error error;
    assert_false(gazetteer_open(&gazetteer, (Str){ bytes, size - 1 }, "short", &error));
    assert_string_equal(error.message, "short is damaged; compile it again");
    assert_false(gazetteer_open(&gazetteer, (Str){ bytes, 4 }, "tiny", &error));
    assert_false(gazetteer_open(&gazetteer, (Str){ sources, sizeof sources }, "text", &error));
    assert_string_equal(error.message, "text is no compiled gazetteer");
    /* Whatever stands in its slots, looking up ends and stays inside. */
    GazetteerHeader header;
    memcpy(&header, bytes, sizeof header);
    size_t slots = sizeof header + header.place_count * sizeof(GazetteerPlace);
    for (size_t i = slots; i < size - header.pool_size; i++)
        bytes[i] = (char)0xFF;
    assert_true(gazetteer_open(&gazetteer, (Str){ bytes, size }, "damaged", &error));
    assert_int_equal(gazetteer_find(&gazetteer, &arena, STR("Lisbon")).count, 0);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_places_of_a_name_largest_first),
        cmocka_unit_test(names_are_found_however_they_are_spelled),
        cmocka_unit_test(links_by_country_and_names),
        cmocka_unit_test(distances_are_great_circles),
        cmocka_unit_test(mistakes_in_the_sources_are_counted),
        cmocka_unit_test(refuses_what_is_no_gazetteer),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
