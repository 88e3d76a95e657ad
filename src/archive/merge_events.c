/* Events by their agreement. Reports that may tell of one happening are found by the
 * names that they share and by the days and towns of their events; what their events
 * say of each other depends on those two reports alone. */
#include <stdlib.h>

#include "archive/agreement.h"
#include "archive/hash.h"
#include "archive/merging.h"

/* Reports are compared that are at most so many spans of days apart. */
enum { BUCKET_DAYS = 16, BUCKETS_APART = 2 };

/* Of names in common one is enough if one of the reports has hardly more. */
enum { ENOUGH_COMMON = 2, FEW_NAMES = 4 };

/* At most so many reports are compared with one, those with most in common: where
 * thousands within weeks name the same people, more would not tell more. */
enum { MOST_CANDIDATES = 300 };

static int64_t bucket_of(int32_t day)
{
    return day == INT32_MAX || day == INT32_MIN ? INT32_MAX : (day - (day < 0 ? BUCKET_DAYS - 1 : 0)) / BUCKET_DAYS;
}

/* What tells a day and a town. */
static bool is_placed(const EventFacts *facts)
{
    return facts->dated && facts->place && !facts->place_is_country;
}

/* ---- reports and their facts ----------------------------------------------------------- */

static bool read_heads(Merging *merging, MergedReport *report)
{
    sqlite3_stmt *select = merging_statement(merging, "SELECT n, head, points FROM merge_events WHERE report = ?");
    if (!select)
        return false;
    bind_int(select, 1, report->report);
    int row;
    while ((row = merging_step(merging, select)) > 0) {
        int64_t n = sqlite3_column_int64(select, 0);
        if (n < 1 || n > (int64_t)report->facts.event_count)
            continue;
        report->heads[n - 1] = sqlite3_column_int64(select, 1);
        report->points[n - 1] = sqlite3_column_int(select, 2);
    }
    return row == 0;
}

static MergedReport *read_report(Merging *merging, int64_t number)
{
    sqlite3_stmt *select = merging_statement(merging, "SELECT day, hash, facts FROM merge_reports WHERE report = ?");
    if (!select)
        return NULL;
    bind_int(select, 1, number);
    MergedReport *report = ARENA_ARRAY(&merging->cached, MergedReport, 1);
    bool found = merging_step(merging, select) > 0 &&
                 facts_read(&report->facts, &merging->cached,
                            (Str){ sqlite3_column_blob(select, 2), (size_t)sqlite3_column_bytes(select, 2) });
    report->report = number;
    report->day = sqlite3_column_int(select, 0);
    report->hash = (uint64_t)sqlite3_column_int64(select, 1);
    sqlite3_reset(select);
    if (!found) {
        error_set(merging->error, RELATO_ERROR_INPUT, 0, SIZE_MAX, "report %lld has no facts", (long long)number);
        return NULL;
    }
    report->heads = ARENA_ARRAY(&merging->cached, int64_t, report->facts.event_count);
    report->points = ARENA_ARRAY(&merging->cached, int, report->facts.event_count);
    return read_heads(merging, report) ? report : NULL;
}

MergedReport *merged_report(Merging *merging, int64_t number)
{
    MergedReport **chain = &merging->chains[(uint64_t)number % CACHE_CHAINS];
    for (MergedReport *report = *chain; report; report = report->next)
        if (report->report == number)
            return report;
    MergedReport *report = read_report(merging, number);
    if (report) {
        report->next = *chain;
        *chain = report;
    }
    return report;
}

/* Forgets a report that goes. */
static void drop_report(Merging *merging, int64_t number)
{
    for (MergedReport **at = &merging->chains[(uint64_t)number % CACHE_CHAINS]; *at; at = &(*at)->next)
        if ((*at)->report == number) {
            *at = (*at)->next;
            return;
        }
}

/* ---- reports that may tell of the same ------------------------------------------------------ */

/* Adds the reports of a statement (report, size) to the candidates. */
static bool add_candidates(Merging *merging, sqlite3_stmt *select, int64_t bucket, int apart, int64_t key)
{
    for (int i = -apart; i <= apart; i++)
        bind_int(select, 1 + i + apart, bucket == INT32_MAX ? bucket : bucket + i);
    bind_int(select, 2 + 2 * apart, key);
    int row;
    while ((row = merging_step(merging, select)) > 0)
        *ARENA_PUSH(&merging->arena, &merging->candidates) =
            (CandidateReport){ sqlite3_column_int64(select, 0), sqlite3_column_int(select, 1), 0 };
    return row == 0;
}

