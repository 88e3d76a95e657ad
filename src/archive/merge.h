/* What reports have in common: near-duplicates, entities, events. */
#ifndef RELATO_ARCHIVE_MERGE_H
#define RELATO_ARCHIVE_MERGE_H

#include "archive/agreement.h"
#include "archive/archive.h"

/* Finds out what `report`, which was inserted from `document` in the transaction that
 * is open, has in common with others: reports.head, report_entities.entity and
 * report_events.event. Insertion has set superseded_by for the reports of its address:
 * those where it is set belong to no entity or event. What comes out does not depend
 * on the order of adding. */
bool archive_merge(Archive *archive, int64_t report, const Document *document, Error *error);

/* Brings the rows of `entities` and `events` up to date; before the transaction ends. */
bool archive_merge_settle(Archive *archive, Error *error);

/* Forgets what is held in memory: after a rollback. */
void archive_merge_forget(Archive *archive);

/* Gives the memory of the merging back. */
void archive_merge_close(Archive *archive);

/* An item of a report: the n-th of its entities or events. */
typedef struct ArchiveItem {
    int64_t report, n;
} ArchiveItem;

/* Brings the merged tables up to date after a row of `corrections` came that says
 * that the two items, events or else entities, are one (`same`) or are not. */
bool archive_correct(Archive *archive, bool events, ArchiveItem a, ArchiveItem b, bool same, Error *error);

/* Why an event of a report belongs to the one that it does: `head` is the item that it
 * was compared with, itself if it is that. False and `error`; also if the report counts
 * for nothing. */
bool archive_agreement(Archive *archive, ArchiveItem item, ArchiveItem *head, Agreement *agreement, Error *error);

#endif
