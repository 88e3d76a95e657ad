/* Pages: plain text, JSON and web pages become documents. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>

#include "page/page.h"

typedef struct Fixture {
    Arena arena;
    jmp_buf escape;
    Document document;
    Error error;
} Fixture;

static int set_up(void **state)
{
    Fixture *fixture = calloc(1, sizeof *fixture);
    arena_init(&fixture->arena, 0, &fixture->escape);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    Fixture *fixture = *state;
    arena_free(&fixture->arena);
    free(fixture);
    return 0;
}

static bool read_bytes(Fixture *fixture, Str bytes, RelatoFormat format)
{
    RelatoRecord record = { bytes.at, bytes.size, format, "report", 0 };
    fixture->document = (Document){ .arena = &fixture->arena };
    fixture->error = (Error){ .offset = 4711 };
    return page_read(&fixture->document, &record, &(PageHints){ 0 }, &fixture->error);
}

/* The text of a record, which must be read. */
static Str text_of(Fixture *fixture, Str bytes)
{
    if (!read_bytes(fixture, bytes, RELATO_FORMAT_AUTO))
        fail_msg("%s", fixture->error.message);
    return fixture->document.text;
}

static const Meta *meta_of(Fixture *fixture, Str bytes)
{
    text_of(fixture, bytes);
    return &fixture->document.meta;
}

static void assert_refused(Fixture *fixture, Str bytes, RelatoStatus status, size_t line, size_t offset,
                           const char *message)
{
    assert_false(read_bytes(fixture, bytes, RELATO_FORMAT_AUTO));
    assert_string_equal(fixture->error.message, message);
    assert_int_equal(fixture->error.status, status);
    assert_int_equal(fixture->error.line, line);
    assert_int_equal(fixture->error.offset, offset);
}

/* ---- plain text ---------------------------------------------------------------- */

static void lines_are_paragraphs(void **state)
{
    assert_str(text_of(*state, STR("\n  Um \t parágrafo.  \r\n\r\n\r\nOutro.\rMais um.\xE2\x80\xA8"
                                   "E o fim.\n\n")),
               "Um parágrafo.\nOutro.\nMais um.\nE o fim.");
}

static void what_cannot_be_seen_is_dropped(void **state)
{
    assert_str(text_of(*state, STR("\xEF\xBB\xBF"
                                   "Ce\xC2\xADsar\xE2\x80\x8B\xC2\xA0"
                                   "disse\x07: sim\xEF\xBB\xBF.")),
               "Cesar disse: sim.");
}

static void text_is_normalised(void **state)
{
    assert_str(text_of(*state, STR("A reac\xCC\xA7\x61\xCC\x83o de Jose\xCC\x81.")), "A reação de José.");
}

static void marks_beyond_thirty_are_dropped(void **state)
{
    char text[1000] = "a";
    for (int i = 0; i < 200; i++)
        strcat(text, "\xCC\xB0"); /* does not compose with the a */
    assert_int_equal(text_of(*state, str_of(text)).size, 1 + 2 * 30);
}

static void wrapped_text_is_unwrapped(void **state)
{
    assert_str(
        text_of(*state, STR("O presidente da câmara anunciou na terça-feira que as obras da ponte\n"
                            "sobre o rio começam em março e custam doze milhões de euros, mais três\n"
                            "do que estava previsto.\n"
                            "\n"
                            "Os moradores, que esperam há vinte anos, receberam a notícia com pouco-\n"
                            "caso e perguntaram quem paga a diferença entre o que foi prometido e o\n"
                            "que agora se sabe.\n")),
        "O presidente da câmara anunciou na terça-feira que as obras da ponte sobre o rio começam em março e custam "
        "doze milhões de euros, mais três do que estava previsto.\n"
        "Os moradores, que esperam há vinte anos, receberam a notícia com pouco-caso e perguntaram quem paga a "
        "diferença entre o que foi prometido e o que agora se sabe.");
}

static void short_lines_stay_apart(void **state)
{
    const char *text = "Resultados da jornada\nPorto venceu em casa por dois a zero.\nBraga perdeu.\n"
                       "O jogo de Faro foi adiado.\nChaves empatou.";
    assert_str(text_of(*state, str_of(text)), text);
}

