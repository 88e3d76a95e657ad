/* What a filter asks for, as conditions in SQL.
 *
 * A condition can be met in two ways: by walking through everything in the order of
 * days and looking at each, which is quick if much of it fits, since an answer has
 * few rows; or by gathering all that fits and sorting it, which is quick if little
 * fits. So what fits is counted first, up to a limit. */
#include "archive/query.h"
#include "core/utf8.h"

/* More rows than these are not gathered. */
enum { GATHER_LIMIT = 10000 };

static Query part_of(const Query *query)
{
    return (Query){ .archive = query->archive, .arena = query->arena, .error = query->error };
}

/* Adds another query, which is freed. */
static void add_part(Query *query, Query *part)
{
    size_t from = query->value_count;
    buffer_add(&query->sql, buffer_str(&part->sql));
    query->sql.failed |= part->sql.failed;
    query->failed |= part->failed;
    for (size_t i = 0; i < part->value_count && !query->failed; i++) {
        if (from + i == QUERY_VALUES) {
            query->failed = !error_set(query->error, RELATO_ERROR_USAGE, 0, SIZE_MAX, "the filter has too many values");
            break;
        }
        query->values[query->value_count++] = part->values[i];
    }
    query_free(part);
}

/* True if the query, of one column, gives no more rows than can be gathered. */
static bool is_narrow(Query *query, Query *rows)
{
    Query count = part_of(query);
    query_add(&count, "SELECT count(*) FROM (");
    Query copy = *rows;
    copy.sql = (Buffer){ 0 };
    buffer_add(&copy.sql, buffer_str(&rows->sql));
    add_part(&count, &copy);
    buffer_format(&count.sql, " LIMIT %d)", GATHER_LIMIT + 1);
    int64_t found = query_number(&count);
    if (found < 0)
        query->failed = true;
    return found <= GATHER_LIMIT;
}

/* Adds " AND COLUMN IN (rows)" if they are few, else `otherwise`, or the same if
 * that is NULL. Frees `rows`. */
static void among(Query *query, const char *column, Query *rows, Query *otherwise)
{
    bool narrow = is_narrow(query, rows);
    query->narrow |= narrow;
    if (!narrow && otherwise) {
        add_part(query, otherwise);
        query_free(rows);
        return;
    }
    buffer_format(&query->sql, " AND %s IN (", column);
    add_part(query, rows);
    query_add(query, ")");
    if (otherwise)
        query_free(otherwise);
}

/* ---- words --------------------------------------------------------------------- */

/* The words of s, folded, as a phrase of FTS5: nothing in it is syntax. */
static Str phrase(Arena *arena, Str s)
{
    Buffer out = { 0 };
    buffer_byte(&out, '"');
    for (size_t i = 0; i < s.size; i++)
        buffer_byte(&out, s.at[i] == '"' || s.at[i] == '\0' ? ' ' : s.at[i]);
    buffer_byte(&out, '"');
    Str copy = out.failed ? STR("\"\"") : str_copy(arena, buffer_str(&out));
    buffer_free(&out);
    return copy;
}

/* Adds a word and its lemmas, parted by OR. */
static void add_forms(Query *query, Buffer *out, Str word)
{
    Str form = utf8_strip_accents(query->arena, utf8_fold(query->arena, word));
    buffer_format(out, "(%.*s", STR_ARGUMENTS(phrase(query->arena, word)));
    Query lemmas = part_of(query);
    query_add(&lemmas, "SELECT lemma FROM lemmas WHERE form = ");
    query_str(&lemmas, form);
    query_add(&lemmas, " ORDER BY lemma");
    sqlite3_stmt *statement = query_prepare(&lemmas);
    int row = -1;
    while (statement && (row = archive_step(query->archive, statement, query->error)) > 0)
        buffer_format(out, " OR %.*s", STR_ARGUMENTS(phrase(query->arena, column_str(statement, 0))));
    sqlite3_finalize(statement);
    query_free(&lemmas);
    query->failed |= row < 0;
    buffer_byte(out, ')');
}

