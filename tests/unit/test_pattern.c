/* The rule engine: patterns compiled from sources in memory. */
#include "test.h"

#include <time.h>

#include "core/error.h"
#include "language/pattern.h"
#include "syntax/tokens.h"
#include "syntax/tokens_lexicon.h"

static Arena arena;
static jmp_buf escape;
static Language language = { .code = "pt" };
static PatternSet set;
static Document document;
static Matcher matcher;

typedef struct Mistake {
    size_t count, line;
    char message[200];
} Mistake;

static void keep_last(void *context, const char *file, size_t line, const char *message)
{
    (void)file;
    Mistake *mistake = context;
    mistake->count++;
    mistake->line = line;
    snprintf(mistake->message, sizeof mistake->message, "%s", message);
}

static const char classes_source[] = "class\tform\tvalue\n"
                                     "month\tmaio|junho\t05\n"
                                     "unit\tdia{,s}\tD\n"
                                     "period\tfim de semana\tWE\n"
                                     "period\tfim\tE\n"
                                     "ending\t*mente\tadverb\n"
                                     "stop\te|ou\t\n";

/* Compiles rules ("name<TAB>pass<TAB>pattern" a line) and classes. */
static void compile(const char *rules, Mistake *mistake)
{
    static const char *const class_columns[] = { "class", "form", "value" };
    static const char *const rule_columns[] = { "name", "pass", "pattern" };
    LexiconBuilder builder = { .arena = &arena,
                               .language = STR("pt"),
                               .folders = { "lexicon" },
                               .folder_count = 1,
                               .complaints = { keep_last, mistake, 0 } };
    table_init(&builder.words, &arena);
    table_init(&builder.strings, &arena);
    builder_string(&builder, STR(""));
    tokens_compile(&builder);
    TsvTable classes = { 0 }, rows = { 0 };
    tsv_read(&classes, &arena, str_of(classes_source), "classes", class_columns, 3, &builder.complaints);
    tsv_read(&rows, &arena, str_join(&arena, STR("name\tpass\tpattern\n"), str_of(rules)), "rules", rule_columns, 3,
             &builder.complaints);
    PatternSource *sources = ARENA_ARRAY(&arena, PatternSource, rows.count);
    for (size_t i = 0; i < rows.count; i++)
        sources[i] = (PatternSource){ &rows.items[i], rows.items[i].cells[0], rows.items[i].cells[2],
                                      rows.items[i].cells[1].at[0] == '2' ? 2 : 1 };
    pattern_build(&builder, "t", &classes, sources, rows.count);
    size_t size;
    Error error;
    char *image = builder_image(&builder, &size);
    assert_true(lexicon_adopt(&language.lexicon, image, size, &error));
    buffer_free(&builder.pool);
    assert_true(pattern_set_open(&set, &language.lexicon, "t"));
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena, 0, &escape);
    return 0;
}

/* Marks plain digits as cardinals, as the numeral layer does. */
static void open_document(Str text)
{
    document = (Document){ .arena = &arena, .text = text };
    tokens_stage(&document, &language);
    matcher_init(&matcher, &set, &document);
    struct {
        Numeral *items;
        size_t count, capacity;
    } numerals = { 0 };
    for (uint32_t i = 0; i < document.token_count; i++)
        if (document.tokens[i].shape & SHAPE_NUMBER) {
            double value = 0;
            Str digits = token_str(&document, &document.tokens[i]);
            for (size_t k = 0; k < digits.size; k++)
                value = 10 * value + (digits.at[k] - '0');
            *ARENA_PUSH(&arena, &numerals) = (Numeral){ i, 1, value, value, NUMERAL_CARDINAL };
        }
    document.numerals = numerals.items;
    document.numeral_count = numerals.count;
    matcher_mark_numerals(&matcher);
}

