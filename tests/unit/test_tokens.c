/* Sentences, tokens and words. */
#include "test.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/error.h"
#include "output/output.h"
#include "syntax/conllu_input.h"
#include "syntax/sentences.h"
#include "syntax/tokens.h"
#include "syntax/tokens_lexicon.h"

static Arena arena, lexicon_arena;
static jmp_buf escape;

enum { PT, ES, EN, LANGUAGES };
static Language languages[LANGUAGES] = { { .code = "pt" }, { .code = "es" }, { .code = "en" } };

/* Compiles what tokenisation needs from the sources. */
static int set_up_languages(void **state)
{
    (void)state;
    arena_init(&arena, 0, &escape);
    arena_init(&lexicon_arena, 0, &escape);
    for (int i = 0; i < LANGUAGES; i++) {
        LexiconBuilder builder = {
            .arena = &lexicon_arena, .language = str_of(languages[i].code), .folders = { "lexicon" }, .folder_count = 1
        };
        Error error;
        size_t size;
        table_init(&builder.words, &lexicon_arena);
        table_init(&builder.strings, &lexicon_arena);
        tokens_compile(&builder);
        assert_int_equal(builder.complaints.count, 0);
        char *image = builder_image(&builder, &size);
        assert_true(lexicon_adopt(&languages[i].lexicon, image, size, &error));
        buffer_free(&builder.pool);
    }
    return 0;
}

static int tear_down_languages(void **state)
{
    (void)state;
    for (int i = 0; i < LANGUAGES; i++)
        lexicon_close(&languages[i].lexicon);
    arena_free(&arena);
    arena_free(&lexicon_arena);
    return 0;
}

static Document document_of(int language, Str text)
{
    Document document = { .arena = &arena, .text = text };
    tokens_stage(&document, &languages[language]);
    return document;
}

/* Tokens parted by "|", sentences by "||", words of a multiword token as "do=de+o". */
static Str rendered(const Document *document)
{
    Buffer out = { 0 };
    for (size_t s = 0; s < document->sentence_count; s++) {
        const Sentence *sentence = &document->sentences[s];
        for (uint32_t i = 0; i < sentence->token_count; i++) {
            const Token *token = &document->tokens[sentence->first_token + i];
            buffer_add(&out, i ? STR("|") : s ? STR("||") : STR(""));
            buffer_add(&out, token_str(document, token));
            for (uint32_t w = 0; token->word_count > 1 && w < token->word_count; w++) {
                buffer_byte(&out, w ? '+' : '=');
                buffer_add(&out, document->words[token->first_word + w].form);
            }
        }
    }
    Str result = str_copy(&arena, buffer_str(&out));
    buffer_free(&out);
    return result;
}

/* Every layer fits the others: spans in order, words counted once. */
static void check_document(const Document *document)
{
    uint32_t word = 0, token = 0, end = 0;
    for (size_t s = 0; s < document->sentence_count; s++) {
        const Sentence *sentence = &document->sentences[s];
        assert_int_equal(sentence->first_token, token);
        assert_int_equal(sentence->first_word, word);
        assert_true(sentence->token_count > 0 && sentence->start >= end);
        for (uint32_t i = 0; i < sentence->token_count; i++, token++) {
            const Token *t = &document->tokens[token];
            assert_true(t->start >= end && t->end > t->start && t->end <= document->text.size);
            assert_int_equal(t->first_word, word);
            assert_true(t->word_count > 0);
            for (uint32_t w = 0; w < t->word_count; w++, word++) {
                assert_int_equal(document->words[word].token, token);
                assert_true(document->words[word].form.size > 0);
                assert_int_equal(document->words[word].head, RELATO_NONE);
            }
            end = t->end;
        }
        assert_int_equal(sentence->end, end);
        assert_int_equal(sentence->first_word + sentence->word_count, word);
    }
    assert_int_equal(token, document->token_count);
    assert_int_equal(word, document->word_count);
}

typedef struct Example {
    const char *text, *expected;
} Example;

