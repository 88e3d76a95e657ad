/* The arithmetic, trees, features, lemma scripts and the model file. */
#include "test.h"

#include "fixture.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "syntax/features.h"
#include "syntax/lemma.h"
#include "syntax/matrix.h"
#include "syntax/syntax.h"
#include "syntax/tree.h"

/* Numbers in [-1, 1) that are the same in every run. */
static float random_number(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return (float)(int32_t)*seed / 2147483648.0f;
}

static float *random_numbers(Arena *arena, size_t count, uint32_t seed)
{
    float *numbers = ARENA_ARRAY(arena, float, count);
    for (size_t i = 0; i < count; i++)
        numbers[i] = random_number(&seed);
    return numbers;
}

/* ---- arithmetic ------------------------------------------------------------ */

static Codes codes_new(Arena *arena, size_t count, size_t size)
{
    return (Codes){ ARENA_ARRAY(arena, int16_t, count * size), ARENA_ARRAY(arena, float, count) };
}

static void products_are_near_those_of_real_numbers(void **state)
{
    Arena *arena = &((Fixture *)*state)->arena;
    const Kernels *kernels[] = { matrix_kernels(), matrix_kernels_portable() };
    enum { DEPTH = 64, COLUMNS = 21, ROWS = 13, PADDED = 32 };
    float *a = random_numbers(arena, ROWS * DEPTH, 1), *b = random_numbers(arena, COLUMNS * DEPTH, 2);
    float *first = NULL;
    for (size_t k = 0; k < 2; k++) {
        Codes left = codes_new(arena, ROWS, DEPTH), right = codes_new(arena, COLUMNS, DEPTH);
        kernels[k]->encode(a, ROWS, DEPTH, left);
        kernels[k]->encode(b, COLUMNS, DEPTH, right);
        Matrix matrix = matrix_pack_transposed(right, COLUMNS, DEPTH, ARENA_ARRAY(arena, int16_t, DEPTH * PADDED),
                                               ARENA_ARRAY(arena, float, PADDED));
        assert_int_equal(matrix.columns, PADDED);
        float *product = ARENA_ARRAY(arena, float, ROWS *PADDED);
        kernels[k]->multiply(&matrix, left, ROWS, product);
        for (size_t row = 0; row < ROWS; row++)
            for (size_t column = 0; column < PADDED; column++) {
                double sum = 0;
                for (size_t i = 0; column < COLUMNS && i < DEPTH; i++)
                    sum += (double)a[row * DEPTH + i] * (double)b[column * DEPTH + i];
                assert_true(fabs(sum - (double)product[row * PADDED + column]) < 0.01);
                assert_true(!first || fabsf(first[row * PADDED + column] - product[row * PADDED + column]) < 0.01f);
            }
        first = product;
    }
}

static void a_product_does_not_depend_on_the_rows_beside_it(void **state)
{
    Arena *arena = &((Fixture *)*state)->arena;
    const Kernels *kernels = matrix_kernels();
    enum { DEPTH = 32, ROWS = 17 };
    Codes left = codes_new(arena, ROWS, DEPTH), right = codes_new(arena, PANEL, DEPTH);
    kernels->encode(random_numbers(arena, ROWS * DEPTH, 3), ROWS, DEPTH, left);
    kernels->encode(random_numbers(arena, PANEL * DEPTH, 4), PANEL, DEPTH, right);
    Matrix matrix = matrix_pack_transposed(right, PANEL, DEPTH, ARENA_ARRAY(arena, int16_t, DEPTH * PANEL),
                                           ARENA_ARRAY(arena, float, PANEL));
    float all[ROWS * PANEL], one[PANEL];
    kernels->multiply(&matrix, left, ROWS, all);
    for (size_t row = 0; row < ROWS; row++) {
        kernels->multiply(&matrix, (Codes){ left.values + row * DEPTH, left.scales + row }, 1, one);
        assert_memory_equal(one, all + row * PANEL, sizeof one);
    }
}

/* The recurrence as its comment has it. */
static void recur_plainly(const float *gates, size_t count, size_t size, double *out)
{
    for (size_t i = 0; i < size; i++) {
        double c = 0;
        for (size_t step = 0; step < count; step++) {
            size_t t = i < size / 2 ? step : count - 1 - step;
            const float *gate = gates + t * 3 * size + i;
            double z = (double)gate[0], f = 1 / (1 + exp(-(double)gate[size])), o = (double)gate[2 * size];
            c = f * c + (1 - f) * z;
            out[t * size + i] = c * o / (1 + exp(-o));
        }
    }
}

