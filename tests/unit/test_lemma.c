/* What the lexicon says of lemmas: irregular.tsv and lemma-endings.tsv. */
#include "test.h"

#include "fixture.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/error.h"
#include "syntax/lemma.h"
#include "syntax/lemma_lexicon.h"

#define TEMPLATE "/tmp/relato-lemmas-XXXXXX"
static char base[sizeof TEMPLATE], user[sizeof TEMPLATE];

static void write_file(const char *folder, const char *name, const char *content)
{
    char path[80];
    snprintf(path, sizeof path, "%s/es", folder);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/es/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(content, file);
    fclose(file);
}

static void remove_folder(const char *folder)
{
    static const char *const names[] = { "/es/irregular.tsv", "/es/lemma-endings.tsv", "/es", "" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[80];
        snprintf(path, sizeof path, "%s%s", folder, names[i]);
        remove(path);
    }
}

static void keep_message(void *context, const char *file, size_t line, const char *message)
{
    (void)file;
    snprintf(context, 200, "%zu: %s", line, message);
}

/* The lexicon of what stands in the two folders. */
static Lexicon compiled(Arena *arena, char *message, size_t *mistakes)
{
    LexiconBuilder builder = { .arena = arena,
                               .language = STR("es"),
                               .folders = { base, user },
                               .folder_count = 2,
                               .complaints = { keep_message, message, 0 } };
    Lexicon lexicon;
    Error error;
    size_t size;
    table_init(&builder.words, arena);
    table_init(&builder.strings, arena);
    builder_string(&builder, STR(""));
    lemma_compile(&builder);
    char *image = builder_image(&builder, &size);
    buffer_free(&builder.pool);
    assert_true(lexicon_adopt(&lexicon, image, size, &error));
    *mistakes = builder.complaints.count;
    return lexicon;
}

static int set_up_lexicon(void **state)
{
    strcpy(base, TEMPLATE);
    strcpy(user, TEMPLATE);
    if (set_up(state) != 0 || !mkdtemp(base) || !mkdtemp(user))
        return 1;
    write_file(base, "irregular.tsv",
               "form\tupos\tfeatures\tlemma\n"
               "*dij{e,eron}\tVERB\t\t*decir\n"
               "*tuv{e,o}\tVERB|AUX\t\t*tener\n"
               "estuvo\tVERB|AUX\t\testar\n"
               "fue\tVERB\t\tir\n"
               "fue\tVERB\t\tser\n"
               "ve\tVERB\tMood=Imp|Person=2\tir\n"
               "ve\tVERB\t\tver\n"
               "*puesto\tVERB\t\t*poner\n"
               "apuesto\tVERB\t\tapostar\n");
    write_file(base, "lemma-endings.tsv", "upos\tending\nVERB\tar|ír\n");
    write_file(user, "irregular.tsv",
               "form\tupos\tfeatures\tlemma\n"
               "contradije\tVERB\t\tcontradecirse\n"
               "apuesto\tVERB\t\t\n");
    return 0;
}

static int tear_down_lexicon(void **state)
{
    remove_folder(base);
    remove_folder(user);
    return tear_down(state);
}

/* The lemmas that a word may have, parted by spaces. */
static Str lemmas(Arena *arena, const LemmaLexicon *lexicon, const char *form, Upos upos, const char *features)
{
    Word word = { .form = str_of(form), .features = str_of(features), .upos = (uint8_t)upos };
    Str scripts[LEMMA_CHOICES], out = STR("");
    size_t count = lemma_lexicon_find(lexicon, &word, scripts);
    for (size_t i = 0; i < count; i++)
        out = str_join(arena, str_join(arena, out, i ? STR(" ") : STR("")), lemma_apply(scripts[i], word.form, arena));
    return out;
}

static void forms_have_the_lemmas_of_the_sources(void **state)
{
    Fixture *fixture = *state;
    Arena *arena = &fixture->arena;
    char message[200];
    size_t mistakes;
    Lexicon lexicon = compiled(arena, message, &mistakes);
    LemmaLexicon known = lemma_lexicon_open(&lexicon);
    assert_int_equal(mistakes, 0);
    static const struct {
        const char *form;
        Upos upos;
        const char *features, *lemmas;
    } cases[] = {
        { "dijeron", UPOS_VERB, "", "decir" },
        { "PREDIJERON", UPOS_VERB, "", "predecir" },
        { "dijeron", UPOS_NOUN, "", "" },
        { "obtuvo", UPOS_AUX, "", "obtener" },
        { "estuvo", UPOS_VERB, "", "estar" },
        { "Fue", UPOS_VERB, "", "ir ser" },
        { "ve", UPOS_VERB, "Mood=Imp|Number=Sing|Person=2", "ir" },
        { "ve", UPOS_VERB, "Mood=Ind|Number=Sing|Person=2", "ver" },
        { "dispuesto", UPOS_VERB, "", "disponer" },
        /* the user's file: another lemma; a form that is taken out, though not its ending */
        { "contradije", UPOS_VERB, "", "contradecirse" },
        { "apuesto", UPOS_VERB, "", "aponer" },
        { "tuv", UPOS_VERB, "", "" },
        { "", UPOS_VERB, "", "" },
        { "\xFF\xC3", UPOS_VERB, "", "" },
        { "desdesdesdesdesdesdesdesdesdije", UPOS_VERB, "", "desdesdesdesdesdesdesdesdesdecir" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_str(lemmas(arena, &known, cases[i].form, cases[i].upos, cases[i].features), cases[i].lemmas);
    lexicon_close(&lexicon);
}

static void lemmas_end_as_the_sources_say(void **state)
{
    Fixture *fixture = *state;
    char message[200];
    size_t mistakes;
    Lexicon lexicon = compiled(&fixture->arena, message, &mistakes);
    LemmaLexicon known = lemma_lexicon_open(&lexicon);
    assert_true(lemma_lexicon_fits(&known, UPOS_VERB, STR("oír")));
    assert_false(lemma_lexicon_fits(&known, UPOS_VERB, STR("oíd")));
    assert_true(lemma_lexicon_fits(&known, UPOS_NOUN, STR("oíd")));
    assert_true(lemma_lexicon_fits(NULL, UPOS_VERB, STR("oíd")));
    lexicon_close(&lexicon);
}

static void mistakes_are_named(void **state)
{
    Fixture *fixture = *state;
    static const struct {
        const char *row, *message;
    } cases[] = {
        { "*dije\tVERB\t\tdecir", "2: \"*\" belongs before form and lemma: \"*dije\"" },
        { "*\tVERB\t\t*decir", "2: no form or lemma: \"*\"" },
        { "dije\tVERBO\t\tdecir", "2: \"VERBO\" is no tag" },
        { "dijeaaaaaaaaaaaaaaaaaaaaaaaaaaaa\tVERB\t\tdecir",
          "2: form is too long: \"dijeaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char content[200], message[200] = "";
        size_t mistakes;
        snprintf(content, sizeof content, "form\tupos\tfeatures\tlemma\n%s\n", cases[i].row);
        write_file(user, "irregular.tsv", content);
        Lexicon lexicon = compiled(&fixture->arena, message, &mistakes);
        lexicon_close(&lexicon);
        assert_int_equal(mistakes, 1);
        assert_string_equal(message, cases[i].message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(forms_have_the_lemmas_of_the_sources, set_up_lexicon, tear_down_lexicon),
        cmocka_unit_test_setup_teardown(lemmas_end_as_the_sources_say, set_up_lexicon, tear_down_lexicon),
        cmocka_unit_test_setup_teardown(mistakes_are_named, set_up_lexicon, tear_down_lexicon),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