static void check(int language, const Example *examples, size_t count)
{
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        Document document = document_of(language, str_of(examples[i].text));
        check_document(&document);
        Str found = rendered(&document);
        if (!str_equal(found, str_of(examples[i].expected))) {
            print_error("text      %s\nexpected  %s\nfound     %.*s\n", examples[i].text, examples[i].expected,
                        STR_ARGUMENTS(found));
            wrong++;
        }
        arena_reset(&arena);
    }
    assert_int_equal(wrong, 0);
}

#define CHECK(language, examples) check((language), (examples), sizeof(examples) / sizeof *(examples))

static void portuguese_words(void **state)
{
    (void)state;
    static const Example examples[] = {
        { "Saiu do porto às seis da manhã.", "Saiu|do=de+o|porto|às=a+as|seis|da=de+a|manhã|." },
        { "Naquele dia, pelos vistos, deu-lhe razão.",
          "Naquele=Em+aquele|dia|,|pelos=por+os|vistos|,|deu-lhe=deu+lhe|razão|." },
        { "DO ALTO, NA SERRA", "DO=DE+O|ALTO|,|NA=EM+A|SERRA" },
        { "Isto nos preocupa nos próximos dias.", "Isto|nos|preocupa|nos=em+os|próximos|dias|." },
        { "Não consigo ver, disse consigo.", "Não|consigo|ver|,|disse|consigo=com+si|." },
        { "Far-se-á o museu e vê-lo-emos.", "Far-se-á=Fará+se|o|museu|e|vê-lo-emos=veremos+lo|." },
        { "Vão ajudá-los; viram-na.", "Vão|ajudá-los=ajudá+los|;|viram-na=viram+na|." },
        { "Na terça-feira o vice-ministro calou-se.", "Na=Em+a|terça-feira|o|vice-ministro|calou-se=calou+se|." },
        { "Um copo d'água por R$ 1.500,50 (US$ 300).", "Um|copo|d'|água|por|R$|1.500,50|(|US$|300|)|." },
        { "Subiu 3,5% em 20km, às 18h06.", "Subiu|3,5|%|em|20|km|,|às=a+as|18h06|." },
        { "A 1.ª e a 2ª fase, o n.º 4.", "A|1.ª|e|a|2ª|fase|,|o|n.º|4|." },
        { "Ver www.exemplo.pt/a?b=1, ou ana.sa@exemplo.pt.", "Ver|www.exemplo.pt/a?b=1|,|ou|ana.sa@exemplo.pt|." },
        { "O grupo M&N e/ou a coligação azul/verde a 90 km/h", "O|grupo|M&N|e/ou|a|coligação|azul|/|verde|a|90|km/h" },
        { "Seguiu @ana_sa em #lisboa :)", "Seguiu|@ana_sa|em|#lisboa|:)" },
        { "Os 42 m² da sala, aos 83' de jogo, em 10km e 4S",
          "Os|42|m²|da=de+a|sala|,|aos=a+os|83'|de|jogo|,|em|10|km|e|4S" },
        { "A Rua d'Arcos, art.4 e g1.exemplo.com/a", "A|Rua|d'Arcos|,|art.|4|e|g1.exemplo.com/a" },
        { "Dentre eles, nenhum destoutro.", "Dentre=De+entre|eles|,|nenhum|destoutro=de+estoutro|." },
    };
    CHECK(PT, examples);
}

static void spanish_words(void **state)
{
    (void)state;
    static const Example examples[] = {
        { "Salió del puerto al alba.", "Salió|del=de+el|puerto|al=a+el|alba|." },
        { "Quiso decirle que iba a marcharse.", "Quiso|decirle=decir+le|que|iba|a|marcharse=marchar+se|." },
        { "Haciéndolo así, dámelo; vámonos.", "Haciéndolo=Haciendo+lo|así|,|dámelo=da+me+lo|;|vámonos=vamos+nos|." },
        { "Por su parte, Carlos comparte la suerte de los gobiernos modernos.",
          "Por|su|parte|,|Carlos|comparte|la|suerte|de|los|gobiernos|modernos|." },
        { "¿Cuánto vale? ¡Un 20% más!", "¿|Cuánto|vale|?||¡|Un|20%|más|!" },
        { "Debían entregárselo a EE.UU. antes de las 9:30.",
          "Debían|entregárselo=entregar+se+lo|a|EE.UU.|antes|de|las|9:30|." },
        { "La Sra. Gil vino. D. José, no.", "La|Sra.|Gil|vino|.||D.|José|,|no|." },
    };
    CHECK(ES, examples);
}