static void recurrence_follows_its_definition(void **state)
{
    Arena *arena = &((Fixture *)*state)->arena;
    const Kernels *kernels[] = { matrix_kernels(), matrix_kernels_portable() };
    enum { SIZE = 32, ROWS = 9 };
    float *gates = random_numbers(arena, ROWS * 3 * SIZE, 5);
    for (size_t i = 0; i < ROWS * 3 * SIZE; i++)
        gates[i] *= i % 7 ? 8 : 200;
    double expected[ROWS * SIZE];
    recur_plainly(gates, ROWS, SIZE, expected);
    for (size_t k = 0; k < 2; k++) {
        float out[ROWS * SIZE] = { 0 };
        kernels[k]->recur(gates, ROWS, SIZE, out);
        for (size_t i = 0; i < ROWS * SIZE; i++)
            assert_true(fabs((double)out[i] - expected[i]) <= 1e-4 * (1 + fabs(expected[i])));
    }
}

static void rows_are_normalised(void **state)
{
    Arena *arena = &((Fixture *)*state)->arena;
    enum { SIZE = 64 };
    float *in = random_numbers(arena, SIZE, 6), out[SIZE], gain[SIZE], bias[SIZE];
    for (size_t i = 0; i < SIZE; i++) {
        gain[i] = 2;
        bias[i] = 1;
    }
    matrix_kernels()->normalise(in, 1, SIZE, gain, bias, out);
    double sum = 0, square = 0;
    for (size_t i = 0; i < SIZE; i++) {
        sum += (double)out[i] - 1;
        square += ((double)out[i] - 1) * ((double)out[i] - 1);
    }
    assert_true(fabs(sum) < 1e-3 && fabs(square / SIZE - 4) < 1e-3);
}

/* ---- trees ----------------------------------------------------------------- */

enum { MOST_WORDS = 5, STRIDE = 8 };

static bool reaches_root(const uint32_t *heads, size_t count, size_t word)
{
    for (size_t steps = 0; word && steps <= count; steps++)
        word = heads[word - 1];
    return word == 0;
}

/* Sum of the arcs if the heads are a tree with one root, else -infinity. */
static float sum_of_tree(const float *scores, const uint32_t *heads, size_t count)
{
    float sum = 0;
    size_t roots = 0;
    for (size_t i = 0; i < count; i++) {
        roots += heads[i] == 0;
        sum += scores[i * STRIDE + heads[i]];
        if (heads[i] == i + 1 || !reaches_root(heads, count, i + 1))
            return -INFINITY;
    }
    return roots == 1 ? sum : -INFINITY;
}

/* The best of all ways to give every word a head. */
static float best_by_trial(const float *scores, size_t count)
{
    float best = -INFINITY;
    size_t ways = 1;
    for (size_t i = 0; i < count; i++)
        ways *= count + 1;
    for (size_t way = 0; way < ways; way++) {
        uint32_t heads[MOST_WORDS];
        for (size_t i = 0, rest = way; i < count; i++, rest /= count + 1)
            heads[i] = (uint32_t)(rest % (count + 1));
        float sum = sum_of_tree(scores, heads, count);
        best = sum > best ? sum : best;
    }
    return best;
}

static void the_best_tree_is_found(void **state)
{
    Arena *arena = &((Fixture *)*state)->arena;
    for (uint32_t seed = 0; seed < 400; seed++) {
        size_t count = 1 + seed % MOST_WORDS;
        float *scores = random_numbers(arena, MOST_WORDS * STRIDE, seed * 77 + 1), copy[MOST_WORDS * STRIDE];
        memcpy(copy, scores, sizeof copy);
        uint32_t heads[MOST_WORDS];
        tree_best(copy, count, STRIDE, heads, arena);
        assert_true(fabsf(sum_of_tree(scores, heads, count) - best_by_trial(scores, count)) < 1e-5f);
    }
}

static void a_long_tangle_becomes_a_tree(void **state)
{
    Arena *arena = &((Fixture *)*state)->arena;
    enum { COUNT = 200 };
    float *scores = random_numbers(arena, COUNT * (COUNT + 1), 9);
    uint32_t heads[COUNT];
    /* every two words want each other, then the pairs, and so on: nested cycles */
    for (size_t d = 0; d < COUNT; d++)
        for (size_t h = 1; h <= COUNT; h++)
            for (size_t level = 1; level < COUNT; level *= 2)
                scores[d * (COUNT + 1) + h] += d / level == (h - 1) / level ? 0 : -4;
    tree_best(scores, COUNT, COUNT + 1, heads, arena);
    size_t roots = 0;
    for (size_t i = 0; i < COUNT; i++) {
        roots += heads[i] == 0;
        assert_true(reaches_root(heads, COUNT, i + 1));
    }
    assert_int_equal(roots, 1);
}

