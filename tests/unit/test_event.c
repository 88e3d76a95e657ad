/* The event lexicon's compiler, and the ontology of PLOVER. */
#include "test.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "event/event_lexicon.h"
#include "event/plover.h"
#include "language/compile.h"

static char folder[] = "/tmp/relato-events-XXXXXX";

static void write_rows(const char *name, const char *header, const char *rows)
{
    char path[96];
    snprintf(path, sizeof path, "%s/en/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fprintf(file, "%s\n%s\n", header, rows);
    fclose(file);
}

static void keep_message(void *context, const char *file, size_t line, const char *message)
{
    (void)file;
    (void)line;
    snprintf(context, 256, "%s", message);
}

/* Checks patterns of a user alone, with a frame and a class to use; the last message is kept. */
static size_t mistakes_of(const char *rows, char message[256])
{
    const char *const folders[] = { folder };
    LanguageCodes codes = compile_languages(folder);
    size_t mistakes, size;
    message[0] = '\0';
    write_rows("events.tsv", "pattern\tframe\ttype\tmode\tactor\trecipient\treality\tcontext", rows);
    free(compile_language("en", &codes, folders, 1, NULL, true, keep_message, message, &mistakes, &size));
    return mistakes;
}

static void right_patterns_pass(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "strike|hit/v object:@target\tact\tASSAULT\taerial",
        "raid{,er} subject:<COP|UNO|country> !object:* passive\tact\tCOERCE\tseize",
        "talk/n plural between:*\tact\tCONSULT\t\tbetween+with|subject\t-\tplanned\tmilitary|legal",
        "open object=fire\tact\tASSAULT\tfirearms\nopen object=door\t\t-",
        "cease-fire\tact\tRETREAT\tceasefire\tobject.of|in_front_of",
    };
    char message[256];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t mistakes = mistakes_of(rows[i], message);
        if (mistakes)
            print_error("%s: %s\n", rows[i], message);
        assert_int_equal(mistakes, 0);
    }
}

static void mistakes_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *row, *message;
    } cases[] = {
        { "strike\tnone\tASSAULT", "there is no frame \"none\"" },
        { "strike\tact\tWAR", "\"WAR\" is no type of event" },
        { "strike\tact\tASSAULT\tvisit", "\"visit\" is no mode of ASSAULT" },
        { "strike object:@nothing|x\tact\tASSAULT", "there is no word class \"@nothing\"" },
        { "strike objct:x\tact\tASSAULT", "\"objct\" is no slot; \"object\" is one" },
        { "strike subject:<ABC|GOV>\tact\tASSAULT", "\"ABC\" is neither a sector nor a kind of entity" },
        { "strike hard\tact\tASSAULT", "\"hard\" is no condition: SLOT:WORDS, reflexive, passive or plural" },
        { "strike/x\tact\tASSAULT", "\"/x\" is none of /v, /n, /a" },
        { "strike on:x !on:x\tact\tASSAULT", "it can never match: both on:x and !on:x" },
        { "strike on:x !on:*\tact\tASSAULT", "it can never match: both on:x and !on:*" },
        { "strike/n passive\tact\tASSAULT", "it can never match: only verbs are passive" },
        { "strike/a\tact\tASSAULT", "its frame has no row for what the anchor is" },
        { "strike\tact\tASSAULT\t\t\t\tperhaps", "\"perhaps\" is no reality: actual, planned, possible, negated" },
        { "strike\tact\tASSAULT\t\t\t\t\tweather", "\"weather\" is no context of PLOVER" },
        { "hit on:x\tact\tASSAULT\nhit|strike on:x\tact\tCOERCE",
          "line 3 hides \"hit\" here: it has the same anchor and conditions" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char message[256];
        size_t mistakes = mistakes_of(cases[i].row, message);
        if (mistakes != 1)
            print_error("%s: %zu mistakes\n", cases[i].row, mistakes);
        assert_int_equal(mistakes, 1);
        assert_string_equal(message, cases[i].message);
    }
}

static void the_ontology_is_whole(void **state)
{
    (void)state;
    for (uint8_t type = 0; type < RELATO_EVENT_TYPE_COUNT; type++) {
        assert_int_equal(plover_type(str_of(relato_event_type_name((RelatoEventType)type))), type);
        assert_in_range(plover_quad(type), 1, 4);
        assert_int_equal(strlen(plover_cameo_root(type, PLOVER_NO_MODE)), 2);
    }
    uint8_t arrest = plover_mode(RELATO_COERCE, STR("arrest"));
    assert_string_equal(plover_mode_name(RELATO_COERCE, arrest).at, "arrest");
    assert_true(plover_score(RELATO_COERCE, arrest) == -7);
    assert_int_equal(plover_mode(RELATO_AID, STR("arrest")), PLOVER_NO_MODE);
    assert_string_equal(plover_cameo_root(RELATO_ACCUSE, plover_mode(RELATO_ACCUSE, STR("investigate"))), "09");
    assert_int_equal(plover_type(STR("assault")), PLOVER_NO_TYPE);
    for (size_t i = 0; i < PLOVER_CONTEXT_COUNT; i++)
        assert_int_equal(plover_context(str_of(plover_context_name(i))), i);
}

static int make_folder(void **state)
{
    (void)state;
    char path[96];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/en", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    write_rows("event-frames.tsv", "frame\tof\tactor\trecipient", "act\tverb|noun\tsubject|by\tobject|of");
    write_rows("event-words.tsv", "class\tform", "target\thouse|@vehicle\nvehicle\tcar|armoured car");
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    static const char *const names[] = { "en/events.tsv", "en/event-frames.tsv", "en/event-words.tsv", "en", "" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[96];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        remove(path);
    }
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(right_patterns_pass),
        cmocka_unit_test(mistakes_are_named),
        cmocka_unit_test(the_ontology_is_whole),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
