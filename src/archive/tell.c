/* Telling an event in a sentence. The sentences are data: lexicon/LANGUAGE/interface.tsv. */
#include "archive/ask.h"
#include "output/interface.h"

enum { NAMES_TOLD = 3 };

/* The name that reports in the answer's language use most for an entity. */
static Str name_of(Answer *answer, const List *list, size_t index)
{
    Str name = list_str(list, index, "name");
    Error ignored;
    sqlite3_stmt *find = answer->language
                             ? archive_statement(answer->archive,
                                                 "SELECT name FROM entity_names WHERE entity = ? AND language = ? "
                                                 "ORDER BY reports DESC, length(name) DESC, name LIMIT 1",
                                                 &ignored)
                             : NULL;
    if (!find)
        return str_copy(answer->arena, name);
    bind_int(find, 1, (int64_t)list_real(list, index, "id"));
    bind_str(find, 2, str_of(answer->language->code));
    if (archive_step(answer->archive, find, &ignored) > 0) {
        name = str_copy(answer->arena, column_str(find, 0));
        sqlite3_reset(find);
        return name;
    }
    return str_copy(answer->arena, name);
}

/* The names of a list, each once: two entities may have the same. */
static size_t distinct_names(Answer *answer, const List *list, Str *names)
{
    size_t count = 0;
    for (size_t i = 0; i < list_size(list); i++) {
        Str name = name_of(answer, list, i);
        bool told = false;
        for (size_t k = 0; k < count && !told; k++)
            told = str_equal(names[k], name);
        if (!told)
            names[count++] = name;
    }
    return count;
}

/* "A", "A and B", "A, B, C +2". */
static Str names_of(Answer *answer, const List *list)
{
    Buffer out = { 0 };
    Str *all = ARENA_ARRAY(answer->arena, Str, list_size(list) + 1);
    size_t count = distinct_names(answer, list, all), told = count < NAMES_TOLD ? count : NAMES_TOLD;
    for (size_t i = 0; i < told; i++) {
        if (i && i + 1 == count && answer->language)
            buffer_format(&out, " %.*s ", STR_ARGUMENTS(interface_text(answer->language, "and")));
        else if (i)
            buffer_add(&out, STR(", "));
        buffer_add(&out, all[i]);
    }
    if (told < count)
        buffer_format(&out, " +%zu", count - told);
    Str names = out.failed ? STR("") : str_copy(answer->arena, buffer_str(&out));
    buffer_free(&out);
    return names;
}

/* Writes a pattern: {a} who acts, {r} to whom, "attacks|attack" by their number. */
static void fill(Buffer *out, Str pattern, Str actors, Str recipients, bool several)
{
    for (bool first = true; pattern.at; first = false) {
        Str word = str_cut(&pattern, ' ');
        size_t bar = str_find_byte(word, '|', 0);
        if (!first)
            buffer_byte(out, ' ');
        if (str_equal(word, STR("{a}")))
            buffer_add(out, actors);
        else if (str_equal(word, STR("{r}")))
            buffer_add(out, recipients);
        else if (bar < word.size)
            buffer_add(out, several ? str_slice(word, bar + 1, word.size) : str_slice(word, 0, bar));
        else
            buffer_add(out, word);
    }
}

static void add_deed(Answer *answer, Buffer *out, Str type, Str actors, Str recipients, bool several)
{
    char key[40];
    if (!answer->language) {
        buffer_format(out, "%.*s %.*s %.*s", STR_ARGUMENTS(actors), STR_ARGUMENTS(type), STR_ARGUMENTS(recipients));
        return;
    }
    snprintf(key, sizeof key, "tell-%.*s%s", STR_ARGUMENTS(type),
             !recipients.size ? "-alone"
             : actors.size    ? ""
                              : "-suffered");
    fill(out, interface_text(answer->language, key), actors, recipients, several);
}

void telling_add(Answer *answer, Buffer *out, Row *row)
{
    List *actors = row_list(row, "actors"), *recipients = row_list(row, "recipients");
    Str reality = row_str(row, "reality"), place = row_str(row, "place");
    bool several = list_size(actors) > 1 || str_equal(list_str(actors, 0, "type"), STR("group"));
    add_deed(answer, out, row_str(row, "type"), names_of(answer, actors), names_of(answer, recipients), several);
    if (place.size)
        buffer_format(out, " (%.*s)", STR_ARGUMENTS(place));
    if (answer->language && !str_equal(reality, STR("actual"))) {
        char key[16];
        snprintf(key, sizeof key, "%.*s", STR_ARGUMENTS(reality));
        buffer_format(out, " [%.*s]", STR_ARGUMENTS(interface_text(answer->language, key)));
    }
    list_free(actors);
    list_free(recipients);
}
