/* Events of an archive as records of PLOVER. */
#include "event/plover.h"
#include "archive/ask.h"
#include "document/values.h"
#include "output/plover.h"

/* Texts of a list live as long as it does. */
static const PloverActor *actors_of(Answer *answer, const List *list)
{
    PloverActor *actors = ARENA_ARRAY(answer->arena, PloverActor, list_size(list) + 1);
    for (size_t i = 0; i < list_size(list); i++)
        actors[i] = (PloverActor){ .name = list_str(list, i, "name"),
                                   .country = list_str(list, i, "country"),
                                   .sector = list_str(list, i, "sector"),
                                   .known = list_str(list, i, "known") };
    return actors;
}

/* What PLOVER makes of the event's type, mode and reality. */
static void set_type(PloverRecord *record, Row *row)
{
    RelatoEvent event = { .mode = row_str(row, "mode"), .type = (RelatoEventType)plover_type(row_str(row, "type")) };
    int reality = value_of(&realities, row_str(row, "reality"));
    event.reality = reality < 0 ? RELATO_ACTUAL : (RelatoReality)reality;
    plover_set_type(record, &event);
}

static void set_contexts(Answer *answer, PloverRecord *record, const List *list)
{
    Str *contexts = ARENA_ARRAY(answer->arena, Str, list_size(list) + 1);
    for (size_t i = 0; i < list_size(list); i++)
        contexts[i] = list_item(list, i);
    record->contexts = contexts;
    record->context_count = list_size(list);
}

/* What most independent reports tell. */
static void set_figures(PloverRecord *record, const List *figures)
{
    for (size_t i = 0; i < list_size(figures); i++) {
        Str counts = list_str(figures, i, "counts");
        PloverFigure *figure = str_equal(counts, STR("killed"))         ? &record->dead
                               : str_equal(counts, STR("injured"))      ? &record->injured
                               : str_equal(counts, STR("detained"))     ? &record->detained
                               : str_equal(counts, STR("participants")) ? &record->participants
                                                                        : NULL;
        if (figure)
            *figure = (PloverFigure){ list_real(figures, i, "common"), true };
    }
}

void plover_row(Answer *answer, Row *row)
{
    List *actors = row_list(row, "actors"), *recipients = row_list(row, "recipients");
    List *contexts = row_list(row, "contexts"), *figures = row_list(row, "figures");
    Str published = row_str(row, "published"), to = row_str(row, "to"), day = row_str(row, "day");
    PloverRecord record = { .id = str_format(answer->arena, "%lld", (long long)row_int(row, "id")),
                            .date = day,
                            .end_date = str_equal(to, day) ? (Str){ NULL, 0 } : to,
                            .actors = actors_of(answer, actors),
                            .recipients = actors_of(answer, recipients),
                            .actor_count = list_size(actors),
                            .recipient_count = list_size(recipients),
                            .place = row_str(row, "place"),
                            .place_country = row_str(row, "country"),
                            .located = row_has(row, "lat"),
                            .latitude = row_real(row, "lat"),
                            .longitude = row_real(row, "lon"),
                            .geonames = (uint32_t)row_int(row, "geonames"),
                            .trigger = row_str(row, "trigger"),
                            .sentence = row_str(row, "words"),
                            .story = row_str(row, "sha256"),
                            .title = row_str(row, "title"),
                            .url = row_str(row, "url"),
                            .outlet = row_str(row, "outlet"),
                            .published = str_slice(published, 0, published.size < 10 ? published.size : 10),
                            .language = row_str(row, "language") };
    set_type(&record, row);
    set_contexts(answer, &record, contexts);
    set_figures(&record, figures);
    if (!str_equal(row_str(row, "reality"), STR("negated")))
        plover_json(answer->out, &record);
    list_free(actors);
    list_free(recipients);
    list_free(contexts);
    list_free(figures);
}
