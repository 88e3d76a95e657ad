/* Language identification, with the model that is shipped. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>

#include "language/identify.h"

static const char MODEL[] = "models/language-identification.bin";

typedef struct Fixture {
    char *bytes; /* of the model; malloc'd */
    size_t size;
    Identifier identifier;
} Fixture;

static int set_up(void **state)
{
    Fixture *fixture = calloc(1, sizeof *fixture);
    FILE *file = fopen(MODEL, "rb");
    if (!fixture || !file)
        return -1;
    fseek(file, 0, SEEK_END);
    fixture->size = (size_t)ftell(file);
    rewind(file);
    fixture->bytes = malloc(fixture->size);
    size_t read = fread(fixture->bytes, 1, fixture->size, file);
    fclose(file);
    *state = fixture;
    return read == fixture->size ? 0 : -1;
}

static int set_up_open(void **state)
{
    if (set_up(state) != 0)
        return -1;
    Fixture *fixture = *state;
    Error error;
    return identifier_open(&fixture->identifier, (Str){ fixture->bytes, fixture->size }, &error) ? 0 : -1;
}

static int tear_down(void **state)
{
    Fixture *fixture = *state;
    free(fixture->bytes);
    free(fixture);
    return 0;
}

/* ---- languages ------------------------------------------------------------- */

typedef struct Sample {
    const char *code; /* NULL: any language that is not one of ours */
    const char *text;
} Sample;

static size_t count_wrong(const Identifier *identifier, const Sample *samples, size_t count)
{
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        Identification found = identify_language(identifier, str_of(samples[i].text));
        bool right = samples[i].code ? found.target && strcmp(found.code, samples[i].code) == 0 : !found.target;
        if (!right)
            print_error("%s (%.2f): %s\n", found.code, found.confidence, samples[i].text);
        wrong += !right;
    }
    return wrong;
}

#define assert_languages(state, samples)                                                                               \
    assert_int_equal(count_wrong(&((Fixture *)*(state))->identifier, (samples), sizeof(samples) / sizeof *(samples)), 0)

static void sentences_of_our_languages(void **state)
{
    static const Sample samples[] = {
        { "pt",
          "O ministro dos Negócios Estrangeiros disse esta terça-feira que as negociações prosseguem em Genebra." },
        { "pt", "Pelo menos doze pessoas morreram e outras trinta ficaram feridas na explosão, segundo a polícia." },
        { "pt",
          "O presidente sancionou ontem a lei que destina R$ 2 bilhões aos municípios atingidos pelas enchentes." },
        { "es", "El ministro de Exteriores dijo este martes que las negociaciones continúan en Ginebra." },
        { "es",
          "Al menos doce personas murieron y otras treinta resultaron heridas en la explosión, según la policía." },
        { "es", "La presidenta promulgó ayer la ley que destina 2.000 millones de pesos a los municipios inundados." },
        { "en", "The foreign minister said on Tuesday that the talks in Geneva would go on." },
        { "en", "At least twelve people were killed and thirty others wounded in the blast, police said." },
        { "en", "The president signed the bill yesterday that gives two billion to the flooded towns." },
    };
    assert_languages(state, samples);
}

static void titles_in_capitals_and_without_accents(void **state)
{
    static const Sample samples[] = {
        { "pt", "PROTESTO CONTRA O GOVERNO REÚNE MILHARES NAS RUAS" },
        { "pt", "POLICIA FEDERAL PRENDE DOIS SUSPEITOS NO RIO DE JANEIRO" },
        { "pt", "A policia nao confirmou a detencao dos tres homens na regiao" },
        { "es", "MILES DE PERSONAS SALEN A LAS CALLES CONTRA EL GOBIERNO" },
        { "es", "DETENIDOS DOS SOSPECHOSOS DEL ATAQUE EN CULIACAN" },
        { "es", "La policia no confirmo la detencion de los tres hombres en la region" },
        { "en", "THOUSANDS TAKE TO THE STREETS AGAINST THE GOVERNMENT" },
        { "en", "Police Hold Two Suspects After Attack on Embassy in Kabul" },
    };
    assert_languages(state, samples);
}