Str filter_match(Query *query, const char *words)
{
    Str rest = str_trim(str_of(words));
    Buffer out = { 0 };
    while (rest.size) {
        if (out.size)
            buffer_add(&out, STR(" AND "));
        if (rest.at[0] == '"') {
            rest = str_slice(rest, 1, rest.size);
            size_t end = str_find_byte(rest, '"', 0);
            buffer_add(&out, phrase(query->arena, str_slice(rest, 0, end)));
            rest = str_trim(str_slice(rest, end < rest.size ? end + 1 : end, rest.size));
        } else {
            size_t end = str_find_byte(rest, ' ', 0);
            add_forms(query, &out, str_slice(rest, 0, end));
            rest = str_trim(str_slice(rest, end, rest.size));
        }
    }
    Str match = out.failed || !out.size ? STR("\"\"") : str_copy(query->arena, buffer_str(&out));
    buffer_free(&out);
    return match;
}

static Query reports_with(const Query *query, Str match)
{
    Query reports = part_of(query);
    query_add(&reports, "SELECT rowid FROM words WHERE words MATCH ");
    query_str(&reports, match);
    return reports;
}

/* ---- names --------------------------------------------------------------------- */

static bool all_digits(Str s)
{
    for (size_t i = 0; i < s.size; i++)
        if (s.at[i] < '0' || s.at[i] > '9')
            return false;
    return s.size > 0 && s.size < 19;
}

/* "RUS": a country's code. */
static bool is_code(Str s)
{
    for (size_t i = 0; i < s.size; i++)
        if (s.at[i] < 'A' || s.at[i] > 'Z')
            return false;
    return s.size == 3;
}

static int64_t number_of(Str digits)
{
    int64_t number = 0;
    for (size_t i = 0; i < digits.size; i++)
        number = 10 * number + (digits.at[i] - '0');
    return number;
}

/* The entities that a user means: an id, or all words of one of their names. */
static Query entities_named(const Query *query, const char *name)
{
    Query entities = part_of(query);
    Str s = str_trim(str_of(name));
    if (all_digits(s)) {
        query_add(&entities, "SELECT ");
        query_int(&entities, number_of(s));
        return entities;
    }
    Buffer words = { 0 };
    while (s.size) {
        size_t end = str_find_byte(s, ' ', 0);
        buffer_format(&words, "%s%.*s", words.size ? " " : "",
                      STR_ARGUMENTS(phrase(query->arena, str_slice(s, 0, end))));
        s = str_trim(str_slice(s, end, s.size));
    }
    Str match = words.failed || !words.size ? STR("\"\"") : str_copy(query->arena, buffer_str(&words));
    buffer_free(&words);
    query_add(&entities, "SELECT entity FROM entity_names WHERE id IN (SELECT rowid FROM names WHERE names MATCH ");
    query_str(&entities, match);
    query_add(&entities, ")");
    return entities;
}

/* Adds what participants must be: of a country, or one of some entities; `role` may
 * be NULL. A plus before a column keeps SQLite from looking up each of many
 * entities where an event has few participants. */
static void add_participant(Query *query, const char *name, const char *role, bool of_event)
{
    if (is_code(str_of(name))) {
        query_add(query, "p.country = ");
        query_str(query, str_of(name));
    } else {
        Query entities = entities_named(query, name);
        query_add(query, of_event ? "+p.entity IN (" : "p.entity IN (");
        add_part(query, &entities);
        query_add(query, ")");
    }
    query_equals(query, "p.role", role);
}

/* Events in which somebody takes part. */
static void filter_participant(Query *query, const char *name, const char *role)
{
    if (!name)
        return;
    Query rows = part_of(query), otherwise = part_of(query);
    query_add(&rows, "SELECT p.event FROM event_participants p WHERE ");
    add_participant(&rows, name, role, false);
    query_add(&otherwise, " AND EXISTS (SELECT 1 FROM event_participants p WHERE p.event = e.event AND ");
    add_participant(&otherwise, name, role, true);
    query_add(&otherwise, ")");
    among(query, "e.event", &rows, &otherwise);
}

/* Events in a country or with somebody of it. */
static void filter_country(Query *query, const char *country)
{
    if (!country)
        return;
    Str code = str_of(country);
    Query rows = part_of(query), otherwise = part_of(query);
    query_add(&rows, "SELECT event FROM events WHERE country = ");
    query_str(&rows, code);
    query_add(&rows, " UNION ALL SELECT event FROM event_participants WHERE country = ");
    query_str(&rows, code);
    query_add(&otherwise, " AND (e.country = ");
    query_str(&otherwise, code);
    query_add(&otherwise, " OR EXISTS (SELECT 1 FROM event_participants p WHERE p.event = e.event AND p.country = ");
    query_str(&otherwise, code);
    query_add(&otherwise, "))");
    among(query, "e.event", &rows, &otherwise);
}