static void text_without_letters_is_refused(void **state)
{
    assert_refused(*state, STR(""), RELATO_ERROR_INPUT, 0, SIZE_MAX, "is empty");
    assert_refused(*state, STR(" \n\t\n\xC2\xA0\n"), RELATO_ERROR_INPUT, 0, SIZE_MAX, "it holds no text");
}

static void text_too_long_is_refused(void **state)
{
    size_t size = RELATO_REPORT_LIMIT + 2;
    char *text = malloc(size);
    for (size_t i = 0; i < size; i++)
        text[i] = i % 1000 ? 'a' : '\n';
    assert_refused(*state, (Str){ text, size }, RELATO_ERROR_LIMIT, 0, SIZE_MAX, "its text is longer than 16 MB");
    assert_true(read_bytes(*state, (Str){ text, RELATO_REPORT_LIMIT }, RELATO_FORMAT_AUTO));
    free(text);
}

static void a_record_too_long_is_refused(void **state)
{
    size_t size = 4 * (size_t)RELATO_REPORT_LIMIT + 1;
    char *bytes = calloc(size, 1);
    assert_refused(*state, (Str){ bytes, size }, RELATO_ERROR_LIMIT, 0, SIZE_MAX, "is larger than 64 MB");
    free(bytes);
}

static void an_arena_too_small_is_an_error(void **state)
{
    Fixture *fixture = *state;
    fixture->arena.limit = 20;
    assert_refused(fixture, STR("Um texto que não cabe."), RELATO_ERROR_MEMORY, 0, SIZE_MAX,
                   "its text takes more memory than there is for it");
    assert_ptr_equal(fixture->arena.escape, &fixture->escape);
}

/* ---- encodings -------------------------------------------------------------------- */

static void unicode_is_known_by_its_marks(void **state)
{
    assert_str(text_of(*state, STR("\xFF\xFE"
                                   "n\0\xE3\0o\0")),
               "não");
    assert_str(text_of(*state, STR("\xFE\xFF"
                                   "\0n\0\xE3\0o")),
               "não");
    assert_str(text_of(*state, STR("\xFF\xFE\0\0n\0\0\0\xE3\0\0\0o\0\0\0")), "não");
    assert_str(text_of(*state, STR("\0\0\xFE\xFF\0\0\0n\0\0\0\xE3\0\0\0o")), "não");
    assert_str(text_of(*state, STR("\xFF\xFE=\xD8\0\xDE")), "\xF0\x9F\x98\x80"); /* a surrogate pair */
    assert_refused(*state,
                   STR("\xFF\xFE"
                       "n\0=\xD8o\0"),
                   RELATO_ERROR_INPUT, 0, 2, "byte 2 is not UTF-16LE");
}

static void utf16_is_known_by_its_zeros(void **state)
{
    assert_str(text_of(*state, STR("O\0 \0p\0a\0\xED\0s\0 \0p\0a\0r\0o\0u\0.\0")), "O país parou.");
    assert_str(text_of(*state, STR("\0O\0 \0p\0a\0\xED\0s\0 \0p\0a\0r\0o\0u\0.")), "O país parou.");
}

static void the_old_encodings_of_the_west_are_told_apart(void **state)
{
    const char *expected = "A reunião não começou: “à espera” da decisão.";
    assert_str(text_of(*state, STR("A reuni\xE3o n\xE3o come\xE7ou: \x93\xE0 espera\x94 da decis\xE3o.")), expected);
    assert_str(text_of(*state, STR("A reuni\x8Bo n\x8Bo come\x8Dou: \xD2\x88 espera\xD3 da decis\x8Bo.")), expected);
    assert_str(text_of(*state, STR("A reuni\xC6o n\xC6o come\x87ou: \"\x85 espera\" da decis\xC6o.")),
               "A reunião não começou: \"à espera\" da decisão.");
    assert_str(text_of(*state, STR("El ni\xF1o muri\xF3.")), "El niño murió.");
    assert_str(text_of(*state, STR("\xE0")), "à");
}