static int by_report(const void *a, const void *b)
{
    const CandidateReport *x = a, *y = b;
    return (x->report > y->report) - (x->report < y->report);
}

/* Those with most in common first. */
static int by_common(const void *a, const void *b)
{
    const CandidateReport *x = a, *y = b;
    return x->common != y->common ? y->common - x->common : by_report(a, b);
}

/* Keeps each report once that has enough in common. A shared day and town (size 0) is enough. */
static void keep_candidates(Merging *merging, const MergedReport *report)
{
    CandidateList *list = &merging->candidates;
    size_t kept = 0;
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, by_report);
    for (size_t i = 0, end; i < list->count; i = end) {
        bool enough = false;
        for (end = i; end < list->count && list->items[end].report == list->items[i].report; end++)
            enough |= list->items[end].size == 0 || list->items[end].size <= FEW_NAMES;
        enough |= end - i >= ENOUGH_COMMON || report->facts.around_count <= FEW_NAMES;
        if (!enough || list->items[i].report == report->report)
            continue;
        list->items[kept] = list->items[i];
        list->items[kept++].common = (int)(end - i);
    }
    list->count = kept;
    if (kept > MOST_CANDIDATES) {
        qsort(list->items, kept, sizeof *list->items, by_common);
        list->count = MOST_CANDIDATES;
    }
}

/* Fills merging->candidates with the reports whose events may be those of `report`. */
static bool find_candidates(Merging *merging, const MergedReport *report)
{
    if (merging->near == report->report)
        return true;
    merging->near = 0;
    merging->candidates = (CandidateList){ 0 };
    sqlite3_stmt *names = merging_statement(
        merging, "SELECT report, size FROM merge_around WHERE bucket IN (?1, ?2, ?3, ?4, ?5) AND name = ?6");
    sqlite3_stmt *days =
        merging_statement(merging, "SELECT report, 0 FROM merge_days WHERE bucket IN (?1, ?2, ?3) AND place = ?4");
    if (!names || !days)
        return false;
    for (size_t i = 0; i < report->facts.around_count; i++)
        if (!add_candidates(merging, names, bucket_of(report->day), BUCKETS_APART, (int64_t)report->facts.around[i]))
            return false;
    for (size_t i = 0; i < report->facts.event_count; i++) {
        const EventFacts *facts = &report->facts.events[i];
        if (is_placed(facts) && !add_candidates(merging, days, bucket_of(facts->from), 1, (int64_t)facts->place))
            return false;
    }
    keep_candidates(merging, report);
    merging->near = report->report;
    return true;
}

/* ---- heads ----------------------------------------------------------------------------------- */

static Neighbour mention_of(const MergedReport *report, size_t i, int points)
{
    const EventFacts *facts = &report->facts.events[i];
    return (Neighbour){ .id = report->report * MENTIONS + (int64_t)i + 1,
                        .rank = { facts_tier(facts), report->day, report->hash, (uint32_t)i },
                        .head = report->heads[i],
                        .head_points = report->points[i],
                        .points = points };
}

static void add_neighbours(Merging *merging, Arena *arena, const MergedReport *mine, size_t i,
                           const MergedReport *other, NeighbourList *list)
{
    ArchiveItem item = { mine->report, (int64_t)i + 1 };
    for (size_t k = 0; k < other->facts.event_count; k++) {
        if (other == mine && k == i)
            continue;
        Agreement agreement = other == mine ? events_agree_within(&mine->facts.events[i], &mine->facts.events[k])
                                            : events_agree(&mine->facts.events[i], &other->facts.events[k]);
        if (agreement.same && !correction_parts(merging, true, item, (ArchiveItem){ other->report, (int64_t)k + 1 }))
            *ARENA_PUSH(arena, list) = mention_of(other, k, agreement.total);
    }
}

static bool look(void *context, Arena *arena, int64_t id, Neighbour *thing, NeighbourList *list)
{
    Merging *merging = context;
    MergedReport *mine = merged_report(merging, id / MENTIONS);
    size_t i = (size_t)(id % MENTIONS - 1);
    if (!mine)
        return false;
    *thing = mention_of(mine, i, 0);
    if (!list)
        return true;
    if (!find_candidates(merging, mine))
        return false;
    bool alone = correction_isolates(merging, true, (ArchiveItem){ mine->report, (int64_t)i + 1 });
    add_neighbours(merging, arena, mine, i, mine, list);
    for (size_t c = 0; c < merging->candidates.count; c++) {
        const MergedReport *other = merged_report(merging, merging->candidates.items[c].report);
        if (!other)
            return false;
        add_neighbours(merging, arena, mine, i, other, list);
    }
    /* Who stands alone has no head before it, but may be one. */
    for (size_t k = 0, count = list->count; alone && k < count; k++)
        if (rank_compare(&list->items[k].rank, &thing->rank) < 0)
            list->items[k].head = 0;
    return true;
}