static void filter_place(Query *query, const char *place)
{
    if (!place)
        return;
    Query rows = part_of(query), entities = entities_named(query, place);
    query_add(&rows, "SELECT event FROM events WHERE place IN (");
    add_part(&rows, &entities);
    query_add(&rows, ")");
    among(query, "e.event", &rows, NULL);
}

/* Events that a claim of the source tells. */
static void filter_event_source(Query *query, const char *source)
{
    if (!source)
        return;
    Query rows = part_of(query), entities = entities_named(query, source);
    query_add(&rows,
              "SELECT v.event FROM report_entities x JOIN report_claims c ON c.report = x.report AND c.entity = x.n"
              " JOIN report_claim_events l ON l.report = c.report AND l.claim = c.n"
              " JOIN report_events v ON v.report = l.report AND v.n = l.event WHERE x.entity IN (");
    add_part(&rows, &entities);
    query_add(&rows, ")");
    among(query, "e.event", &rows, NULL);
}

/* Events that a report tells; `condition` on r begins with " AND". */
static void told_by(Query *query, const char *column, const char *value)
{
    if (!value)
        return;
    Query rows = part_of(query), otherwise = part_of(query);
    query_add(&rows, "SELECT v.event FROM reports r JOIN report_events v USING (report) WHERE r.superseded_by IS NULL");
    query_equals(&rows, column, value);
    query_add(&otherwise,
              " AND EXISTS (SELECT 1 FROM report_events v JOIN reports r USING (report) WHERE v.event = e.event");
    query_equals(&otherwise, column, value);
    query_add(&otherwise, ")");
    among(query, "e.event", &rows, &otherwise);
}

static void filter_event_text(Query *query, const char *text)
{
    if (!text)
        return;
    Str match = filter_match(query, text);
    Query rows = part_of(query), reports = reports_with(query, match);
    Query otherwise = part_of(query), again = reports_with(query, match);
    query_add(&rows, "SELECT event FROM report_events WHERE report IN (");
    add_part(&rows, &reports);
    query_add(&rows, ")");
    query_add(&otherwise, " AND EXISTS (SELECT 1 FROM report_events v WHERE v.event = e.event AND +v.report IN (");
    add_part(&otherwise, &again);
    query_add(&otherwise, "))");
    among(query, "e.event", &rows, &otherwise);
}

/* An index on this column would part the rows that are gathered already. */
static const char *unindexed(const Query *query, const char *plus_column)
{
    return query->narrow ? plus_column : plus_column + 1;
}

void filter_events(Query *query, const RelatoFilter *filter)
{
    if (filter->id) {
        query_add(query, " AND e.event = ");
        query_int(query, filter->id);
        query->narrow = true;
    }
    filter_participant(query, filter->actor, "actor");
    filter_participant(query, filter->recipient, "recipient");
    filter_participant(query, filter->entity, NULL);
    filter_country(query, filter->country);
    filter_place(query, filter->place);
    filter_event_source(query, filter->source);
    told_by(query, "r.outlet", filter->outlet);
    told_by(query, "r.language", filter->language);
    filter_event_text(query, filter->text);
    query_equals(query, unindexed(query, "+e.type"), filter->type);
    query_equals(query, "e.reality", filter->reality);
    if (filter->disputed)
        query_add(query, " AND e.disputed");
    if (filter->since) {
        buffer_format(&query->sql, " AND %s >= ", unindexed(query, "+e.day"));
        query_str(query, str_of(filter->since));
    }
    if (filter->until) {
        buffer_format(&query->sql, " AND %s <= ", unindexed(query, "+e.day"));
        query_str(query, str_of(filter->until));
    }
}

/* ---- claims and reports ------------------------------------------------------------ */

/* Published on the day itself counts, whatever the hour. */
static void filter_published(Query *query, const RelatoFilter *filter)
{
    if (filter->since) {
        buffer_format(&query->sql, " AND %s >= ", unindexed(query, "+r.published"));
        query_str(query, str_of(filter->since));
    }
    if (filter->until) {
        buffer_format(&query->sql, " AND %s < ", unindexed(query, "+r.published"));
        query_str(query, str_format(query->arena, "%s~", filter->until)); /* behind "T23:59" */
    }
}

/* True if the archive has an entity of the name. */
static bool is_known(Query *query, const char *name)
{
    Query any = part_of(query), entities = entities_named(query, name);
    query_add(&any, "SELECT EXISTS (");
    add_part(&any, &entities);
    query_add(&any, ")");
    int64_t found = query_number(&any);
    query->failed |= found < 0;
    return found > 0;
}