static void text_in_another_script_is_detected(void **state)
{
    /* windows-1251: "Президент сообщил журналистам, что переговоры продолжатся завтра." */
    assert_str(text_of(*state, STR("\xCF\xF0\xE5\xE7\xE8\xE4\xE5\xED\xF2 \xF1\xEE\xEE\xE1\xF9\xE8\xEB "
                                   "\xE6\xF3\xF0\xED\xE0\xEB\xE8\xF1\xF2\xE0\xEC, \xF7\xF2\xEE "
                                   "\xEF\xE5\xF0\xE5\xE3\xEE\xE2\xEE\xF0\xFB "
                                   "\xEF\xF0\xEE\xE4\xEE\xEB\xE6\xE0\xF2\xF1\xFF \xE7\xE0\xE2\xF2\xF0\xE0.")),
               "Президент сообщил журналистам, что переговоры продолжатся завтра.");
}

static void a_few_broken_bytes_are_named(void **state)
{
    assert_refused(*state, STR("Não há razão para a reuni\xE3o."), RELATO_ERROR_INPUT, 0, 28,
                   "byte 28 is not UTF-8, though the text is");
}

static void binary_files_are_refused(void **state)
{
    assert_refused(*state, STR("um\0dois"), RELATO_ERROR_INPUT, 0, 2, "is not text: byte 2 is zero");
    assert_refused(*state, STR("\1\2\3\4\5\6\7\10\16\17\20\21"), RELATO_ERROR_INPUT, 0, SIZE_MAX,
                   "is not text: 12 of 12 bytes are control characters");
    assert_refused(*state, STR("GIF89a\1\2"), RELATO_ERROR_INPUT, 0, SIZE_MAX, "is a GIF image");
}

static void a_page_declares_its_encoding(void **state)
{
    assert_str(
        text_of(*state, STR("<html><head><meta charset=iso-8859-2></head><p>Prezydent og\xB3osi\xB3.</p></html>")),
        "Prezydent ogłosił.");
    assert_str(text_of(*state, STR("<html><meta http-equiv=Content-Type content='text/html; charset=ISO-8859-1'>"
                                   "<p>\x93N\xE3o\x94, disse.")),
               "“Não”, disse.");
    assert_str(text_of(*state, STR("<?xml version='1.0' encoding=\"windows-1251\"?><html><p>\xCF\xF0\xE8 Putin.")),
               "При Putin.");
    assert_str(text_of(*state, STR("<html><meta charset=iso-8859-1><p>Não é verdade.")), "Não é verdade.");
}

static void broken_bytes_in_a_page_are_shown(void **state)
{
    assert_str(text_of(*state, STR("<html><meta charset=utf-8><p>Não há razão para a reuni\xE3o.")),
               "Não há razão para a reuni\xEF\xBF\xBDo.");
}

/* ---- JSON ------------------------------------------------------------------------- */

static void json_tells_text_and_meta(void **state)
{
    const Meta *meta = meta_of(
        *state, STR("{\"text\": \"Um.\\n\\nDois.\", \"url\": \"https://example.org/a\", \"title\": \" O\\ntítulo \","
                    "\"published\": \"2023-10-04\", \"outlet\": \"Jornal\", \"byline\": null,"
                    "\"language\": \"pt\", \"tags\": [1, {\"a\": true}]}"));
    assert_str(((Fixture *)*state)->document.text, "Um.\nDois.");
    assert_str(meta->url, "https://example.org/a");
    assert_str(meta->title, "O título");
    assert_str(meta->published, "2023-10-04");
    assert_str(meta->outlet, "Jornal");
    assert_str(meta->byline, "");
    assert_str(meta->language, "pt");
}

static void json_may_hold_a_page(void **state)
{
    const Meta *meta = meta_of(*state, STR("{\"html\": \"<title>Da página</title><p>Choveu em todo o país.</p>\", "
                                           "\"url\": \"https://example.org/b\"}"));
    assert_str(((Fixture *)*state)->document.text, "Choveu em todo o país.");
    assert_str(meta->title, "Da página");
    assert_str(meta->url, "https://example.org/b");
}