/* ---- words ----------------------------------------------------------------- */

static void features_see_case_digits_and_ends(void **state)
{
    (void)state;
    WordFeatures small = word_features(STR("évora")), capital = word_features(STR("Évora"));
    assert_true(small.word == capital.word);
    assert_memory_equal(small.pieces, capital.pieces, (PIECES - 1) * sizeof small.pieces[0]);
    assert_true(small.pieces[PIECES - 1] != capital.pieces[PIECES - 1]);
    assert_true(word_features(STR("1998")).word == word_features(STR("2041")).word);
    WordFeatures a = word_features(STR("falaram")), b = word_features(STR("cantaram"));
    for (size_t i = 0; i < SUFFIXES - 1; i++)
        assert_true(a.pieces[PREFIXES + i] == b.pieces[PREFIXES + i]);
    assert_true(a.pieces[0] != b.pieces[0]);
    assert_true(word_features(STR("EUA")).pieces[PIECES - 1] == word_features(STR("ONU")).pieces[PIECES - 1]);
    assert_true(word_features(STR("Rui")).pieces[PIECES - 1] != word_features(STR("RUI")).pieces[PIECES - 1]);
}

/* The same numbers as train/words.py gives. */
static void features_are_those_of_training(void **state)
{
    (void)state;
    WordFeatures features = word_features(STR("São"));
    assert_true(features.word == 0xf420e8005ff0fb40u);
    assert_true(features.pieces[0] == 0xa8e7e8983189c95bu);
    assert_true(features.pieces[PIECES - 2] == 0x2abb9b3a513f992bu);
    assert_true(features.pieces[PIECES - 1] == 0xfda9065a51d7ebf6u);
    assert_true(lemma_key(STR("São"), UPOS_AUX) == 0x0d8eea8647c4d3a4u);
}

static void scripts_make_lemmas(void **state)
{
    Arena *arena = &((Fixture *)*state)->arena;
    assert_str(lemma_apply(STR("l 3 r"), STR("Falaram"), arena), "falar");
    assert_str(lemma_apply(STR("l 3 ão"), STR("NAÇÕES"), arena), "nação");
    assert_str(lemma_apply(STR("k 0 "), STR("Brasil"), arena), "Brasil");
    assert_str(lemma_apply(STR("t 0 "), STR("ÉVORA"), arena), "Évora");
    assert_str(lemma_apply(STR("l * ser"), STR("é"), arena), "ser");
    assert_str(lemma_apply(STR("l 9 x"), STR("Pôs"), arena), "pôs");
    assert_str(lemma_apply(STR("l 1 x"), STR(""), arena), "");
}

/* ---- the model file -------------------------------------------------------- */

static void open_bytes(const char *bytes, size_t size, const char *message)
{
    char path[] = "/tmp/relato-model-XXXXXX";
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0 && write(descriptor, bytes, size) == (ssize_t)size);
    close(descriptor);
    SyntaxModel model;
    Error error = { .status = RELATO_OK };
    assert_false(syntax_model_open(&model, path, &error));
    assert_int_equal(error.status, RELATO_ERROR_LEXICON);
    assert_non_null(strstr(error.message, message));
    unlink(path);
}

static void broken_models_are_refused(void **state)
{
    (void)state;
    SyntaxModel model;
    Error error;
    assert_false(syntax_model_open(&model, "/nowhere/model", &error));
    assert_int_equal(error.status, RELATO_ERROR_LEXICON);
    open_bytes("no", 2, "not a model");
    char header[64] = "RELATOSY";
    open_bytes(header, sizeof header, "another version");
    uint32_t numbers[] = { 1, 0x01020304, 0, 0 };
    memcpy(header + 8, numbers, sizeof numbers);
    open_bytes(header, sizeof header, "incomplete");
    uint64_t size = sizeof header;
    memcpy(header + 24, &size, sizeof size);
    open_bytes(header, sizeof header, "no section about");
}

/* ---- the models that are shipped ------------------------------------------- */

typedef struct Model {
    Fixture fixture;
    SyntaxModel syntax;
} Model;

static int open_model(void **state, const char *path)
{
    Model *model = calloc(1, sizeof *model);
    Error error;
    *state = model;
    arena_init(&model->fixture.arena, 0, &model->fixture.escape);
    if (syntax_model_open(&model->syntax, path, &error))
        return 0;
    print_error("%s\n", error.message);
    return 1;
}

