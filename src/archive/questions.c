/* The queries behind the questions. What the columns mean stands in docs/archive.md.
 *
 * Each chooses its page first, from the keys alone, and then tells the chosen rows. */
#include "archive/ask.h"

/* The sentence with the first trigger of the event v of the report r. */
#define SENTENCE                                                                                                       \
    "(SELECT substr(r.text, json_extract(s.value, '$[0]') + 1,"                                                        \
    " json_extract(s.value, '$[1]') - json_extract(s.value, '$[0]')) FROM json_each(r.sentences) s"                    \
    " WHERE json_extract(s.value, '$[1]') > json_extract(v.triggers, '$[0][0]') LIMIT 1)"

#define BOOLEAN(value) "json(iif(" value ", 'true', 'false'))"

#define PARTICIPANTS(role)                                                                                             \
    "(SELECT json_group_array(json_object('id', entity, 'name', name, 'type', type, 'country', country, 'sector',"     \
    " sector, 'known', known, 'voices', voices)) FROM (SELECT p.entity, x.name, x.type, x.known, p.country, "          \
    "p.sector, p.voices"                                                                                               \
    " FROM event_participants p JOIN entities x USING (entity) WHERE p.event = e.event AND p.role = '" role            \
    "' ORDER BY p.voices DESC, p.entity))"

#define EVENT_COLUMNS                                                                                                  \
    "e.event AS id, e.day, e.type, e.mode, e.reality, e.disputed AS \"disputed:bool\", e.\"from\", e.\"to\","          \
    " pl.name AS place, e.place AS place_id, e.country, pl.lat, pl.lon, pl.geonames,"                                  \
    " " PARTICIPANTS("actor") " AS \"actors:json\"," PARTICIPANTS(                                                     \
        "recipient") " AS \"recipients:json\","                                                                        \
                     " v.contexts AS \"contexts:json\", e.voices, e.reports, " SENTENCE " AS words,"                   \
                     " substr(r.text, json_extract(v.triggers, '$[0][0]') + 1, json_extract(v.triggers, '$[0][1]') -"  \
                     " json_extract(v.triggers, '$[0][0]')) AS trigger,"                                               \
                     " r.report, r.id AS sha256, r.published, r.outlet, r.language, r.title, r.url"

#define EVENT_TABLES                                                                                                   \
    " FROM page JOIN events e USING (event) JOIN reports r ON r.report = e.report"                                     \
    " JOIN report_events v ON v.report = e.report AND v.n = e.n LEFT JOIN entities pl ON pl.entity = e.place"

/* Of each figure of the event: the lowest, the highest, the last told, and what most
 * independent reports tell; with `series` each as it was told. */
#define FIGURES(series)                                                                                                \
    "(SELECT json_group_array(json(figure)) FROM (SELECT json_object('counts', f.counts, 'lowest', min(f.value),"      \
    " 'highest', max(f.high), 'latest', json_extract(json_group_array(f.value), '$[#-1]'),"                            \
    " 'common', (SELECT w.value FROM figures_view w WHERE w.event = e.event AND w.counts = f.counts GROUP BY w.value"  \
    " ORDER BY count(DISTINCT coalesce(w.head, w.report)) DESC, w.value LIMIT 1),"                                     \
    " 'voices', count(DISTINCT coalesce(f.head, f.report))" series ") AS figure"                                       \
    " FROM (SELECT * FROM figures_view WHERE event = e.event ORDER BY counts, published, report, n) f"                 \
    " GROUP BY f.counts ORDER BY f.counts))"

#define SERIES                                                                                                         \
    ", 'series', json_group_array(json_object('value', f.value, 'high', f.high, 'bound', f.bound, 'noun', f.noun,"     \
    " 'words', f.words, 'source', f.source, 'kind', f.kind, 'anonymous', " BOOLEAN(                                    \
        "coalesce(f.anonymous, 0)") ","                                                                                \
                                    " 'published', f.published, 'outlet', f.outlet, 'language', f.language, "          \
                                    "'report', f.report, 'head', f.head,"                                              \
                                    " 'url', f.url))"