static void dates_become_iso(void **state)
{
    static const char *const dates[][2] = {
        { "2023-10-04", "2023-10-04" },
        { " 2023/10/4 ", "2023-10-04" },
        { "20231004", "2023-10-04" },
        { "2023-10-04T18:06", "2023-10-04T18:06" },
        { "2023-10-04 18:06:30", "2023-10-04T18:06:30" },
        { "2023-10-04T18:06:00.250Z", "2023-10-04T18:06:00Z" },
        { "2023-10-04T18:06:00-0330", "2023-10-04T18:06:00-03:30" },
        { "20231004T180600+01", "2023-10-04T18:06:00+01:00" },
        { "Wed, 04 Oct 2023 18:06:00 GMT", "2023-10-04T18:06:00Z" },
        { "4 Oct 2023 18:06 -0300", "2023-10-04T18:06-03:00" },
        { "Wed, 4 Oct 2023 18:06:00 +0100 (BST)", "2023-10-04T18:06:00+01:00" },
        { "2024-02-29", "2024-02-29" },
    };
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        char record[200];
        snprintf(record, sizeof record, "{\"text\": \"a\", \"published\": \"%s\"}", dates[i][0]);
        assert_str(meta_of(*state, str_of(record))->published, dates[i][1]);
    }
}

static void days_that_are_none_are_refused(void **state)
{
    static const char *const dates[] = {
        "2023-02-29",  "2023-13-01",       "2023-00-10",       "2023-1",           "2023",
        "ontem",       "04/10/2023",       "2023-10-04T25:00", "2023-10-04T18:60", "2023-10-04T18:06+25:00",
        "2023-10-04x", "Wed, 32 Oct 2023", "4 Out 2023",       "1900-02-29"
    };
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        char record[200], message[300];
        snprintf(record, sizeof record, "{\"text\": \"a\", \"published\": \"%s\"}", dates[i]);
        snprintf(message, sizeof message,
                 "the member \"published\" is no date as in \"2023-10-04\" or \"2023-10-04T18:06:00+01:00\": \"%s\"",
                 dates[i]);
        assert_refused(*state, str_of(record), RELATO_ERROR_INPUT, 0, SIZE_MAX, message);
    }
}

static void broken_json_is_named(void **state)
{
    assert_refused(*state, STR("{\"text\": \"a\",\n \"b\": tru}"), RELATO_ERROR_INPUT, 2, 23,
                   "byte 23: broken JSON: invalid token near 'tru'");
    assert_refused(*state, STR("{\"text\": \"a\",\n \"b\": \"\xE3\"}"), RELATO_ERROR_INPUT, 2, 21,
                   "byte 21 is not UTF-8");
    assert_refused(*state, STR("{\"text\": 7}"), RELATO_ERROR_INPUT, 0, SIZE_MAX,
                   "the member \"text\" is not a string");
    assert_refused(*state, STR("{\"text\": \"a\", \"title\": []}"), RELATO_ERROR_INPUT, 0, SIZE_MAX,
                   "the member \"title\" is not a string");
    assert_refused(*state, STR("{\"url\": \"a\"}"), RELATO_ERROR_INPUT, 0, SIZE_MAX,
                   "the object has no member \"text\"");
    assert_refused(*state, STR("{\"text\": \" \\n \"}"), RELATO_ERROR_INPUT, 0, SIZE_MAX, "it holds no text");
    assert_false(read_bytes(*state, STR("[1]"), RELATO_FORMAT_JSON));
    assert_string_equal(((Fixture *)*state)->error.message, "this JSON is not an object");
}

static void json_of_too_many_values_is_refused(void **state)
{
    size_t count = (1 << 20) + 1, size = 11 + 3 * count;
    char *json = malloc(size), *end = stpcpy(json, "{\"text\": [");
    for (size_t i = 0; i < count; i++)
        end = stpcpy(end, "[],");
    assert_refused(*state, (Str){ json, (size_t)(end - json) }, RELATO_ERROR_LIMIT, 0, SIZE_MAX,
                   "the object holds more than 1048576 values");
    free(json);
}

/* ---- web pages --------------------------------------------------------------------- */

#define LONG_SENTENCE "O ministro da Administração Interna disse na terça-feira que as eleições terão lugar em maio."
#define OTHER_SENTENCE "Segundo a oposição, a data foi escolhida sem consulta aos partidos com assento no parlamento."