static void english_words(void **state)
{
    (void)state;
    static const Example examples[] = {
        { "They don't know; he won't go and can't stay.",
          "They|don't=do+n't|know|;|he|won't=wo+n't|go|and|can't=ca+n't|stay|." },
        { "It’s John's. We cannot wait.", "It’s=It+’s|John's=John+'s|.||We|cannot=can+not|wait|." },
        { "The workers' long-term plan", "The|workers'=workers+'|long|-|term|plan" },
        { "An anti-war, re-elected ex-mayor's vote", "An|anti-war|,|re-elected|ex-mayor's=ex-mayor+'s|vote" },
        { "He said: 'Count the votes' and left.", "He|said|:|'|Count|the|votes|'|and|left|." },
        { "It paid $5.2m and/or 10,000 US$ at 6:00am.", "It|paid|$|5.2|m|and|/|or|10,000|US$|at|6:00|am|." },
        { "Call 555-0199 before 9/11, pages 5-8.", "Call|555-0199|before|9/11|,|pages|5|-|8|." },
        { "In the '90s J. K. Doe left the U.S. for good.", "In|the|'90s|J.|K.|Doe|left|the|U.S.|for|good|." },
        { "No. 4 said no. We agree.", "No.|4|said|no|.||We|agree|." },
        { "O'Neill [...] left!!", "O'Neill|[...]|left|!!" },
    };
    CHECK(EN, examples);
}

static void sentences_end(void **state)
{
    (void)state;
    static const Example portuguese[] = {
        { "\"Vamos?\", disse ele. «Não.» Saiu...", "\"|Vamos|?|\"|,|disse|ele|.||«|Não|.|»||Saiu|..." },
        { "\"Acabou.\" A sala riu. \"Sim\", disse.", "\"|Acabou|.|\"||A|sala|riu|.||\"|Sim|\"|,|disse|." },
        { "— Vem! — gritou. — Já!", "—|Vem|!|—|gritou|.||—|Já|!" },
        { "O Dr. Sá, o eng. Lima e o Gen. Costa, etc. O resto ficou.",
          "O|Dr.|Sá|,|o|eng.|Lima|e|o|Gen.|Costa|,|etc|.||O|resto|ficou|." },
        { "Título sem ponto\nPrimeira frase. 1.500 pessoas vieram.",
          "Título|sem|ponto||Primeira|frase|.||1.500|pessoas|vieram|." },
        { "1. Primeiro ponto\n2. Segundo: a saber; e fim", "1|.|Primeiro|ponto||2|.|Segundo|:|a|saber|;|e|fim" },
        { "Ficou… mas voltou. (Tarde.) Foi assim.Depois saiu.",
          "Ficou|…|mas|voltou|.||(|Tarde|.|)||Foi|assim|.||Depois|saiu|." },
        { "Comprou dois. iPods? :) Não. […] Foi tudo.", "Comprou|dois|.||iPods|?|:)||Não|.||[|…|]|Foi|tudo|." },
        { "Nasceu em S. Paulo, filho de A. B. Reis.", "Nasceu|em|S.|Paulo|,|filho|de|A.|B.|Reis|." },
    };
    CHECK(PT, portuguese);
    static const Example english[] = {
        { "He left Acme Inc. The firm closed.", "He|left|Acme|Inc.||The|firm|closed|." },
        { "Mr. Day of St. Ives, Conn. agreed.", "Mr.|Day|of|St.|Ives|,|Conn.|agreed|." },
        { "\"Stop!\" she said. \"Now.\" He did.", "\"|Stop|!|\"|she|said|.||\"|Now|.|\"||He|did|." },
    };
    CHECK(EN, english);
}