/* Claims of an entity, or, if none has the name, of sources called so. */
static void filter_claim_source(Query *query, const char *source)
{
    if (!source)
        return;
    Query rows = part_of(query), otherwise = part_of(query);
    if (is_known(query, source)) {
        Query entities = entities_named(query, source), again = entities_named(query, source);
        query_add(&rows, "SELECT report FROM report_entities WHERE entity IN (");
        add_part(&rows, &entities);
        query_add(&rows, ")");
        among(query, "r.report", &rows, &otherwise);
        query_add(query, " AND EXISTS (SELECT 1 FROM report_entities s WHERE s.report = c.report AND s.n = c.entity "
                         "AND s.entity IN (");
        add_part(query, &again);
        query_add(query, "))");
        return;
    }
    Query reports = reports_with(query, phrase(query->arena, str_of(source)));
    add_part(&rows, &reports);
    among(query, "r.report", &rows, &otherwise);
    query_add(query, " AND instr(lower(substr(r.text, c.source_start + 1, c.source_end - c.source_start)), lower(");
    query_str(query, str_of(source));
    query_add(query, ")) > 0");
}

/* Claims that tell an event such as the filter asks for. */
static void filter_claim_events(Query *query, const RelatoFilter *filter)
{
    RelatoFilter events = { .actor = filter->actor,
                            .recipient = filter->recipient,
                            .entity = filter->entity,
                            .place = filter->place,
                            .type = filter->type,
                            .id = filter->id };
    if (!events.actor && !events.recipient && !events.entity && !events.place && !events.type && !events.id)
        return;
    Query rows = part_of(query), conditions = part_of(query);
    filter_events(&conditions, &events);
    bool narrow = conditions.narrow;
    query_add(&rows, "EXISTS (SELECT 1 FROM report_claim_events l JOIN report_events v ON v.report = l.report AND "
                     "v.n = l.event JOIN events e ON e.event = v.event WHERE l.report = c.report AND l.claim = c.n");
    if (narrow) {
        Query reports = part_of(query), again = part_of(query);
        filter_events(&again, &events);
        query_add(&reports, "SELECT v.report FROM events e JOIN report_events v ON v.event = e.event WHERE 1");
        add_part(&reports, &again);
        among(query, "r.report", &reports, NULL);
    }
    query_add(query, " AND ");
    add_part(query, &rows);
    add_part(query, &conditions);
    query_add(query, ")");
}

static void filter_report_text(Query *query, const char *text)
{
    if (!text)
        return;
    Query reports = reports_with(query, filter_match(query, text));
    among(query, "r.report", &reports, NULL);
}

void filter_claims(Query *query, const RelatoFilter *filter)
{
    query_add(query, " AND r.superseded_by IS NULL");
    filter_claim_source(query, filter->source);
    filter_claim_events(query, filter);
    filter_report_text(query, filter->text);
    query_equals(query, "c.country", filter->country);
    query_equals(query, "c.kind", filter->kind);
    query_equals(query, "c.stance", filter->stance);
    query_equals(query, unindexed(query, "+r.outlet"), filter->outlet);
    query_equals(query, "r.language", filter->language);
    if (filter->anonymous)
        query_add(query, " AND c.anonymous");
    filter_published(query, filter);
}

/* Reports that name an entity; the words of a text are the caller's to look for. */
void filter_reports(Query *query, const RelatoFilter *filter)
{
    query_add(query, " AND r.superseded_by IS NULL");
    if (filter->entity) {
        Query rows = part_of(query), entities = entities_named(query, filter->entity);
        query_add(&rows, "SELECT report FROM report_entities WHERE entity IN (");
        add_part(&rows, &entities);
        query_add(&rows, ")");
        among(query, "r.report", &rows, NULL);
    }
    query_equals(query, unindexed(query, "+r.outlet"), filter->outlet);
    query_equals(query, "r.language", filter->language);
    filter_published(query, filter);
}

/* ---- entities ------------------------------------------------------------------------ */

void filter_entities(Query *query, const RelatoFilter *filter)
{
    const char *name = filter->entity ? filter->entity : filter->text;
    if (name) {
        Query rows = entities_named(query, name);
        among(query, "e.entity", &rows, NULL);
    }
    query_equals(query, unindexed(query, "+e.type"), filter->type);
    query_equals(query, unindexed(query, "+e.country"), filter->country);
}