/* Who tells the event e, stance by stance, the most often first. */
#define SAYERS                                                                                                         \
    "(SELECT json_group_array(json_object('name', name, 'id', entity, 'kind', kind, 'stance', stance, 'anonymous',"    \
    " " BOOLEAN(                                                                                                       \
        "anonymous") ", 'claims', claims)) FROM (SELECT coalesce(y.name, substr(q.text, c.source_start + 1,"           \
                     " c.source_end - c.source_start)) AS name, y.entity, c.kind, c.stance, c.anonymous, count(*) AS " \
                     "claims"                                                                                          \
                     " FROM report_events u JOIN report_claim_events l ON l.report = u.report AND l.event = u.n"       \
                     " JOIN report_claims c ON c.report = l.report AND c.n = l.claim JOIN reports q ON q.report = "    \
                     "u.report"                                                                                        \
                     " LEFT JOIN report_entities x ON x.report = c.report AND x.n = c.entity AND x.named"              \
                     " LEFT JOIN entities y ON y.entity = x.entity"                                                    \
                     " WHERE u.event = e.event AND q.superseded_by IS NULL GROUP BY 1, c.kind, c.stance, c.anonymous"  \
                     " ORDER BY c.stance <> 'says', c.stance, claims DESC, 1 LIMIT 12))"

/* The claims that tell the event v of the report r. */
#define CLAIMS_OF_EVENT                                                                                                \
    "(SELECT json_group_array(json_object('n', c.n, 'source', substr(r.text, c.source_start + 1, c.source_end -"       \
    " c.source_start), 'id', x.entity, 'kind', c.kind, 'anonymous', " BOOLEAN(                                         \
        "c.anonymous") ", 'stance', c.stance,"                                                                         \
                       " 'content', substr(r.text, c.content_start + 1, c.content_end - c.content_start)))"            \
                       " FROM report_claim_events l JOIN report_claims c ON c.report = l.report AND c.n = l.claim"     \
                       " LEFT JOIN report_entities x ON x.report = c.report AND x.n = c.entity"                        \
                       " WHERE l.report = v.report AND l.event = v.n)"

/* Each report's words for the event e. */
#define TOLD                                                                                                           \
    "(SELECT json_group_array(json_object('report', report, 'item', 'V' || n, 'type', type, 'mode', mode, 'reality',"  \
    " reality, 'published', published, 'outlet', outlet, 'language', language, 'title', title, 'url', url, 'head',"    \
    " head, 'triggers', json(triggers), 'words', words, 'claims', json(claims))) FROM (SELECT v.*, r.published,"       \
    " r.outlet, r.language, r.title, r.url, r.head, " SENTENCE " AS words, " CLAIMS_OF_EVENT " AS claims"              \
    " FROM report_events v JOIN reports r USING (report) WHERE v.event = e.event AND r.superseded_by IS NULL"          \
    " ORDER BY r.published, r.report, v.n))"

/* Adds LIMIT and OFFSET: one row more than is shown tells whether there are more. */
static void add_page(Query *query, const RelatoFilter *filter)
{
    if (filter->limit == 0 && filter->offset == 0)
        return;
    query_add(query, " LIMIT ");
    query_int(query, filter->limit ? (int64_t)filter->limit + 1 : -1);
    query_add(query, " OFFSET ");
    query_int(query, (int64_t)filter->offset);
}

/* ---- events -------------------------------------------------------------------- */

/* "WITH page AS (...)": the events of the filter that also meet `condition`. */
static void event_page(Query *query, const RelatoFilter *filter, const char *condition)
{
    query_add(query, "WITH page AS (SELECT e.event, e.day FROM events e WHERE 1");
    query_add(query, condition);
    filter_events(query, filter);
    const char *plus = query->narrow ? "+" : "", *down = filter->latest ? " DESC" : "";
    buffer_format(&query->sql, " ORDER BY %se.day%s, %se.event%s", plus, down, plus, down);
    add_page(query, filter);
    query_add(query, ") ");
}

static void event_order(Query *query, const RelatoFilter *filter)
{
    query_add(query, filter->latest ? " ORDER BY page.day DESC, page.event DESC" : " ORDER BY page.day, page.event");
}

#define HAS_FIGURES                                                                                                    \
    " AND EXISTS (SELECT 1 FROM report_events u JOIN report_event_quantities k ON k.report = u.report AND k.event = "  \
    "u.n WHERE u.event = e.event)"