/* What is found in the text: "rule:extent", parted by spaces, "_" for a space. */
static Str found(const char *text)
{
    PatternMatches matches = { 0 };
    open_document(str_of(text));
    for (uint32_t pass = 1; pass <= set.passes; pass++) {
        size_t from = matches.count;
        matcher_find(&matcher, pass, 0, document.token_count, &matches);
        for (size_t i = from; i < matches.count && pass == 1; i++)
            matcher_mark(&matcher, (Mark){ .first = matches.items[i].first,
                                           .count = matches.items[i].count,
                                           .kind = pattern_kind(&set, "date"),
                                           .text = STR("DATE") });
    }
    matcher_select(&matcher, &matches);
    Str all = STR("");
    for (size_t i = 0; i < matches.count; i++) {
        const PatternMatch *match = &matches.items[i];
        Str name = lexicon_string(&language.lexicon, set.rules[match->rule].name);
        Str extent =
            str_copy(&arena, span_str(&document, token_span(&document, match->first, match->first + match->count - 1)));
        for (size_t k = 0; k < extent.size; k++)
            if (extent.at[k] == ' ')
                ((char *)(uintptr_t)extent.at)[k] = '_';
        all = str_format(&arena, "%.*s%s%.*s:%.*s", STR_ARGUMENTS(all), i ? " " : "", STR_ARGUMENTS(name),
                         STR_ARGUMENTS(extent));
    }
    return all;
}