static void tokens_tell_shape_space_and_word(void **state)
{
    (void)state;
    Document document = document_of(PT, STR("Às 3,5% da ONU R2"));
    static const unsigned shapes[] = {
        SHAPE_CAPITAL | SHAPE_LETTERS,
        SHAPE_DIGITS | SHAPE_NUMBER,
        SHAPE_PUNCTUATION,
        SHAPE_LETTERS,
        SHAPE_CAPITAL | SHAPE_ALL_CAPITALS | SHAPE_LETTERS,
        SHAPE_CAPITAL | SHAPE_LETTERS | SHAPE_DIGITS,
    };
    assert_int_equal(document.token_count, 6);
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(document.tokens[i].shape, shapes[i]);
        assert_int_equal(document.tokens[i].space_after, i != 1);
    }
    assert_int_equal(document.tokens[0].word, lexicon_word(&languages[PT].lexicon, STR("às"), true));
    assert_int_equal(document.tokens[3].word, lexicon_word(&languages[PT].lexicon, STR("da"), true));
    assert_true(document.tokens[3].word != 0);
    assert_int_equal(document.tokens[4].word, 0);
    assert_true(document.sentences[0].opens_paragraph);
}

static void hostile_text_costs_linear_time(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "a",        "\"", "'",   ".",    "a.",  "A.", "a-", "re-", "a'",  "!)",  "7",    "7-",          "1.", "a/",
        "-",        "@a", "a@",  "www.", ":)",  "¿",  "«",  "ß",   "س",   "漢",  "🙂", "👩‍🚒", "🇵🇹", "́",
        "\xC2\xA0", "\n", "a\n", ". ",   "a.b", "('", "#a", "Sr.", "do ", "-se", "n't",  "_",           "’s",
    };
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        Buffer buffer = { 0 };
        while (buffer.size < 1 << 20)
            buffer_add(&buffer, str_of(pieces[i]));
        clock_t start = clock();
        Document document = document_of((int)(i % LANGUAGES), buffer_str(&buffer));
        double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
        if (seconds > 5)
            fail_msg("1 MB of \"%s\" takes %.1f s", pieces[i], seconds);
        check_document(&document);
        for (size_t s = 0; s < document.sentence_count; s++)
            assert_in_range(document.sentences[s].token_count, 1, LONGEST_SENTENCE);
        buffer_free(&buffer);
        arena_reset(&arena);
    }
}

static void empty_text_has_no_sentence(void **state)
{
    (void)state;
    static const char *const texts[] = { "", " ", "\n\n", "\xC2\xA0\t" };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        Document document = document_of(EN, str_of(texts[i]));
        assert_int_equal(document.sentence_count, 0);
        assert_int_equal(document.token_count, 0);
        assert_int_equal(document.word_count, 0);
    }
}

static const char conllu[] = "# newdoc id = a\n# sent_id = 1\n# text = Saiu do  porto.\n"
                             "1\tSaiu\tsair\tVERB\t_\t_\t0\troot\t_\t_\n"
                             "2-3\tdo\t_\t_\t_\t_\t_\t_\t_\t_\n"
                             "2\tde\t_\tADP\t_\t_\t4\tcase\t_\t_\n"
                             "3\to\t_\tDET\t_\t_\t4\tdet\t_\t_\n"
                             "3.1\tx\t_\t_\t_\t_\t_\t_\t_\t_\n"
                             "4\tporto\t_\tNOUN\t_\t_\t1\tobl\t_\tSpaceAfter=No\n"
                             "5\t.\t_\tPUNCT\t_\t_\t1\tpunct\t_\t_\r\n\n"
                             "1\tFim\t_\t_\t_\t_\t_\t_\t_\tx|SpaceAfter=No\n"
                             "2\t!\t_\t_\t_\t_\t_\t_\t_\t_\n\n# newpar\n"
                             "1\tSim\t_\t_\t_\t_\t_\t_\t_\t_";