/* The event of a report now belongs to the event whose head is another's. */
static bool set_event(Merging *merging, int64_t report, int64_t n, int64_t event)
{
    sqlite3_stmt *update = merging_statement(merging, "UPDATE report_events SET event = ? WHERE report = ? AND n = ?");
    if (!update)
        return false;
    bind_int(update, 1, event);
    bind_int(update, 2, report);
    bind_int(update, 3, n);
    return merging_run(merging, update);
}

static bool number_of_head(Merging *merging, int64_t head, int64_t *number)
{
    const MergedReport *report = merged_report(merging, head / MENTIONS);
    if (report)
        *number = event_number(report->hash, head % MENTIONS);
    return report != NULL;
}

static bool set_head(void *context, int64_t id, int64_t head, int points)
{
    Merging *merging = context;
    MergedReport *mine = merged_report(merging, id / MENTIONS);
    size_t i = (size_t)(id % MENTIONS - 1);
    int64_t before = 0, now;
    if (!mine || (mine->heads[i] && !number_of_head(merging, mine->heads[i], &before)) ||
        !number_of_head(merging, head, &now))
        return false;
    sqlite3_stmt *update =
        merging_statement(merging, "INSERT OR REPLACE INTO merge_events (report, n, head, points) VALUES (?, ?, ?, ?)");
    if (!update)
        return false;
    bind_int(update, 1, id / MENTIONS);
    bind_int(update, 2, id % MENTIONS);
    bind_int(update, 3, head);
    bind_int(update, 4, points);
    if (!merging_run(merging, update) || !set_event(merging, id / MENTIONS, id % MENTIONS, now))
        return false;
    mine->heads[i] = head;
    mine->points[i] = points;
    corrections_touch(merging, (ArchiveItem){ id / MENTIONS, id % MENTIONS }, before, now);
    if (before)
        merging_changed(merging, &merging->events, before);
    merging_changed(merging, &merging->events, now);
    return true;
}

/* ---- reports come and go ------------------------------------------------------------------------ */

static bool run_with(Merging *merging, const char *sql, int64_t a, int64_t b, int64_t c, int64_t d)
{
    const int64_t values[] = { a, b, c, d };
    sqlite3_stmt *statement = merging_statement(merging, sql);
    if (!statement)
        return false;
    for (int i = 0; i < sqlite3_bind_parameter_count(statement); i++)
        bind_int(statement, i + 1, values[i]);
    return merging_run(merging, statement);
}

/* Writes (or takes away) the rows by which a report is found. */
static bool list_report(Merging *merging, const MergedReport *report, bool there)
{
    static const char add_name[] = "INSERT INTO merge_around VALUES (?, ?, ?, ?)";
    static const char drop_name[] = "DELETE FROM merge_around WHERE bucket = ? AND name = ? AND report = ?";
    static const char add_day[] = "INSERT OR IGNORE INTO merge_days VALUES (?, ?, ?)";
    static const char drop_day[] = "DELETE FROM merge_days WHERE bucket = ? AND place = ? AND report = ?";
    for (size_t i = 0; i < report->facts.around_count; i++)
        if (!run_with(merging, there ? add_name : drop_name, bucket_of(report->day), (int64_t)report->facts.around[i],
                      report->report, (int64_t)report->facts.around_count))
            return false;
    for (size_t i = 0; i < report->facts.event_count; i++) {
        const EventFacts *facts = &report->facts.events[i];
        if (is_placed(facts) && !run_with(merging, there ? add_day : drop_day, bucket_of(facts->from),
                                          (int64_t)facts->place, report->report, 0))
            return false;
    }
    return true;
}

bool merge_event_again(Merging *merging, ArchiveItem item)
{
    HeadStore store = { merging, look, set_head };
    int64_t mention = item.report * MENTIONS + item.n;
    return heads_settle(&store, &merging->arena, &mention, 1);
}

bool merge_events(Merging *merging, int64_t number)
{
    HeadStore store = { merging, look, set_head };
    const MergedReport *report = merged_report(merging, number);
    if (!report || !list_report(merging, report, true))
        return false;
    int64_t *mentions = ARENA_ARRAY(&merging->arena, int64_t, report->facts.event_count);
    for (size_t i = 0; i < report->facts.event_count; i++)
        mentions[i] = number * MENTIONS + (int64_t)i + 1;
    return heads_settle(&store, &merging->arena, mentions, report->facts.event_count);
}