static void the_article_is_told_from_what_surrounds_it(void **state)
{
    assert_str(
        text_of(*state, STR("<!DOCTYPE html><html><head><title>Eleições em maio | O Diário</title></head><body>"
                            "<nav><ul><li><a href=/>Início</a><li><a href=/p>Política</a></ul></nav>"
                            "<div class=page><h1>Eleições em maio</h1><div><p>" LONG_SENTENCE
                            "<figure><img src=a.jpg><figcaption>O ministro, ontem, à chegada ao parlamento "
                            "para o debate que durou toda a tarde.</figcaption></figure>"
                            "<h2>Reações</h2><p>" OTHER_SENTENCE "<ul><li>Não há acordo.<li>Nem há data.</ul>"
                            "<blockquote>É uma decisão do governo, e só dele.</blockquote></div>"
                            "<div><h3><a href=/1>Leia outra notícia</a></h3><a href=/2>E mais esta, que também tem "
                            "um título bastante comprido</a></div></div>"
                            "<aside><p>" LONG_SENTENCE OTHER_SENTENCE "</aside>"
                            "<footer><p>Todos os direitos são reservados por este jornal desde o ano da sua "
                            "fundação, no século passado.</footer></body></html>")),
        LONG_SENTENCE "\nReações\n" OTHER_SENTENCE
                      "\nNão há acordo.\nNem há data.\nÉ uma decisão do governo, e só dele.");
}

static void scripts_comments_and_hidden_elements_are_left_out(void **state)
{
    assert_str(text_of(*state, STR("<html><p>" LONG_SENTENCE "<script>var a = '<p>não';</script><!-- <p>nem isto -->"
                                   "<style>p { color: red }</style><span hidden>escondido</span>"
                                   "<span style='display : none'>também</span><span aria-hidden=true>x</span>"
                                   "<svg><title>desenho</title><path/></svg><select><option>um</select> Fim.</p>")),
               LONG_SENTENCE " Fim.");
}

static void character_references_and_line_breaks_are_read(void **state)
{
    assert_str(
        text_of(*state,
                STR("<html><div>O pa&iacute;s&nbsp;parou &#8211; e n&#xE3;o se sabe por quanto tempo "
                    "ficar&aacute; assim, diz<br>o governo.<br>A oposi&ccedil;&atilde;o discorda de tudo o que foi "
                    "anunciado at&eacute; agora, como &eacute; costume nestes casos.</div>")),
        "O país parou – e não se sabe por quanto tempo ficará assim, diz o governo.\nA oposição discorda de tudo o que "
        "foi anunciado até agora, como é costume nestes casos.");
}

static void quotations_get_their_marks(void **state)
{
    assert_str(
        text_of(*state, STR("<html><p>O autor chamou-lhe <q>uma vergonha</q> e saiu da sala sem responder a mais "
                            "perguntas dos jornalistas.</p>")),
        "O autor chamou-lhe \"uma vergonha\" e saiu da sala sem responder a mais perguntas dos jornalistas.");
}

static void what_stands_twice_is_no_text(void **state)
{
    assert_str(
        text_of(*state, STR("<html><div><div>Uma praia vista do ar, com o porto ao fundo e os barcos que esperam há "
                            "dias (Foto: Agência)</div><div>Uma praia vista do ar, com o porto ao fundo e os barcos "
                            "que esperam há dias (Foto: Agência)</div><p>" LONG_SENTENCE "<p>" OTHER_SENTENCE
                            "<p>A decisão será publicada no jornal oficial na próxima semana, disse ainda.</div>")),
        LONG_SENTENCE "\n" OTHER_SENTENCE
                      "\nA decisão será publicada no jornal oficial na próxima semana, disse ainda.");
}

static void a_page_may_be_short_or_hidden(void **state)
{
    assert_str(text_of(*state, STR("<html><p>Choveu.</p>")), "Choveu.");
    assert_str(text_of(*state, STR("<html><header><h1>Chuva</h1><p>Chove em Faro.</p></header>")), "Chove em Faro.");
    assert_str(text_of(*state, STR("<html><div>Chove.</div><p>Faz frio</p>")), "Chove.\nFaz frio");
    assert_str(text_of(*state, STR("<html><body style='visibility:hidden'><p>" LONG_SENTENCE "</p>")), LONG_SENTENCE);
    assert_refused(*state, STR("<html><ul><li><a href=/>Início</a></ul>"), RELATO_ERROR_INPUT, 0, SIZE_MAX,
                   "it holds no text");
}

static void linked_data_may_hold_the_text(void **state)
{
    assert_str(
        text_of(*state, STR("<html><script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"articleBody\": "
                            "\"" LONG_SENTENCE "\\n\\n" OTHER_SENTENCE " E &eacute; tudo.\"}</script>"
                            "<p>Ligue o JavaScript.</p>")),
        LONG_SENTENCE "\n" OTHER_SENTENCE " E é tudo.");
}