static int open_portuguese(void **state)
{
    return open_model(state, "models/pt.syntax.bin");
}

static int open_spanish(void **state)
{
    return open_model(state, "models/es.syntax.bin");
}

static int open_english(void **state)
{
    return open_model(state, "models/en.syntax.bin");
}

static int close_model(void **state)
{
    Model *model = *state;
    syntax_model_close(&model->syntax);
    arena_free(&model->fixture.arena);
    free(model);
    return 0;
}

/* A document of words parted by spaces, sentences by " | ". */
static Document words_of(Arena *arena, Str text)
{
    size_t most = text.size / 2 + 1;
    Document document = { .arena = arena, .words_given = true };
    document.words = ARENA_ARRAY(arena, Word, most);
    document.sentences = ARENA_ARRAY(arena, Sentence, most);
    document.sentence_count = 1;
    while (text.at) {
        Str form = str_cut(&text, ' ');
        if (str_equal(form, STR("|"))) {
            document.sentences[document.sentence_count++].first_word = (uint32_t)document.word_count;
            continue;
        }
        document.words[document.word_count++].form = form;
        document.sentences[document.sentence_count - 1].word_count++;
    }
    return document;
}

/* "tag lemma head relation" of every word, parted by " / ". */
static Str analysed(Model *model, const char *text)
{
    Arena *arena = &model->fixture.arena;
    Document document = words_of(arena, str_of(text));
    syntax_analyse(&model->syntax, NULL, &document);
    Str out = STR("");
    for (size_t i = 0; i < document.word_count; i++) {
        const Word *w = &document.words[i];
        out = str_join(arena, out,
                       str_format(arena, "%s%s %.*s %u %.*s", i ? " / " : "", upos_name(w->upos),
                                  STR_ARGUMENTS(w->lemma), w->head, STR_ARGUMENTS(w->relation)));
    }
    return out;
}

static void portuguese_is_analysed(void **state)
{
    assert_str(analysed(*state, "O ministro anunciou novas medidas ."),
               "DET o 2 det / NOUN ministro 3 nsubj / VERB anunciar 0 root / ADJ novo 5 amod / NOUN medida 3 obj / "
               "PUNCT . 3 punct");
}

static void spanish_is_analysed(void **state)
{
    assert_str(analysed(*state, "El gobierno anunció nuevas medidas ."),
               "DET el 2 det / NOUN gobierno 3 nsubj / VERB anunciar 0 root / ADJ nuevo 5 amod / NOUN medida 3 obj / "
               "PUNCT . 3 punct");
}

static void english_is_analysed(void **state)
{
    assert_str(analysed(*state, "The rebels attacked two villages ."),
               "DET the 2 det / NOUN rebel 3 nsubj / VERB attack 0 root / NUM two 5 nummod / NOUN village 3 obj / "
               "PUNCT . 3 punct");
}

/* Fails unless every sentence is a tree and every word has a tag and a relation. */
static void assert_trees(const Document *document)
{
    for (size_t s = 0; s < document->sentence_count; s++) {
        const Sentence *sentence = &document->sentences[s];
        const Word *words = document->words + sentence->first_word;
        size_t roots = 0;
        for (size_t i = 0; i < sentence->word_count; i++) {
            size_t up = i + 1;
            for (size_t steps = 0; up && steps <= sentence->word_count; steps++)
                up = words[up - 1].head;
            assert_int_equal(up, 0);
            assert_true(words[i].head <= sentence->word_count);
            assert_true(words[i].upos > UPOS_NONE && words[i].upos < UPOS_COUNT && words[i].relation.size > 0);
            roots += words[i].head == 0;
            assert_true((words[i].head == 0) == str_equal(words[i].relation, STR("root")));
        }
        assert_true(roots == 1 || sentence->word_count == 0);
    }
}

static void whatever_comes_becomes_trees(void **state)
{
    Model *model = *state;
    Arena *arena = &model->fixture.arena;
    static const char *const kinds[] = {
        "a",
        ". , ; : ! ?",
        "\xF0\x9F\x98\x80 \xF0\x9F\x87\xB5\xF0\x9F\x87\xB9",
        "ПРИВЕТ мир 你好 שלום",
        "GOVERNO ANUNCIA CORTES",
        "1 2 3 | | 4",
        "\xFF\xFE \xC3",
        "\xE2\x80\x8B",
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        Document document = words_of(arena, str_of(kinds[i]));
        syntax_analyse(&model->syntax, NULL, &document);
        assert_trees(&document);
    }
    /* a sentence of many parts, of words and of one word over and over */
    enum { WORDS = 3000 };
    char *text = arena_alloc(arena, WORDS * 8), *at = text;
    for (size_t i = 0; i < WORDS; i++)
        at += sprintf(at, "%s%s", i ? " " : "", i % 3 == 0 ? "casas" : i % 3 == 1 ? "de" : "pedra");
    Document document = words_of(arena, (Str){ text, (size_t)(at - text) });
    syntax_analyse(&model->syntax, NULL, &document);
    assert_trees(&document);
}

