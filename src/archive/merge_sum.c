/* The rows of entities and events: what most say, counted in voices. */
#include "archive/merging.h"

static bool run_for(Merging *merging, const char *sql, int64_t number)
{
    sqlite3_stmt *statement = merging_statement(merging, sql);
    if (!statement)
        return false;
    bind_int(statement, 1, number);
    return merging_run(merging, statement);
}

/* ---- entities ------------------------------------------------------------------------ */

/* The most usual name, and the most usual codes. */
static const char entity_sum[] =
    "UPDATE entities SET name = coalesce((SELECT name FROM entity_names WHERE entity = ?1 GROUP BY name "
    "ORDER BY sum(reports) DESC, name LIMIT 1), name), (type, country, sector) = (SELECT type, country, sector "
    "FROM merge_codes WHERE entity = ?1 AND times > 0 ORDER BY times DESC, type, country, sector LIMIT 1) "
    "WHERE entity = ?1 AND reports > 0 AND EXISTS (SELECT 1 FROM merge_codes WHERE entity = ?1)";

bool sum_entity(Merging *merging, int64_t entity)
{
    return run_for(merging, "DELETE FROM merge_codes WHERE entity = ?1 AND times <= 0", entity) &&
           run_for(merging, entity_sum, entity) &&
           run_for(merging, "DELETE FROM entities WHERE entity = ?1 AND reports <= 0", entity);
}

/* ---- events ----------------------------------------------------------------------------- */

/* All that reports tell of an event, one row for each of their events. The place of what
 * is done to a town is that town. */
#define MEMBERS                                                                                                        \
    "WITH members AS MATERIALIZED (SELECT v.report, v.n, v.type, v.mode, v.reality, r.head AS voice, r.published, "    \
    "t.\"from\" AS first, t.\"to\" AS last, coalesce(v.place, (SELECT p.entity FROM report_participants p "            \
    "JOIN report_entities x ON x.report = p.report AND x.n = p.entity WHERE p.report = v.report AND p.event = v.n "    \
    "AND p.role = 'recipient' AND x.type = 'place' AND x.known NOT GLOB '[A-Z][A-Z][A-Z]' "                            \
    "ORDER BY p.entity LIMIT 1)) AS place "                                                                            \
    "FROM report_events v JOIN reports r USING (report) LEFT JOIN report_times t ON t.report = v.report AND t.n = "    \
    "v.time "                                                                                                          \
    "WHERE v.event = ?1) "

/* What most voices say; of equals the first in some fixed order. */
static const char event_sum[] = MEMBERS
    ", dates AS (SELECT first, last, count(DISTINCT voice) AS voices, julianday(last) - julianday(first) AS width "
    "FROM members WHERE first <> '' AND NOT (reality = 'actual' AND published <> '' AND "
    "first > date(substr(published, 1, 10), '+1 day')) GROUP BY 1, 2), "
    "places AS (SELECT x.entity, x.country, count(DISTINCT m.voice) AS voices, x.known GLOB '[A-Z][A-Z][A-Z]' AS wide "
    "FROM members m JOIN report_entities x ON x.report = m.report AND x.n = m.place GROUP BY 1, 2) "
    "INSERT OR REPLACE INTO events "
    "(event, type, mode, reality, disputed, \"from\", \"to\", place, country, reports, voices, report, n) SELECT ?1, "
    "(SELECT type FROM members GROUP BY 1 ORDER BY count(DISTINCT voice) DESC, 1 LIMIT 1), "
    "coalesce((SELECT mode FROM members WHERE mode <> '' AND type = (SELECT type FROM members GROUP BY 1 "
    "ORDER BY count(DISTINCT voice) DESC, 1 LIMIT 1) GROUP BY 1 ORDER BY count(DISTINCT voice) DESC, 1 LIMIT 1), ''), "
    "(SELECT reality FROM members GROUP BY 1 ORDER BY count(DISTINCT voice) DESC, 1 LIMIT 1), "
    "EXISTS (SELECT 1 FROM members WHERE reality = 'actual') AND (EXISTS (SELECT 1 FROM members WHERE reality = "
    "'negated') "
    "OR EXISTS (SELECT 1 FROM members m JOIN report_claim_events l ON l.report = m.report AND l.event = m.n "
    "JOIN report_claims c ON c.report = l.report AND c.n = l.claim WHERE c.stance = 'denies')), "
    "coalesce((SELECT first FROM dates ORDER BY width > 62, voices DESC, width, first LIMIT 1), ''), "
    "coalesce((SELECT last FROM dates ORDER BY width > 62, voices DESC, width, first LIMIT 1), ''), "
    "(SELECT entity FROM places ORDER BY wide, voices DESC, entity LIMIT 1), "
    "coalesce((SELECT country FROM places ORDER BY wide, voices DESC, entity LIMIT 1), ''), "
    "(SELECT count(DISTINCT report) FROM members), (SELECT count(DISTINCT voice) FROM members), "
    "m.head / 65536, m.head % 65536 FROM merge_events m JOIN members USING (report, n) "
    "JOIN reports h ON h.report = m.head / 65536 ORDER BY h.published, h.id, m.head % 65536 LIMIT 1";

/* Who took part, and how many voices say so. Of those without a name one stands for
 * all of its country and sector. */
static const char participants_sum[] =
    "INSERT INTO event_participants (event, role, entity, country, sector, voices) "
    "WITH parts AS MATERIALIZED (SELECT p.role, CASE WHEN x.named THEN CAST(x.entity AS TEXT) "
    "ELSE p.country || ' ' || p.sector END AS part, x.entity, p.country, p.sector, r.head AS voice "
    "FROM report_events v JOIN reports r USING (report) "
    "JOIN report_participants p ON p.report = v.report AND p.event = v.n "
    "JOIN report_entities x ON x.report = p.report AND x.n = p.entity WHERE v.event = ?1), "
    "codes AS (SELECT role, part, country, sector, row_number() OVER (PARTITION BY role, part "
    "ORDER BY count(DISTINCT voice) DESC, country DESC, sector DESC) AS place FROM parts GROUP BY 1, 2, 3, 4) "
    "SELECT ?1, p.role, min(p.entity), c.country, c.sector, count(DISTINCT p.voice) FROM parts p "
    "JOIN codes c ON c.role = p.role AND c.part = p.part AND c.place = 1 GROUP BY p.role, p.part "
    "HAVING min(p.entity) IS NOT NULL";

bool sum_event(Merging *merging, int64_t event)
{
    return run_for(merging, "DELETE FROM event_participants WHERE event = ?1", event) &&
           run_for(merging, "DELETE FROM events WHERE event = ?1", event) && run_for(merging, event_sum, event) &&
           run_for(merging, participants_sum, event);
}