static void linked_data_is_trusted_most(void **state)
{
    const Meta *meta =
        meta_of(*state, STR("<html><head><meta property=article:published_time content=2023-10-05>"
                            "<meta name=author content='Outra Pessoa'><script type=application/ld+json>"
                            "/* <![CDATA[ */ {\"@graph\": [{\"@type\": \"WebPage\", \"datePublished\": \"2020-01-01\"},"
                            "{\"@type\": [\"Thing\", \"NewsArticle\"], \"headline\": \"Chuva &amp; vento\","
                            "\"datePublished\": \"2023-10-04T18:06:00+01:00\","
                            "\"author\": [{\"name\": \"Ana Sá\"}, \"Rui Gil\"],"
                            "\"publisher\": {\"name\": \"O Diário\"}, \"url\": \"https://example.org/chuva\"}]}"
                            "</script></head><p>" LONG_SENTENCE));
    assert_str(meta->title, "Chuva & vento");
    assert_str(meta->published, "2023-10-04T18:06:00+01:00");
    assert_str(meta->byline, "Ana Sá, Rui Gil");
    assert_str(meta->outlet, "O Diário");
    assert_str(meta->url, "https://example.org/chuva");
}

static void meta_elements_are_read(void **state)
{
    const Meta *meta =
        meta_of(*state, STR("<html><head><title>Outro - Sítio</title>"
                            "<meta property='og:title' content='Chuva em todo o pa&amp;iacute;s | O Diário'>"
                            "<meta property='og:site_name' content='O Diário'>"
                            "<meta name='Author' content='https://example.org/ana'>"
                            "<meta name='DC.creator' content='Ana Sá'>"
                            "<meta name='date' content='sem data'><meta itemprop='datePublished' content='2023-10-04'>"
                            "<link rel='canonical' href='https://example.org/chuva'></head><p>" LONG_SENTENCE));
    assert_str(meta->title, "Chuva em todo o país");
    assert_str(meta->outlet, "O Diário");
    assert_str(meta->byline, "Ana Sá");
    assert_str(meta->published, "2023-10-04");
    assert_str(meta->url, "https://example.org/chuva");
}

static void title_and_date_are_found_elsewhere(void **state)
{
    const Meta *meta =
        meta_of(*state, STR("<html><title>Chuva - e vento - em Faro | O Diário</title><p><time datetime='2023-10-04 "
                            "10:00'>hoje</time> " LONG_SENTENCE));
    assert_str(meta->title, "Chuva - e vento - em Faro");
    assert_str(meta->published, "2023-10-04T10:00");
    meta = meta_of(*state, STR("<html><link rel=canonical href=https://example.org/2023/10/4/chuva><h1>Chuva em "
                               "Faro</h1><p>" LONG_SENTENCE));
    assert_str(meta->title, "Chuva em Faro");
    assert_str(meta->published, "2023-10-04");
    meta = meta_of(*state,
                   STR("<html><link rel=canonical href=https://example.org/2023/13/45/chuva-20231><p>" LONG_SENTENCE));
    assert_str(meta->published, "");
}

/* `before` many times over, then `behind`. */
static Str repeated(const char *before, size_t times, const char *behind)
{
    size_t size = strlen(before) * times + strlen(behind);
    char *page = malloc(size + 1), *end = page;
    for (size_t i = 0; i < times; i++)
        end = stpcpy(end, before);
    stpcpy(end, behind);
    return (Str){ page, size };
}

static void markup_may_be_deep_and_broken(void **state)
{
    static const char *const parts[] = { "<div>",           "<span><div></span>", "<b><div></b>",
                                         "<table><tr><td>", "<p><font color=1>",  "<form><div></form>",
                                         "<li><span>",      "<body a=1>",         "</div></p></table>",
                                         "<!-->",           "<h1><h2></h3>",      "<a href=x>" };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        Str page = repeated(parts[i], 20000, "</a><p>" LONG_SENTENCE);
        if (!read_bytes(*state, page, RELATO_FORMAT_HTML))
            fail_msg("%s: %s", parts[i], ((Fixture *)*state)->error.message);
        assert_str(((Fixture *)*state)->document.text, LONG_SENTENCE);
        free((char *)page.at);
    }
}

