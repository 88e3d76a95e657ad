/* What the user has corrected. A correction is kept by the text and the place of two
 * items, so that it holds whatever else is added. Of two events or entities that are
 * one, the groups that they belong to are one; of two that are not, the second
 * stands alone. */
#include <stdlib.h>

#include "archive/hash.h"
#include "archive/merge.h"
#include "archive/merging.h"

static bool is_item(ArchiveItem a, ArchiveItem b)
{
    return a.report == b.report && a.n == b.n;
}

/* ---- groups --------------------------------------------------------------------------- */

static void add_joined(Merging *merging, JoinedList *list, int64_t number, int64_t head)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].number == number)
            return;
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? 2 * list->capacity : 16;
        Joined *items = realloc(list->items, capacity * sizeof *items);
        if (!items)
            longjmp(merging->escape, 1);
        list->items = items;
        list->capacity = capacity;
    }
    list->items[list->count++] = (Joined){ number, number, head };
}

int64_t joined_root(const JoinedList *list, int64_t number)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].number == number)
            return list->items[i].root;
    return number;
}

/* The smallest number of a group is that of all. */
static void join(Merging *merging, JoinedList *list, int64_t a, int64_t a_head, int64_t b, int64_t b_head)
{
    add_joined(merging, list, a, a_head);
    add_joined(merging, list, b, b_head);
    int64_t x = joined_root(list, a), y = joined_root(list, b), root = x < y ? x : y;
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].root == x || list->items[i].root == y)
            list->items[i].root = root;
}

/* ---- loading ---------------------------------------------------------------------------- */

/* The report with a text: the current one, if there are several the first; 0 if it is not there. */
static int64_t report_of_text(Merging *merging, Str id)
{
    sqlite3_stmt *select = merging_statement(
        merging, "SELECT report FROM reports WHERE id = ? ORDER BY superseded_by IS NOT NULL, url, outlet LIMIT 1");
    if (!select)
        return 0;
    bind_str(select, 1, id);
    int64_t report = merging_step(merging, select) > 0 ? sqlite3_column_int64(select, 0) : 0;
    sqlite3_reset(select);
    return report;
}

static bool add_correction(Merging *merging, const Correction *correction)
{
    Correction *list = realloc(merging->corrections, (merging->correction_count + 1) * sizeof *list);
    if (!list)
        longjmp(merging->escape, 1);
    list[merging->correction_count++] = *correction;
    merging->corrections = list;
    return true;
}

static bool read_corrections(Merging *merging)
{
    sqlite3_stmt *select =
        merging_statement(merging, "SELECT kind, what, a_id, a_n, b_id, b_n FROM corrections ORDER BY correction");
    int row;
    merging->correction_count = 0;
    if (!select)
        return false;
    while ((row = merging_step(merging, select)) > 0) {
        Correction correction = {
            .split = str_equal(column_str(select, 0), STR("split")),
            .events = str_equal(column_str(select, 1), STR("event")),
            .a = { report_of_text(merging, column_str(select, 2)), sqlite3_column_int64(select, 3) },
            .b = { report_of_text(merging, column_str(select, 4)), sqlite3_column_int64(select, 5) },
        };
        if (correction.a.report && correction.b.report)
            add_correction(merging, &correction);
    }
    return row == 0;
}

/* The head of an event and its number; 0 if it has none. */
static bool find_head(Merging *merging, ArchiveItem item, int64_t *head, int64_t *number)
{
    sqlite3_stmt *select = merging_statement(merging, "SELECT e.head, r.hash FROM merge_events e JOIN merge_reports r "
                                                      "ON r.report = e.head / 65536 WHERE e.report = ? AND e.n = ?");
    *head = *number = 0;
    if (!select)
        return false;
    bind_int(select, 1, item.report);
    bind_int(select, 2, item.n);
    int row = merging_step(merging, select);
    if (row > 0) {
        *head = sqlite3_column_int64(select, 0);
        *number = event_number((uint64_t)sqlite3_column_int64(select, 1), *head % MENTIONS);
    }
    sqlite3_reset(select);
    return row >= 0;
}

/* The events that corrections make one, as their heads are now. */
static bool join_events(Merging *merging)
{
    merging->joined_events.count = 0;
    for (size_t i = 0; i < merging->correction_count; i++) {
        const Correction *correction = &merging->corrections[i];
        int64_t a_head, a, b_head, b;
        if (!correction->events || correction->split)
            continue;
        if (!find_head(merging, correction->a, &a_head, &a) || !find_head(merging, correction->b, &b_head, &b))
            return false;
        if (a && b)
            join(merging, &merging->joined_events, a, a_head, b, b_head);
    }
    return true;
}