static void elements(void **state)
{
    (void)state;
    static const struct {
        const char *rules, *text, *found;
    } cases[] = {
        { "a\t\tum dia", "Um dia, um  dia", "a:Um_dia a:um__dia" },
        { "a\t\tdia(s|dias)", "dia s", "a:dia_s" },
        { "a\t\tdia{,s} úteis", "dias úteis e dia úteis", "a:dias_úteis a:dia_úteis" },
        { "a\t\t(em|no) @month", "em maio, no junho, de maio", "a:em_maio a:no_junho" },
        { "a\t\to? @month (de #)?", "o maio de 12 junho", "a:o_maio_de_12 a:junho" },
        { "a\t\t#1-31 de", "31 de 32 de", "a:31_de" },
        { "a\t\t#", "3 dias e 40", "a:3 a:40" },
        { "a\t\t~{h:\\d?\\d}h{m:\\d\\d}", "às 8h05 e 18h06 e 8h", "a:8h05 a:18h06" },
        { "a\t\t~\\l+x", "abcx x yx", "a:abcx a:yx" },
        { "a\t\t@ending", "certamente não", "a:certamente" },
        { "a\t\t@period", "fim de semana, fim de mês", "a:fim_de_semana a:fim" },
        { "a\t\tdia:A", "Dia dia", "a:Dia" },
        { "a\t\tdia:a", "Dia dia", "a:dia" },
        { "a\t\tum _ dia", "um belo dia", "a:um_belo_dia" },
        { "a\t\tem [ @month ] de #", "em maio de 3, em maio", "a:maio" },
        { "a\t\t@month !de", "maio de, maio", "a:maio" },
        { "a\t\t!(em|de) @month", "em maio e maio de junho", "a:maio" },
        { "a\t\t@month !(de|#|@stop)", "maio 3, maio e junho, junho", "a:junho a:junho" },
        { "a\t\t@month !(d{e,a}|(#|e))", "maio de, maio da, maio 3, maio e, maio", "a:maio" },
        { "a\t\tdia \\( # \\)", "dia (3) dia 3", "a:dia_(3)" },
        { "a\t\t# %:+", "3% 4 %", "a:3%" },
        { "$n\t\t(n=#|um)\na\t\t$n @unit", "3 dias ou um dia", "a:3_dias a:um_dia" },
        { "a\t\t((um|dois) (belo )?)? dia", "dois belo dia e dia", "a:dois_belo_dia a:dia" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Mistake mistake = { 0 };
        compile(cases[i].rules, &mistake);
        assert_string_equal(mistake.message, "");
        assert_str(found(cases[i].text), cases[i].found);
        lexicon_close(&language.lexicon);
    }
}

static void choice_among_matches(void **state)
{
    (void)state;
    static const struct {
        const char *rules, *text, *found;
    } cases[] = {
        /* the first, then the longest */
        { "a\t\tum dia\nb\t\tum dia de\nc\t\tdia de maio", "um dia de maio", "b:um_dia_de" },
        /* of the same extent the one with more context, then the first in the file */
        { "a\t\t[ dia ]\nb\t\tum [ dia ]\nc\t\tum [ dia ]", "um dia, dia", "b:dia a:dia" },
        /* the second pass sees what the first found */
        { "a\t\t@month\nb\t2\tfim de x=<date>", "fim de maio, fim de dia, junho", "b:fim_de_maio a:junho" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Mistake mistake = { 0 };
        compile(cases[i].rules, &mistake);
        assert_string_equal(mistake.message, "");
        assert_str(found(cases[i].text), cases[i].found);
        lexicon_close(&language.lexicon);
    }
}

static void templates(void **state)
{
    (void)state;
    static const struct {
        const char *template, *filled;
    } cases[] = {
        { "{m}", "05" },     { "{d}", "3" },       { "{d:2}", "03" }, { "{d+12}", "15" }, { "{d-1}", "2" },
        { "{y:y}", "1998" }, { "{y/10}", "9" },    { "{d*6}", "18" }, { "{nobody}", "" }, { "x{m}-{w}y", "x05-Diay" },
        { "{h}", "8" },      { "plain", "plain" },
    };
    Mistake mistake = { 0 };
    compile("a\t\tw=dia d=# de m=@month de y=# às ~{h:\\d?\\d}h", &mistake);
    PatternMatches matches = { 0 };
    open_document(STR("Dia 3 de maio de 98 às 8h"));
    matcher_find(&matcher, 1, 0, document.token_count, &matches);
    assert_int_equal(matches.count, 1);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_str(pattern_fill(&matcher, &matches.items[0], str_of(cases[i].template)), cases[i].filled);
    lexicon_close(&language.lexicon);
}

static void mistakes_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *rules, *message;
    } cases[] = {
        { "a\t\t(um", "pattern, byte 4: \"(\" without \")\"" },
        { "a\t\tum)", "pattern, byte 3: \")\" without \"(\"" },
        { "a\t\tum|dois", "pattern, byte 3: \"|\" outside of \"()\"" },
        { "a\t\tum?", "pattern, byte 4: it would match nothing at all" },
        { "a\t\t(um?|dois)", "pattern, byte 11: it would match nothing at all" },
        { "a\t\t#31-1", "pattern, byte 6: a range is written 1-31" },
        { "a\t\t<date", "pattern, byte 6: \"<\" without \">\"" },
        { "a\t\tum:A:q", "pattern, byte 5: what stands behind \":\" is not known (:A :a :+ :digits :plain :words)" },
        { "a\t\t!(um dois) tres", "pattern, byte 11: \"!\" takes single elements only" },
        { "a\t\t@nobody", "class @nobody is not defined" },
        { "a\t\t$n um", "there is no pattern \"$n\"" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Mistake mistake = { 0 };
        compile(cases[i].rules, &mistake);
        assert_string_equal(mistake.message, cases[i].message);
        assert_int_equal(mistake.count, 1);
        lexicon_close(&language.lexicon);
    }
}

/* A rule with many ways through it costs each of its nodes once for each distance. */
static void hostile_text_takes_linear_time(void **state)
{
    (void)state;
    Mistake mistake = { 0 };
    compile("a\t\t(um|um um|um um um)? (um|um um)? (um|um um)? (um|um um|_)? (um|_)? (um|_)? (um|_)? um fim", &mistake);
    assert_string_equal(mistake.message, "");
    enum { WORDS = 100000 };
    char *text = arena_alloc(&arena, 3 * WORDS);
    for (size_t i = 0; i < WORDS; i++)
        memcpy(text + 3 * i, "um ", 3);
    clock_t start = clock();
    assert_str(found(str_copy(&arena, (Str){ text, 3 * WORDS }).at), "");
    assert_true(clock() - start < 20 * CLOCKS_PER_SEC);
    lexicon_close(&language.lexicon);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements),
        cmocka_unit_test(choice_among_matches),
        cmocka_unit_test(templates),
        cmocka_unit_test(mistakes_are_named),
        cmocka_unit_test(hostile_text_takes_linear_time),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