static void foreign_names_do_not_mislead(void **state)
{
    static const Sample samples[] = {
        { "pt", "Volodymyr Zelensky, Emmanuel Macron e Recep Tayyip Erdogan reuniram-se com Ursula von der Leyen em "
                "Bruxelas." },
        { "pt",
          "O grupo Jama'at Nusrat al-Islam wal-Muslimin reivindicou o ataque em Ouagadougou, escreve o Le Monde." },
        { "es", "Volodímir Zelenski, Emmanuel Macron y Recep Tayyip Erdogan se reunieron con Ursula von der Leyen en "
                "Bruselas." },
        { "es", "El Frankfurter Allgemeine Zeitung y The Washington Post publicaron la entrevista con Olaf Scholz." },
        { "en", "Luiz Inácio Lula da Silva and Gabriel Boric Font met Pedro Sánchez Pérez-Castejón at La Moneda." },
        { "en", "The Congregação Cristã and the Movimento dos Trabalhadores Rurais Sem Terra did not reply." },
    };
    assert_languages(state, samples);
}

static void other_languages_are_refused(void **state)
{
    static const Sample samples[] = {
        { NULL, "O ministro de Asuntos Exteriores dixo este martes que as negociacións continúan en Xenebra." },
        { NULL,
          "Polo menos doce persoas morreron e outras trinta resultaron feridas na explosión, segundo a policía." },
        { NULL, "A presidenta asinou onte a lei que destina dous mil millóns aos concellos asolagados." },
        { NULL, "El ministre d'Afers Exteriors va dir dimarts que les negociacions continuen a Ginebra." },
        { NULL,
          "Almenys dotze persones van morir i trenta més van resultar ferides en l'explosió, segons la policia." },
        { NULL, "Le ministre des Affaires étrangères a déclaré mardi que les négociations se poursuivaient à Genève." },
        { NULL, "Il ministro degli Esteri ha detto martedì che i negoziati continuano a Ginevra." },
        { NULL, "Ministrul de externe a declarat marți că negocierile continuă la Geneva." },
        { NULL, "Der Außenminister sagte am Dienstag, die Verhandlungen in Genf gingen weiter." },
        { NULL, "De minister van Buitenlandse Zaken zei dinsdag dat de onderhandelingen in Genève doorgaan." },
        { NULL, "Utrikesministern sade på tisdagen att förhandlingarna i Genève fortsätter." },
        { NULL, "Minister spraw zagranicznych powiedział we wtorek, że rozmowy w Genewie trwają." },
        { NULL, "Dışişleri Bakanı salı günü Cenevre'deki görüşmelerin sürdüğünü söyledi." },
        { NULL, "Bộ trưởng Ngoại giao cho biết hôm thứ Ba rằng các cuộc đàm phán vẫn tiếp tục." },
        { NULL, "Omnes homines liberi aequique dignitate atque iuribus nascuntur." },
        { NULL, "Министр иностранных дел заявил во вторник, что переговоры в Женеве продолжаются." },
        { NULL, "Ο υπουργός Εξωτερικών δήλωσε την Τρίτη ότι οι διαπραγματεύσεις συνεχίζονται." },
        { NULL, "قال وزير الخارجية يوم الثلاثاء إن المفاوضات مستمرة في جنيف." },
        { NULL, "שר החוץ אמר ביום שלישי כי השיחות בז'נבה נמשכות." },
        { NULL, "外交部长星期二表示，日内瓦谈判仍在继续。" },
        { NULL, "外相は火曜日、ジュネーブでの交渉は続いていると述べた。" },
    };
    assert_languages(state, samples);
}

static void the_likeliest_other_language_is_named(void **state)
{
    const Identifier *identifier = &((Fixture *)*state)->identifier;
    assert_string_equal(identify_language(identifier, STR("Dixo que non sabía onde estaban as súas fillas")).code,
                        "gl");
    assert_string_equal(identify_language(identifier, STR("Els veïns no van poder sortir de casa seva")).code, "ca");
    assert_string_equal(identify_language(identifier, STR("Les habitants n'ont pas pu sortir de chez eux")).code, "fr");
}

static void nothing_to_go_by_is_undetermined(void **state)
{
    const Identifier *identifier = &((Fixture *)*state)->identifier;
    const Str texts[] = { { NULL, 0 }, STR(" \n\t"), STR("1.234,56 - 2024/05/01 (!)"), STR("\xff\xc3(") };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        Identification found = identify_language(identifier, texts[i]);
        assert_string_equal(found.code, "und");
        assert_false(found.target);
        assert_true(found.confidence == 0);
    }
}