static void conllu_gives_sentences_and_words(void **state)
{
    (void)state;
    Document document = { .arena = &arena };
    Error error;
    assert_true(conllu_input(&document, str_of(conllu), &error));
    assert_str(document.text, "Saiu do  porto. Fim!\nSim");
    tokens_stage(&document, &languages[PT]);
    check_document(&document);
    assert_str(rendered(&document), "Saiu|do=de+o|porto|.||Fim|!||Sim");
    assert_true(document.sentences[0].opens_paragraph && !document.sentences[1].opens_paragraph);
    assert_true(document.sentences[2].opens_paragraph);
    assert_false(document.tokens[2].space_after);
    assert_true(document.tokens[1].word != 0);
}

static void conllu_comes_out_as_it_went_in(void **state)
{
    (void)state;
    Document document = document_of(PT, STR("Saiu do porto. Fim!\nSim"));
    Document again = { .arena = &arena };
    Buffer out = { 0 };
    Error error;
    document.words[0].head = 0;
    document.words[0].upos = UPOS_VERB;
    document.words[0].lemma = STR("sair");
    document.words[0].relation = STR("root");
    output_conllu(&out, &document);
    assert_non_null(strstr(out.bytes, "# newpar\n# sent_id = 1\n# text = Saiu do porto.\n"
                                      "1\tSaiu\tsair\tVERB\t_\t_\t0\troot\t_\t_\n"
                                      "2-3\tdo\t_\t_\t_\t_\t_\t_\t_\t_\n"
                                      "2\tde\t_\t_\t_\t_\t_\t_\t_\t_\n"));
    assert_true(conllu_input(&again, buffer_str(&out), &error));
    assert_str(again.text, "Saiu do porto. Fim!\nSim");
    assert_str(rendered(&again), "Saiu|do=de+o|porto|.||Fim|!||Sim");
    buffer_free(&out);
}

static void conllu_names_the_line_of_a_mistake(void **state)
{
    (void)state;
#define REST "\t_\t_\t_\t_\t_\t_\t_\t_\n"
    static const struct {
        const char *content;
        size_t line;
        const char *message;
    } cases[] = {
        { "1\ta\n", 1, "the line has not the ten columns of CoNLL-U" },
        { "# text = a b\n1\ta" REST "2\tc" REST, 3, "\"c\" is not next in the sentence's text" },
        { "# text = a b\n1\ta" REST "\n", 3, "the sentence ends before its text" },
        { "1\ta" REST "3\tb" REST, 2, "the number of the word is not in order" },
        { "x\ta" REST, 1, "the number of the word is not in order" },
        { "1-99999999999\ta" REST, 1, "its range of words is not in order" },
        { "1-2\ta" REST "1\tb" REST, 3, "the sentence ends inside a multiword token" },
        { "1\t" REST, 1, "the form is empty" },
        { "# text = a\n", 0, "it holds no sentence" },
        { "", 0, "it holds no sentence" },
        { "1\t\xFF" REST, 0, "byte 2 is not UTF-8" },
    };
#undef REST
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Document document = { .arena = &arena };
        Error error = { .status = RELATO_OK };
        assert_false(conllu_input(&document, str_of(cases[i].content), &error));
        assert_int_equal(error.status, RELATO_ERROR_INPUT);
        assert_string_equal(error.message, cases[i].message);
        assert_int_equal(error.line, cases[i].line);
    }
}

static void keep_message(void *context, const char *file, size_t line, const char *message)
{
    (void)file, (void)line;
    snprintf(context, 200, "%s", message);
}

/* A lexicon folder with one file of Portuguese. */
typedef struct Folder {
    char path[32], language[40], file[80];
} Folder;

static Folder make_folder(const char *name, const char *content)
{
    Folder folder = { .path = "/tmp/relato-test-XXXXXX" };
    assert_non_null(mkdtemp(folder.path));
    snprintf(folder.language, sizeof folder.language, "%s/pt", folder.path);
    assert_int_equal(mkdir(folder.language, 0700), 0);
    snprintf(folder.file, sizeof folder.file, "%s/%s", folder.language, name);
    FILE *stream = fopen(folder.file, "w");
    assert_non_null(stream);
    fputs(content, stream);
    fclose(stream);
    return folder;
}