/* The mentions whose head is an event of this report, those of other reports. */
static bool list_followers(Merging *merging, int64_t number, ReportList *list)
{
    return merging_list(
        merging,
        "SELECT report * 65536 + n FROM merge_events WHERE head > ?1 * 65536 AND head < (?1 + 1) * 65536 "
        "AND report <> ?1",
        number, list);
}

bool voice_changed(Merging *merging, int64_t number)
{
    sqlite3_stmt *select =
        merging_statement(merging, "SELECT event FROM report_events WHERE report = ? AND event IS NOT NULL");
    if (!select)
        return false;
    bind_int(select, 1, number);
    int row;
    while ((row = merging_step(merging, select)) > 0)
        merging_changed(merging, &merging->events, sqlite3_column_int64(select, 0));
    return row == 0;
}

/* The events of other reports that agree with one of this report and have no head that
 * they agree with: it may have spoken for theirs. */
static bool list_spoken_for(Merging *merging, const MergedReport *report, ReportList *list)
{
    for (size_t i = 0; i < report->facts.event_count; i++) {
        Neighbour thing;
        NeighbourList neighbours = { 0 };
        if (!look(merging, &merging->arena, report->report * MENTIONS + (int64_t)i + 1, &thing, &neighbours))
            return false;
        for (size_t k = 0; k < neighbours.count; k++)
            if (neighbours.items[k].head_points == 0 && neighbours.items[k].id / MENTIONS != report->report)
                *ARENA_PUSH(&merging->arena, list) = neighbours.items[k].id;
    }
    return true;
}

/* Those who followed a head that goes have none now. */
static bool orphan(Merging *merging, int64_t mention)
{
    MergedReport *report = merged_report(merging, mention / MENTIONS);
    if (!report)
        return false;
    report->heads[mention % MENTIONS - 1] = 0;
    return run_with(merging, "UPDATE merge_events SET head = 0, points = 0 WHERE report = ? AND n = ?",
                    mention / MENTIONS, mention % MENTIONS, 0, 0);
}

bool withdraw_events(Merging *merging, int64_t number)
{
    HeadStore store = { merging, look, set_head };
    ReportList followers = { 0 }, spoken_for = { 0 };
    const MergedReport *report = merged_report(merging, number);
    if (!report || !voice_changed(merging, number) || !list_spoken_for(merging, report, &spoken_for) ||
        !list_followers(merging, number, &followers) || !list_report(merging, report, false) ||
        !run_with(merging, "UPDATE report_events SET event = NULL WHERE report = ?", number, 0, 0, 0) ||
        !run_with(merging, "DELETE FROM merge_events WHERE report = ?", number, 0, 0, 0))
        return false;
    for (size_t i = 0; i < followers.count; i++)
        if (!orphan(merging, followers.items[i]))
            return false;
    drop_report(merging, number);
    merging->near = 0;
    for (size_t i = 0; i < spoken_for.count; i++)
        *ARENA_PUSH(&merging->arena, &followers) = spoken_for.items[i];
    return heads_settle(&store, &merging->arena, followers.items, followers.count);
}

/* ---- why --------------------------------------------------------------------------------------- */

static bool compare_with_head(Merging *merging, ArchiveItem item, ArchiveItem *head, Agreement *agreement)
{
    const MergedReport *mine = merged_report(merging, item.report);
    size_t i = (size_t)item.n - 1;
    if (!mine)
        return false;
    if (item.n < 1 || i >= mine->facts.event_count || !mine->heads[i])
        return error_set(merging->error, RELATO_ERROR_INPUT, 0, SIZE_MAX, "report %lld has no event %lld",
                         (long long)item.report, (long long)item.n);
    *head = (ArchiveItem){ mine->heads[i] / MENTIONS, mine->heads[i] % MENTIONS };
    const MergedReport *other = merged_report(merging, head->report);
    if (!other)
        return false;
    const EventFacts *a = &mine->facts.events[i], *b = &other->facts.events[head->n - 1];
    if (a != b)
        *agreement = mine == other ? events_agree_within(a, b) : events_agree(a, b);
    return true;
}

bool archive_agreement(Archive *archive, ArchiveItem item, ArchiveItem *head, Agreement *agreement, Error *error)
{
    memset(agreement, 0, sizeof *agreement);
    if (!merging_of(archive, error))
        return false;
    if (setjmp(archive->merging->escape) == 0)
        return compare_with_head(archive->merging, item, head, agreement);
    return error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
}