static void ask_events(Query *query, const RelatoFilter *filter, bool flat)
{
    event_page(query, filter, "");
    query_add(query, "SELECT " EVENT_COLUMNS);
    query_add(query, flat ? EVENT_TABLES : ", " FIGURES("") " AS \"figures:json\"" EVENT_TABLES);
    event_order(query, filter);
}

static void ask_timeline(Query *query, const RelatoFilter *filter)
{
    event_page(query, filter, " AND e.day <> ''");
    query_add(query, "SELECT " EVENT_COLUMNS ", ");
    query_add(query, FIGURES("") " AS \"figures:json\", " SAYERS " AS \"says:json\"" EVENT_TABLES);
    event_order(query, filter);
}

static void ask_event(Query *query, const RelatoFilter *filter)
{
    event_page(query, filter, "");
    query_add(query, "SELECT " EVENT_COLUMNS ", ");
    query_add(query, FIGURES(SERIES) " AS \"figures:json\", " SAYERS " AS \"says:json\", ");
    query_add(query, TOLD " AS \"told:json\"" EVENT_TABLES);
}

static void ask_figures(Query *query, const RelatoFilter *filter)
{
    event_page(query, filter, HAS_FIGURES);
    query_add(query, "SELECT " EVENT_COLUMNS ", " FIGURES(SERIES) " AS \"figures:json\"" EVENT_TABLES);
    event_order(query, filter);
}

/* For tables: a line for each figure as it was told. */
static void ask_figures_flat(Query *query, const RelatoFilter *filter)
{
    event_page(query, filter, HAS_FIGURES);
    query_add(query, "SELECT e.event AS id, e.day, e.type, e.reality, f.counts, f.value, f.high, f.bound, f.noun,"
                     " f.words, f.source, f.kind, f.anonymous AS \"anonymous:bool\", f.published, f.outlet, f.language,"
                     " f.report, f.head, f.url"
                     " FROM page JOIN events e USING (event) JOIN figures_view f USING (event)");
    event_order(query, filter);
    query_add(query, ", f.counts, f.published, f.report, f.n");
}

/* ---- claims ---------------------------------------------------------------------- */

static void ask_claims(Query *query, const RelatoFilter *filter)
{
    query_add(query, "WITH page AS (SELECT r.report, c.n, r.published FROM reports r CROSS JOIN report_claims c"
                     " ON c.report = r.report WHERE 1");
    filter_claims(query, filter);
    const char *plus = query->narrow ? "+" : "", *down = filter->latest ? " DESC" : "";
    buffer_format(&query->sql, " ORDER BY %sr.published%s, %sr.report%s, c.n%s", plus, down, plus, down, down);
    add_page(query, filter);
    query_add(query,
              ") SELECT r.report, 'C' || c.n AS item, r.published, r.outlet, r.language, c.stance,"
              " substr(r.text, c.source_start + 1, c.source_end - c.source_start) AS source,"
              " y.entity AS source_id, y.name AS source_name, c.kind, c.anonymous AS \"anonymous:bool\","
              " c.country, c.sector, substr(r.text, c.cue_start + 1, c.cue_end - c.cue_start) AS cue,"
              " substr(r.text, c.content_start + 1, c.content_end - c.content_start) AS content, c.quoted,"
              " z.name AS relayed_by, (SELECT json_group_array(v.event) FROM report_claim_events l"
              " JOIN report_events v ON v.report = l.report AND v.n = l.event"
              " WHERE l.report = c.report AND l.claim = c.n) AS \"events:json\", r.title, r.url"
              " FROM page JOIN reports r USING (report) JOIN report_claims c ON c.report = page.report AND c.n = page.n"
              " LEFT JOIN report_entities x ON x.report = c.report AND x.n = c.entity"
              " LEFT JOIN entities y ON y.entity = x.entity AND x.named"
              " LEFT JOIN report_entities z ON z.report = c.report AND z.n = c.relayed_by");
    buffer_format(&query->sql, " ORDER BY page.published%s, page.report%s, page.n%s", down, down, down);
}

/* ---- sources ----------------------------------------------------------------------- */