static void a_sentence_does_not_depend_on_its_neighbours(void **state)
{
    Model *model = *state;
    Str alone = analysed(model, "Os manifestantes pediram a demissão do governo .");
    Str beside = analysed(model, "Sim | Os manifestantes pediram a demissão do governo . | Não houve feridos .");
    beside = str_slice(beside, str_find_byte(beside, '/', 0) + 2, beside.size);
    assert_true(str_starts(beside, alone));
}

/* The document as tokenisation leaves it: a token for each word, a new
 * paragraph where `paragraphs` says so, and sentences that rules have found. */
static Document tokenised(Arena *arena, const char *text, bool paragraphs)
{
    Document document = words_of(arena, str_of(text));
    document.words_given = false;
    document.token_count = document.word_count;
    document.tokens = ARENA_ARRAY(arena, Token, document.token_count);
    for (uint32_t i = 0; i < document.token_count; i++)
        document.tokens[i] = (Token){ .start = 10 * i, .end = 10 * i + 9, .first_word = i, .word_count = 1 };
    for (size_t i = 0; i < document.sentence_count; i++) {
        Sentence *sentence = &document.sentences[i];
        sentence->first_token = sentence->first_word;
        sentence->token_count = sentence->word_count;
        sentence->opens_paragraph = i == 0 || paragraphs;
    }
    return document;
}

static void a_heading_is_parted_from_the_text(void **state)
{
    Model *model = *state;
    Document document = tokenised(&model->fixture.arena,
                                  "Incêndio destrói mercado em Luanda O fogo começou em a madrugada de sábado e deixou "
                                  "dois feridos .",
                                  false);
    syntax_analyse(&model->syntax, NULL, &document);
    assert_int_equal(document.sentence_count, 2);
    assert_int_equal(document.sentences[1].first_token, 5);
    assert_int_equal(document.sentences[0].end, 49);
    assert_int_equal(document.sentences[1].start, 50);
    assert_int_equal(document.sentences[0].word_count + document.sentences[1].word_count, document.word_count);
    assert_true(document.sentences[0].opens_paragraph && !document.sentences[1].opens_paragraph);
    assert_trees(&document);
}

static void paragraphs_are_never_joined(void **state)
{
    Model *model = *state;
    const char *text = "O presidente de o | parlamento falou ontem a os | jornalistas em Lisboa .";
    Document apart = tokenised(&model->fixture.arena, text, true);
    syntax_analyse(&model->syntax, NULL, &apart);
    assert_int_equal(apart.sentence_count, 3);
    Document together = tokenised(&model->fixture.arena, text, false);
    syntax_analyse(&model->syntax, NULL, &together);
    assert_int_equal(together.sentence_count, 1);
    assert_int_equal(together.sentences[0].token_count, together.token_count);
    assert_trees(&together);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(products_are_near_those_of_real_numbers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_product_does_not_depend_on_the_rows_beside_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(recurrence_follows_its_definition, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rows_are_normalised, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_best_tree_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_long_tangle_becomes_a_tree, set_up, tear_down),
        cmocka_unit_test(features_see_case_digits_and_ends),
        cmocka_unit_test(features_are_those_of_training),
        cmocka_unit_test_setup_teardown(scripts_make_lemmas, set_up, tear_down),
        cmocka_unit_test(broken_models_are_refused),
        cmocka_unit_test_setup_teardown(portuguese_is_analysed, open_portuguese, close_model),
        cmocka_unit_test_setup_teardown(spanish_is_analysed, open_spanish, close_model),
        cmocka_unit_test_setup_teardown(english_is_analysed, open_english, close_model),
        cmocka_unit_test_setup_teardown(a_heading_is_parted_from_the_text, open_portuguese, close_model),
        cmocka_unit_test_setup_teardown(paragraphs_are_never_joined, open_portuguese, close_model),
        cmocka_unit_test_setup_teardown(whatever_comes_becomes_trees, open_portuguese, close_model),
        cmocka_unit_test_setup_teardown(a_sentence_does_not_depend_on_its_neighbours, open_portuguese, close_model),
    };
    return cmocka_run_group_tests_name("syntax", tests, NULL, NULL);
}