static void remove_folder(const Folder *folder)
{
    unlink(folder->file);
    rmdir(folder->language);
    rmdir(folder->path);
}

static size_t mistakes_of(const char *name, const char *content, char *message)
{
    Folder folder = make_folder(name, content);
    LexiconBuilder builder = { .arena = &arena,
                               .language = STR("pt"),
                               .folders = { folder.path },
                               .folder_count = 1,
                               .complaints = { keep_message, message, 0 } };
    table_init(&builder.words, &arena);
    table_init(&builder.strings, &arena);
    tokens_compile(&builder);
    buffer_free(&builder.pool);
    remove_folder(&folder);
    return builder.complaints.count;
}

/* Reads the text with a user's file laid over the lexicon. */
static void check_overruled(const char *name, const char *content, const char *text, const char *expected)
{
    Folder folder = make_folder(name, content);
    LexiconBuilder builder = {
        .arena = &arena, .language = STR("pt"), .folders = { "lexicon", folder.path }, .folder_count = 2
    };
    Language language = { .code = "pt" };
    Error error;
    size_t size;
    table_init(&builder.words, &arena);
    table_init(&builder.strings, &arena);
    tokens_compile(&builder);
    remove_folder(&folder);
    assert_int_equal(builder.complaints.count, 0);
    char *image = builder_image(&builder, &size);
    buffer_free(&builder.pool);
    assert_true(lexicon_adopt(&language.lexicon, image, size, &error));
    Document document = { .arena = &arena, .text = str_of(text) };
    tokens_stage(&document, &language);
    assert_str(rendered(&document), expected);
    lexicon_close(&language.lexicon);
}

static void a_users_file_overrules(void **state)
{
    (void)state;
    check_overruled("abbreviations.tsv", "form\tclass\nXpto.\ttitle\n-Sr.|-Sra.\t\n", "O Xpto. Sá e o Sr. Rui.",
                    "O|Xpto.|Sá|e|o|Sr|.||Rui|.");
    check_overruled("contractions.tsv", "form\twords\npra\tpara a\n-do\t\n", "Foi pra rua do rio.",
                    "Foi|pra=para+a|rua|do|rio|.");
    check_overruled("clitics.tsv", "form\twords\n-lhe\ta ele\n", "Disse-lhe.", "Disse-lhe=Disse+a+ele|.");
}

static void mistakes_in_the_sources_are_named(void **state)
{
    (void)state;
    char message[200] = "";
    assert_int_equal(mistakes_of("tokens.tsv", "form\tclass\nx\tnone\n", message), 1);
    assert_string_equal(message, "unknown class \"none\"");
    assert_int_equal(mistakes_of("contractions.tsv", "form\twords\nx|y\ta b\n", message), 1);
    assert_string_equal(message, "2 forms, but words for 1");
    assert_int_equal(mistakes_of("clitics.tsv", "form\twords\tafter\tbecomes\nx\tx\ta\tb|c\n", message), 1);
    assert_string_equal(message, "1 ends, but 2 that they become");
    assert_int_equal(mistakes_of("clitics.tsv", "form\twords\n1234567890123456789012345\tx\n", message), 1);
    assert_string_equal(message, "a suffix of more than 24 bytes");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(portuguese_words),
        cmocka_unit_test(spanish_words),
        cmocka_unit_test(english_words),
        cmocka_unit_test(sentences_end),
        cmocka_unit_test(tokens_tell_shape_space_and_word),
        cmocka_unit_test(hostile_text_costs_linear_time),
        cmocka_unit_test(empty_text_has_no_sentence),
        cmocka_unit_test(conllu_gives_sentences_and_words),
        cmocka_unit_test(conllu_comes_out_as_it_went_in),
        cmocka_unit_test(conllu_names_the_line_of_a_mistake),
        cmocka_unit_test(mistakes_in_the_sources_are_named),
        cmocka_unit_test(a_users_file_overrules),
    };
    return cmocka_run_group_tests(tests, set_up_languages, tear_down_languages);
}