#define NAMED_SOURCE "y.name AS source, y.entity AS id, y.type, y.country, '' AS kind, 1 AS \"named:bool\", "
#define UNNAMED_SOURCE "'' AS source, NULL AS id, '' AS type, '' AS country, "
#define IS_NAMED "EXISTS (SELECT 1 FROM entity_names k WHERE k.entity = "

/* From the counts that the archive keeps: of an outlet, or of all. */
static void ask_all_sources(Query *query, const RelatoFilter *filter)
{
    query_add(query, "SELECT * FROM (SELECT " NAMED_SOURCE "s.claims FROM (SELECT * FROM speakers s WHERE s.outlet = ");
    query_str(query, str_of(filter->outlet ? filter->outlet : ""));
    query_add(query, " AND " IS_NAMED "s.entity) ORDER BY s.claims DESC, s.entity");
    if (filter->limit) {
        query_add(query, " LIMIT ");
        query_int(query, (int64_t)(filter->limit + filter->offset) + 1);
    }
    query_add(query, ") s JOIN entities y USING (entity) UNION ALL SELECT " UNNAMED_SOURCE
                     "kind, 0, sum(claims) FROM outlet_claims WHERE anonymous");
    query_equals(query, "outlet", filter->outlet);
    query_add(query, " GROUP BY kind) WHERE claims > 0 ORDER BY claims DESC, source, id");
    add_page(query, filter);
}

static void ask_some_sources(Query *query, const RelatoFilter *filter)
{
    query_add(query, "WITH told AS (SELECT c.kind, c.anonymous, x.entity FROM reports r CROSS JOIN report_claims c"
                     " ON c.report = r.report LEFT JOIN report_entities x ON x.report = c.report AND x.n = c.entity"
                     " AND x.named WHERE 1");
    filter_claims(query, filter);
    query_add(query, ") SELECT " NAMED_SOURCE "count(*) AS claims FROM told JOIN entities y USING (entity)"
                     " GROUP BY y.entity UNION ALL SELECT " UNNAMED_SOURCE
                     "kind, 0, count(*) FROM told WHERE anonymous GROUP BY kind ORDER BY claims DESC, source, id");
    add_page(query, filter);
}

static void ask_sources(Query *query, const RelatoFilter *f)
{
    if (f->actor || f->recipient || f->entity || f->country || f->type || f->since || f->until || f->place ||
        f->source || f->kind || f->stance || f->language || f->text || f->id || f->anonymous)
        ask_some_sources(query, f);
    else
        ask_all_sources(query, f);
}

/* ---- entities ------------------------------------------------------------------------ */

#define ENTITY_NAMES                                                                                                   \
    "(SELECT json_group_array(json_object('name', name, 'language', language, 'reports', reports)) FROM"               \
    " (SELECT * FROM entity_names k WHERE k.entity = e.entity ORDER BY k.reports DESC, k.language, k.name LIMIT 40))"

#define ENTITY_COLUMNS                                                                                                 \
    "e.entity AS id, e.type, e.name, e.country, e.sector, e.known, e.lat, e.lon, e.geonames, e.reports,"               \
    " (SELECT claims FROM speakers s WHERE s.outlet = '' AND s.entity = e.entity) AS claims,"                          \
    " " ENTITY_NAMES " AS \"names:json\""

/* Who takes part in the same events: as far as the last five thousand of them tell. */
#define COMPANY                                                                                                        \
    "(SELECT json_group_array(json_object('id', entity, 'name', name, 'type', type, 'country', country, 'events',"     \
    " events)) FROM (SELECT b.entity, y.name, y.type, y.country, count(DISTINCT b.event) AS events"                    \
    " FROM (SELECT DISTINCT event FROM event_participants WHERE entity = e.entity ORDER BY event DESC LIMIT 5000) a"   \
    " JOIN event_participants b ON b.event = a.event JOIN entities y ON y.entity = b.entity"                           \
    " WHERE b.entity <> e.entity GROUP BY b.entity ORDER BY events DESC, b.entity LIMIT 40))"

