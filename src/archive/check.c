/* What goes with what: filters, formats and questions. */
#include "archive/ask.h"
#include "core/date.h"
#include "document/values.h"
#include "event/plover.h"

#define BIT(name) (1u << RELATO_ASK_##name)

enum {
    OF_EVENTS = BIT(EVENTS) | BIT(TIMELINE) | BIT(FIGURES),
    OF_CLAIMS = BIT(CLAIMS) | BIT(SOURCES),
    OF_ITEMS = BIT(EVENT) | BIT(ENTITY) | BIT(REPORT),
    OF_TOLD = OF_EVENTS | OF_CLAIMS | BIT(ENTITIES) /* of entities: the graph alone */
};

const char *relato_question_name(RelatoQuestion question)
{
    static const char *const names[RELATO_QUESTION_COUNT] = { "events",  "timeline", "figures", "claims", "entities",
                                                              "sources", "reports",  "event",   "entity", "report" };
    return names[question];
}

const char *relato_answer_format_name(RelatoAnswerFormat format)
{
    static const char *const names[RELATO_ANSWER_FORMAT_COUNT] = { "text", "json",   "csv",  "plover", "geojson",
                                                                   "ics",  "jsonld", "gexf", "graphml" };
    return names[format];
}

static bool format_fits(RelatoQuestion question, RelatoAnswerFormat format)
{
    static const unsigned fits[RELATO_ANSWER_FORMAT_COUNT] = {
        [RELATO_ANSWER_TEXT] = ~0u,
        [RELATO_ANSWER_JSON] = ~0u,
        [RELATO_ANSWER_CSV] = ~(unsigned)OF_ITEMS,
        [RELATO_ANSWER_PLOVER] = BIT(EVENTS) | BIT(TIMELINE),
        [RELATO_ANSWER_GEOJSON] = BIT(EVENTS) | BIT(TIMELINE),
        [RELATO_ANSWER_ICS] = BIT(EVENTS) | BIT(TIMELINE),
        [RELATO_ANSWER_JSONLD] = BIT(EVENTS) | BIT(TIMELINE),
        [RELATO_ANSWER_GEXF] = BIT(ENTITIES),
        [RELATO_ANSWER_GRAPHML] = BIT(ENTITIES),
    };
    return fits[format] >> question & 1;
}

static bool usage(Error *error, const char *message, const char *value)
{
    return error_set(error, RELATO_ERROR_USAGE, 0, SIZE_MAX, message, value);
}

/* ---- what filters go with --------------------------------------------------------- */

static bool members_fit(RelatoQuestion question, const RelatoFilter *filter, Error *error)
{
    const struct {
        const char *name;
        bool given;
        unsigned fits;
    } members[] = {
        { "actor", filter->actor != NULL, OF_TOLD },
        { "recipient", filter->recipient != NULL, OF_TOLD },
        { "entity", filter->entity != NULL, OF_TOLD | BIT(REPORTS) },
        { "country", filter->country != NULL, OF_TOLD },
        { "type", filter->type != NULL, OF_TOLD },
        { "reality", filter->reality != NULL, OF_EVENTS | BIT(ENTITIES) },
        { "since", filter->since != NULL, OF_TOLD | BIT(REPORTS) },
        { "until", filter->until != NULL, OF_TOLD | BIT(REPORTS) },
        { "place", filter->place != NULL, OF_TOLD },
        { "source", filter->source != NULL, OF_TOLD },
        { "kind", filter->kind != NULL, OF_CLAIMS },
        { "stance", filter->stance != NULL, OF_CLAIMS },
        { "language", filter->language != NULL, OF_TOLD | BIT(REPORTS) },
        { "outlet", filter->outlet != NULL, OF_TOLD | BIT(REPORTS) },
        { "text", filter->text != NULL, OF_TOLD | BIT(REPORTS) },
        { "anonymous", filter->anonymous, OF_CLAIMS },
        { "disputed", filter->disputed, OF_EVENTS | BIT(ENTITIES) },
        { "latest", filter->latest, OF_EVENTS | BIT(CLAIMS) | BIT(REPORTS) },
    };
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (members[i].given && !(members[i].fits >> question & 1))
            return usage(error, "the filter \"%s\" does not go with this question", members[i].name);
    if ((OF_ITEMS >> question & 1) && filter->id <= 0)
        return usage(error, "%s", "an id is needed");
    return true;
}

/* The list of entities is filtered by what they are; the graph by what they do. */
static bool list_fits(RelatoQuestion question, RelatoAnswerFormat format, const RelatoFilter *filter, Error *error)
{
    bool graph = format == RELATO_ANSWER_GEXF || format == RELATO_ANSWER_GRAPHML;
    if (question != RELATO_ASK_ENTITIES || graph)
        return true;
    bool deeds = filter->actor || filter->recipient || filter->reality || filter->since || filter->until ||
                 filter->place || filter->source || filter->language || filter->outlet || filter->disputed;
    return !deeds || usage(error, "%s", "a list of entities is filtered by text, country and type alone");
}

/* ---- what values there are --------------------------------------------------------- */

static bool is_one_of(const Values *values, const char *name)
{
    return value_of(values, str_of(name)) >= 0;
}

static bool values_are(RelatoQuestion question, RelatoAnswerFormat format, const RelatoFilter *filter, Error *error)
{
    bool list = question == RELATO_ASK_ENTITIES && format != RELATO_ANSWER_GEXF && format != RELATO_ANSWER_GRAPHML;
    if (filter->type && list && !is_one_of(&entity_types, filter->type))
        return usage(error, "there is no entity of type \"%s\"; a person, organisation, place or group", filter->type);
    if (filter->type && !list && plover_type(str_of(filter->type)) == PLOVER_NO_TYPE)
        return usage(error, "there is no type of event \"%s\"; PLOVER's are AGREE, CONSULT ... ASSAULT", filter->type);
    if (filter->reality && !is_one_of(&realities, filter->reality))
        return usage(error, "there is no reality \"%s\"; actual, planned, possible or negated", filter->reality);
    if (filter->stance && !is_one_of(&stances, filter->stance))
        return usage(error,
                     "there is no stance \"%s\"; says, denies, confirms, admits, accuses, announces, demands, "
                     "warns, estimates or declines",
                     filter->stance);
    if (filter->kind && !is_one_of(&source_kinds, filter->kind))
        return usage(error,
                     "there is no kind of source \"%s\"; person, official, spokesperson, institution, outlet, "
                     "document, witness, expert, source or public",
                     filter->kind);
    if (filter->since && !relato_date_valid(filter->since))
        return usage(error, "\"%s\" is no day such as 2024-01-31", filter->since);
    if (filter->until && !relato_date_valid(filter->until))
        return usage(error, "\"%s\" is no day such as 2024-01-31", filter->until);
    return true;
}

bool question_check(RelatoQuestion question, const RelatoFilter *filter, RelatoAnswerFormat format, Error *error)
{
    if (!format_fits(question, format))
        return usage(error, "the format \"%s\" does not go with this question", relato_answer_format_name(format));
    return members_fit(question, filter, error) && list_fits(question, format, filter, error) &&
           values_are(question, format, filter, error);
}