static bool join_entities(Merging *merging)
{
    merging->joined_entities.count = 0;
    for (size_t i = 0; i < merging->correction_count; i++) {
        const Correction *correction = &merging->corrections[i];
        int64_t a, b;
        if (correction->events || correction->split)
            continue;
        if (!entity_of_item(merging, correction->a, &a) || !entity_of_item(merging, correction->b, &b))
            return false;
        if (a && b)
            join(merging, &merging->joined_entities, a, 0, b, 0);
    }
    return true;
}

bool corrections_load(Merging *merging)
{
    return read_corrections(merging) && join_events(merging) && join_entities(merging);
}

/* ---- asking ------------------------------------------------------------------------------- */

bool correction_parts(const Merging *merging, bool events, ArchiveItem a, ArchiveItem b)
{
    for (size_t i = 0; i < merging->correction_count; i++) {
        const Correction *correction = &merging->corrections[i];
        if (correction->split && correction->events == events &&
            ((is_item(correction->a, a) && is_item(correction->b, b)) ||
             (is_item(correction->a, b) && is_item(correction->b, a))))
            return true;
    }
    return false;
}

bool correction_isolates(const Merging *merging, bool events, ArchiveItem item)
{
    for (size_t i = 0; i < merging->correction_count; i++)
        if (merging->corrections[i].split && merging->corrections[i].events == events &&
            is_item(merging->corrections[i].b, item))
            return true;
    return false;
}

void corrections_touch(Merging *merging, ArchiveItem item, int64_t before, int64_t now)
{
    for (size_t i = 0; i < merging->correction_count && !merging->touched; i++)
        merging->touched = is_item(merging->corrections[i].a, item) || is_item(merging->corrections[i].b, item);
    for (size_t i = 0; i < merging->joined_events.count && !merging->touched; i++)
        merging->touched =
            merging->joined_events.items[i].number == before || merging->joined_events.items[i].number == now;
}

/* ---- joined events -------------------------------------------------------------------------- */

/* All that belong to a head are told the number of their event. */
static bool tell_followers(Merging *merging, int64_t head, int64_t event)
{
    sqlite3_stmt *update = merging_statement(merging, "UPDATE report_events SET event = ?1 WHERE (report, n) IN "
                                                      "(SELECT report, n FROM merge_events WHERE head = ?2)");
    if (!update)
        return false;
    bind_int(update, 1, event);
    bind_int(update, 2, head);
    return merging_run(merging, update);
}

/* Each head its own event, or with `joined` that of its group. */
static bool tell_all(Merging *merging, bool joined)
{
    for (size_t i = 0; i < merging->joined_events.count; i++) {
        const Joined *item = &merging->joined_events.items[i];
        if (!tell_followers(merging, item->head, joined ? item->root : item->number))
            return false;
        merging_changed(merging, &merging->events, item->number);
        merging_changed(merging, &merging->events, item->root);
    }
    return true;
}

bool corrections_rejoin(Merging *merging)
{
    if (!merging->touched)
        return true;
    merging->touched = false;
    return tell_all(merging, false) && join_events(merging) && tell_all(merging, true);
}

/* ---- a correction is made ------------------------------------------------------------------------ */

static bool correct_events(Merging *merging, ArchiveItem a, ArchiveItem b, bool same)
{
    if (!tell_all(merging, false) || !corrections_load(merging))
        return false;
    if (!same && (!merge_event_again(merging, a) || !merge_event_again(merging, b)))
        return false;
    return join_events(merging) && tell_all(merging, true);
}

static bool correct(Merging *merging, bool events, ArchiveItem a, ArchiveItem b, bool same)
{
    arena_reset(&merging->arena);
    merging->near = 0;
    if (events)
        return correct_events(merging, a, b, same);
    return corrections_load(merging) && merge_entities_again(merging, a) && merge_entities_again(merging, b);
}

bool archive_correct(Archive *archive, bool events, ArchiveItem a, ArchiveItem b, bool same, Error *error)
{
    if (!merging_of(archive, error))
        return false;
    if (setjmp(archive->merging->escape) == 0)
        return correct(archive->merging, events, a, b, same) && archive_merge_settle(archive, error);
    return error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
}