static void ask_entities(Query *query, const RelatoFilter *filter)
{
    query_add(query, "WITH page AS (SELECT e.entity, e.reports FROM entities e WHERE 1");
    filter_entities(query, filter);
    buffer_format(&query->sql, " ORDER BY %se.reports DESC, %se.entity", query->narrow ? "+" : "",
                  query->narrow ? "+" : "");
    add_page(query, filter);
    query_add(query, ") SELECT " ENTITY_COLUMNS " FROM page JOIN entities e USING (entity)"
                     " ORDER BY page.reports DESC, page.entity");
}

static void ask_entity(Query *query, const RelatoFilter *filter)
{
    query_add(query,
              "SELECT " ENTITY_COLUMNS
              ", (SELECT count(DISTINCT event) FROM event_participants p WHERE p.entity = e.entity) AS events, " COMPANY
              " AS \"with:json\" FROM entities e WHERE e.entity = ");
    query_int(query, filter->id);
}

/* ---- reports --------------------------------------------------------------------------- */

#define REPORT_COLUMNS                                                                                                 \
    "r.report AS id, r.id AS sha256, r.published, r.outlet, r.byline, r.language, r.title, r.url, r.head"

static void ask_reports(Query *query, const RelatoFilter *filter)
{
    if (filter->text) {
        query_add(query, "SELECT " REPORT_COLUMNS ", snippet(words, 1, char(2), char(3), '…', 32) AS snippet"
                         " FROM words JOIN reports r ON r.report = words.rowid WHERE words MATCH ");
        query_str(query, filter_match(query, filter->text));
        query->narrow = true;
        filter_reports(query, filter);
        query_add(query, filter->latest ? " ORDER BY r.published DESC, r.report DESC" : " ORDER BY rank");
        add_page(query, filter);
        return;
    }
    query_add(query, "SELECT " REPORT_COLUMNS " FROM reports r WHERE 1");
    filter_reports(query, filter);
    const char *plus = query->narrow ? "+" : "", *down = filter->latest ? " DESC" : "";
    buffer_format(&query->sql, " ORDER BY %sr.published%s, %sr.report%s", plus, down, plus, down);
    add_page(query, filter);
}

#define LAYER(name, object, table)                                                                                     \
    ", (SELECT json_group_array(json_object(" object ")) FROM (SELECT * FROM " table                                   \
    " i WHERE i.report = r.report ORDER BY n)) AS \"" name ":json\""

#define SIDE(role)                                                                                                     \
    "(SELECT json_group_array(json_object('entity', 'E' || p.entity, 'country', p.country, 'sector', p.sector))"       \
    " FROM report_participants p WHERE p.report = i.report AND p.event = i.n AND p.role = '" role "')"

#define NUMBERED(letter, table, condition) "(SELECT json_group_array('" letter "' || k." table ") FROM " condition ")"