static void what_is_left_open_may_hold_all_that_follows(void **state)
{
    static const char *const parts[] = { "<svg><g>", "<object><p>", "<script>", "<button><b>" };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        Str page = repeated(parts[i], 20000, "<p>" LONG_SENTENCE);
        assert_false(read_bytes(*state, page, RELATO_FORMAT_HTML));
        assert_string_equal(((Fixture *)*state)->error.message, "it holds no text");
        free((char *)page.at);
    }
}

static void a_tag_may_have_many_attributes(void **state)
{
    Str attributes = repeated(" a=1 b c='>' class", 100000, ">" LONG_SENTENCE),
        page = str_join(&((Fixture *)*state)->arena, STR("<p"), attributes);
    assert_true(read_bytes(*state, page, RELATO_FORMAT_HTML));
    assert_str(((Fixture *)*state)->document.text, LONG_SENTENCE);
    free((char *)attributes.at);
}

static void markup_too_large_is_refused(void **state)
{
    Str page = repeated("<p>a", 1500000, "");
    assert_false(read_bytes(*state, page, RELATO_FORMAT_HTML));
    assert_string_equal(((Fixture *)*state)->error.message, "its markup takes more than 256 MB of memory");
    assert_int_equal(((Fixture *)*state)->error.status, RELATO_ERROR_LIMIT);
    free((char *)page.at);
}

static void misnested_markup_keeps_its_text_in_order(void **state)
{
    assert_str(
        text_of(*state, STR("<html><div><p><b>Uma frase <i>a negrito</b> e outra em itálico</i>, que continua depois "
                            "do fim de ambas.</div></p></span><p>" OTHER_SENTENCE "</body><p>E 1 < 2 &amp; 3 > 2, como "
                            "se sabe desde sempre.<!-- fim")),
        "Uma frase a negrito e outra em itálico, que continua depois do fim de ambas.\n" OTHER_SENTENCE
        "\nE 1 < 2 & 3 > 2, como se sabe desde sempre.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lines_are_paragraphs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_be_seen_is_dropped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(text_is_normalised, set_up, tear_down),
        cmocka_unit_test_setup_teardown(marks_beyond_thirty_are_dropped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(wrapped_text_is_unwrapped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(short_lines_stay_apart, set_up, tear_down),
        cmocka_unit_test_setup_teardown(text_without_letters_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(text_too_long_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_record_too_long_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_arena_too_small_is_an_error, set_up, tear_down),
        cmocka_unit_test_setup_teardown(unicode_is_known_by_its_marks, set_up, tear_down),
        cmocka_unit_test_setup_teardown(utf16_is_known_by_its_zeros, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_old_encodings_of_the_west_are_told_apart, set_up, tear_down),
        cmocka_unit_test_setup_teardown(text_in_another_script_is_detected, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_few_broken_bytes_are_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(binary_files_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_page_declares_its_encoding, set_up, tear_down),
        cmocka_unit_test_setup_teardown(broken_bytes_in_a_page_are_shown, set_up, tear_down),
        cmocka_unit_test_setup_teardown(json_tells_text_and_meta, set_up, tear_down),
        cmocka_unit_test_setup_teardown(json_may_hold_a_page, set_up, tear_down),
        cmocka_unit_test_setup_teardown(dates_become_iso, set_up, tear_down),
        cmocka_unit_test_setup_teardown(days_that_are_none_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(broken_json_is_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(json_of_too_many_values_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_article_is_told_from_what_surrounds_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(scripts_comments_and_hidden_elements_are_left_out, set_up, tear_down),
        cmocka_unit_test_setup_teardown(character_references_and_line_breaks_are_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(quotations_get_their_marks, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_stands_twice_is_no_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_page_may_be_short_or_hidden, set_up, tear_down),
        cmocka_unit_test_setup_teardown(linked_data_may_hold_the_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(linked_data_is_trusted_most, set_up, tear_down),
        cmocka_unit_test_setup_teardown(meta_elements_are_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(title_and_date_are_found_elsewhere, set_up, tear_down),
        cmocka_unit_test_setup_teardown(markup_may_be_deep_and_broken, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_left_open_may_hold_all_that_follows, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_tag_may_have_many_attributes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(markup_too_large_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(misnested_markup_keeps_its_text_in_order, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