static void only_the_beginning_of_a_long_text_counts(void **state)
{
    static const char portuguese[] = "As negociações prosseguem, disse o ministro. ";
    const Identifier *identifier = &((Fixture *)*state)->identifier;
    size_t size = 1 << 20;
    char *text = malloc(size);
    assert_non_null(text);
    memset(text, 'x', size);
    for (size_t i = 0; i + sizeof portuguese < IDENTIFY_LIMIT; i += sizeof portuguese - 1)
        memcpy(text + i, portuguese, sizeof portuguese - 1);
    assert_string_equal(identify_language(identifier, (Str){ text, size }).code, "pt");
    free(text);
}

/* ---- features -------------------------------------------------------------- */

enum { BITS = 16, ROOM = 512 };

static void assert_same_rows(Str a, Str b)
{
    uint32_t rows_a[ROOM], rows_b[ROOM];
    size_t count = identify_rows(a, BITS, rows_a, ROOM);
    assert_int_equal(count, identify_rows(b, BITS, rows_b, ROOM));
    assert_in_range(count, 1, ROOM);
    assert_memory_equal(rows_a, rows_b, count * sizeof *rows_a);
}

static void features_see_letters_alone(void **state)
{
    (void)state;
    assert_same_rows(STR("Órgãos da ONU"), STR("ÓRGÃOS DA ONU"));
    assert_same_rows(STR("(órgãos), 2024: «da» ONU!"), STR("órgãos da onu"));
    assert_same_rows(STR("l\u2019aigua"), STR("L'AIGUA"));
    assert_same_rows(STR("'quoted'"), STR("quoted"));
    assert_same_rows(STR("na\xffo"), STR("na o"));
    assert_same_rows(STR("a\u0301rea"), STR("area"));
}

static void features_are_counted_beyond_the_room(void **state)
{
    (void)state;
    uint32_t rows[ROOM];
    /* "_a_": a, _a, a_, _a_, the word and the pair. */
    assert_int_equal(identify_rows(STR("a"), BITS, NULL, 0), 6);
    size_t all = identify_rows(STR("language"), BITS, rows, ROOM);
    uint32_t some[3];
    assert_int_equal(identify_rows(STR("language"), BITS, some, 3), all);
    assert_memory_equal(some, rows, sizeof some);
    for (size_t i = 0; i < all; i++)
        assert_in_range(rows[i], 0, (1 << BITS) - 1);
}

static void any_bytes_can_be_read(void **state)
{
    const Identifier *identifier = &((Fixture *)*state)->identifier;
    char *text = malloc(IDENTIFY_LIMIT); /* to its end, so that a sanitizer sees a step beyond */
    assert_non_null(text);
    uint32_t random = 1;
    for (size_t size = 0; size <= IDENTIFY_LIMIT; size = size * 3 / 2 + 1) {
        char *end = text + IDENTIFY_LIMIT - size;
        for (size_t i = 0; i < size; i++)
            end[i] = (char)((random = random * 1664525 + 1013904223) >> 24);
        Identification found = identify_language(identifier, (Str){ end, size });
        assert_true(found.confidence >= 0 && found.confidence <= 1.000001);
        assert_non_null(found.code);
    }
    free(text);
}

/* ---- damaged models -------------------------------------------------------- */

static void damaged_models_are_errors(void **state)
{
    Fixture *fixture = *state;
    Identifier identifier;
    Error error = { 0 };
    const size_t sizes[] = { 0, 8, 31, 100, fixture->size - 1 };
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        assert_false(identifier_open(&identifier, (Str){ fixture->bytes, sizes[i] }, &error));
        assert_int_equal(error.status, RELATO_ERROR_LEXICON);
        assert_true(error.message[0] != '\0');
    }
    /* One changed byte anywhere. */
    for (size_t at = 0; at < fixture->size; at += at < 200 ? 1 : 997) {
        fixture->bytes[at] ^= 0x55;
        assert_false(identifier_open(&identifier, (Str){ fixture->bytes, fixture->size }, &error));
        fixture->bytes[at] ^= 0x55;
    }
    assert_true(identifier_open(&identifier, (Str){ fixture->bytes, fixture->size }, &error));
}

#define test(function, set_up) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(sentences_of_our_languages, set_up_open),
        test(titles_in_capitals_and_without_accents, set_up_open),
        test(foreign_names_do_not_mislead, set_up_open),
        test(other_languages_are_refused, set_up_open),
        test(the_likeliest_other_language_is_named, set_up_open),
        test(nothing_to_go_by_is_undetermined, set_up_open),
        test(only_the_beginning_of_a_long_text_counts, set_up_open),
        cmocka_unit_test(features_see_letters_alone),
        cmocka_unit_test(features_are_counted_beyond_the_room),
        test(any_bytes_can_be_read, set_up_open),
        test(damaged_models_are_errors, set_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