/* As relato-reading/1 has it, and the ids of what the items belong to. */
static void ask_report(Query *query, const RelatoFilter *filter)
{
    query_add(query,
              "SELECT 'relato-reading/1' AS format, r.id, r.report, r.head, r.superseded_by,"
              " json_object('url', r.url, 'title', r.title, 'outlet', r.outlet, 'byline', r.byline, 'published',"
              " r.published, 'language', r.language) AS \"meta:json\", r.text, r.sentences AS \"sentences:json\"");
    query_add(
        query,
        LAYER(
            "entities",
            "'id', 'E' || n, 'entity', entity, 'type', type, 'named', " BOOLEAN(
                "named") ", 'name', name,"
                         " 'country', country, 'sector', sector, 'role', role, 'known', known, 'lat', lat, 'lon', lon,"
                         " 'mentions', json(mentions)",
            "report_entities"));
    query_add(query,
              LAYER("times",
                    "'id', 'T' || n, 'span', json_array(start, \"end\"), 'type', type, 'value', value, 'mod', mod,"
                    " 'from', \"from\", 'to', \"to\"",
                    "report_times"));
    query_add(query, LAYER("quantities",
                           "'id', 'Q' || n, 'span', json_array(start, \"end\"), 'value', value, 'high', high, 'bound',"
                           " bound, 'counts', counts, 'noun', noun",
                           "report_quantities"));
    query_add(query,
              LAYER("events",
                    "'id', 'V' || n, 'event', event, 'type', type, 'mode', mode, 'reality', reality, 'triggers',"
                    " json(triggers), 'contexts', json(contexts), 'place', 'E' || place, 'time', 'T' || time,"
                    " 'actors', json(actors), 'recipients', json(recipients), 'quantities', json(quantities)",
                    "(SELECT i.*, " SIDE("actor") " AS actors, " SIDE("recipient") " AS recipients, " NUMBERED(
                        "Q", "quantity",
                        "report_event_quantities k WHERE k.report = i.report AND k.event = i.n") " AS quantities FROM "
                                                                                                 "report_events i)"));
    query_add(
        query,
        LAYER(
            "claims",
            "'id', 'C' || n, 'content', iif(content_start IS NULL, NULL, json_array(content_start,"
            " content_end)), 'cue', json_array(cue_start, cue_end), 'source', json_object('span',"
            " json_array(source_start, source_end), 'entity', 'E' || entity, 'kind', kind, 'anonymous',"
            " " BOOLEAN("anonymous") ", 'country', country, 'sector', sector), 'stance', stance,"
                                     " 'quoted', quoted, 'relayed_by', 'E' || relayed_by, 'events', json(events)",
            "(SELECT i.*, " NUMBERED(
                "V", "event", "report_claim_events k WHERE k.report = i.report AND k.claim = i.n") " AS events FROM "
                                                                                                   "report_claims i)"));
    query_add(query,
              ", (SELECT json_group_array(json_object('report', o.report, 'outlet', o.outlet, 'published',"
              " o.published, 'title', o.title, 'url', o.url, 'version', " BOOLEAN(
                  "o.url <> '' AND o.url = r.url") ")) FROM reports o WHERE o.report <> r.report AND (o.head = r.head "
                                                   "OR (r.url <> '' AND o.url ="
                                                   " r.url))) AS \"others:json\" FROM reports r WHERE r.report = ");
    query_int(query, filter->id);
}

/* ---- all of them ------------------------------------------------------------------------- */

void question_query(Query *query, RelatoQuestion question, const RelatoFilter *filter, bool flat)
{
    switch (question) {
    case RELATO_ASK_EVENTS:
        ask_events(query, filter, flat);
        break;
    case RELATO_ASK_TIMELINE:
        ask_timeline(query, filter);
        break;
    case RELATO_ASK_FIGURES:
        if (flat)
            ask_figures_flat(query, filter);
        else
            ask_figures(query, filter);
        break;
    case RELATO_ASK_CLAIMS:
        ask_claims(query, filter);
        break;
    case RELATO_ASK_ENTITIES:
        ask_entities(query, filter);
        break;
    case RELATO_ASK_SOURCES:
        ask_sources(query, filter);
        break;
    case RELATO_ASK_REPORTS:
        ask_reports(query, filter);
        break;
    case RELATO_ASK_EVENT:
        ask_event(query, filter);
        break;
    case RELATO_ASK_ENTITY:
        ask_entity(query, filter);
        break;
    case RELATO_ASK_REPORT:
        ask_report(query, filter);
        break;
    case RELATO_QUESTION_COUNT:
        break;
    }
}

void question_count(Query *query, RelatoQuestion question, const RelatoFilter *filter)
{
    query_add(query, "SELECT count(*) FROM (SELECT 1 FROM ");
    switch (question) {
    case RELATO_ASK_CLAIMS:
        query_add(query, "reports r CROSS JOIN report_claims c ON c.report = r.report WHERE 1");
        filter_claims(query, filter);
        break;
    case RELATO_ASK_ENTITIES:
        query_add(query, "entities e WHERE 1");
        filter_entities(query, filter);
        break;
    case RELATO_ASK_REPORTS:
        query_add(query, "reports r WHERE 1");
        filter_reports(query, filter);
        if (filter->text) {
            query_add(query, " AND r.report IN (SELECT rowid FROM words WHERE words MATCH ");
            query_str(query, filter_match(query, filter->text));
            query_add(query, ")");
        }
        break;
    default:
        query_add(query, "events e WHERE 1");
        query_add(query, question == RELATO_ASK_FIGURES    ? HAS_FIGURES
                         : question == RELATO_ASK_TIMELINE ? " AND e.day <> ''"
                                                           : "");
        filter_events(query, filter);
    }
    buffer_format(&query->sql, " LIMIT %d)", RELATO_COUNT_LIMIT);
}
