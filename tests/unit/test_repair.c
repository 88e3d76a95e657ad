/* Lemmas that no word has, and what the rules make of them. */
#include "test.h"

#include "fixture.h"

#include "syntax/repair.h"

static Lexicon lexicon;

/* A lexicon of the Spanish rules and a few words. */
static int set_up_rules(void **state)
{
    set_up(state);
    Arena *arena = &((Fixture *)*state)->arena;
    LexiconBuilder builder = { .arena = arena, .language = STR("es"), .folders = { "lexicon" }, .folder_count = 1 };
    Error error;
    size_t size;
    table_init(&builder.words, arena);
    table_init(&builder.strings, arena);
    repairs_compile(&builder);
    assert_int_equal(builder.complaints.count, 0);
    static const char *const words[] = { "suspender", "acordar", "rendir", "castigar", "rehén", "golpe", "golpear" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        builder_word(&builder, str_of(words[i]));
    char *image = builder_image(&builder, &size);
    assert_true(lexicon_adopt(&lexicon, image, size, &error));
    buffer_free(&builder.pool);
    return 0;
}

static int tear_down_rules(void **state)
{
    lexicon_close(&lexicon);
    return tear_down(state);
}

static uint32_t repaired(Upos upos, const char *features, const char *lemma)
{
    Repairs repairs = repairs_open(&lexicon);
    Word word = { .upos = (uint8_t)upos, .features = str_of(features) };
    return repaired_lemma(&repairs, &word, str_of(lemma), false);
}

static uint32_t word(const char *form)
{
    uint32_t id = lexicon_word(&lexicon, str_of(form), false);
    assert_int_not_equal(id, 0);
    return id;
}

static void verbs_get_the_lemma_of_their_conjugation(void **state)
{
    (void)state;
    assert_int_equal(repaired(UPOS_VERB, "", "suspendir"), word("suspender"));
    assert_int_equal(repaired(UPOS_VERB, "", "castiguar"), word("castigar"));
    assert_int_equal(repaired(UPOS_VERB, "", "acuerdar"), word("acordar"));
    assert_int_equal(repaired(UPOS_VERB, "", "rinder"), word("rendir"));
}

static void nouns_and_participles_have_rules_of_their_own(void **state)
{
    (void)state;
    assert_int_equal(repaired(UPOS_NOUN, "", "golp"), word("golpe"));
    assert_int_equal(repaired(UPOS_ADJ, "Gender=Masc|VerbForm=Part", "golpeado"), word("golpear"));
    assert_int_equal(repaired(UPOS_ADJ, "Gender=Masc", "golpeado"), 0);
    assert_int_equal(repaired(UPOS_NOUN, "", "suspendir"), 0);
}

static void what_leads_nowhere_stays_unknown(void **state)
{
    (void)state;
    assert_int_equal(repaired(UPOS_VERB, "", "zzzir"), 0);
    assert_int_equal(repaired(UPOS_VERB, "", "ir"), 0);
    assert_int_equal(repaired(UPOS_VERB, "", ""), 0);
    char longest[200];
    memset(longest, 'a', sizeof longest);
    longest[sizeof longest - 1] = '\0';
    assert_int_equal(repaired(UPOS_VERB, "", longest), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(verbs_get_the_lemma_of_their_conjugation, set_up_rules, tear_down_rules),
        cmocka_unit_test_setup_teardown(nouns_and_participles_have_rules_of_their_own, set_up_rules, tear_down_rules),
        cmocka_unit_test_setup_teardown(what_leads_nowhere_stays_unknown, set_up_rules, tear_down_rules),
    };
    return cmocka_run_group_tests_name("repair", tests, NULL, NULL);
}
