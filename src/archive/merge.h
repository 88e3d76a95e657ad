/* What reports have in common: near-duplicates, entities, events. */
#ifndef RELATO_ARCHIVE_MERGE_H
#define RELATO_ARCHIVE_MERGE_H

#include "archive/archive.h"

/* Brings the merged tables (entities, events, event_participants, reports.head)
 * up to date after `report` was inserted from `document`, inside the transaction
 * that inserted it. Insertion has set superseded_by for the reports of its address:
 * those where it is set belong to no entity or event. What comes out does not
 * depend on the order of adding. */
bool archive_merge(Archive *archive, int64_t report, const Document *document, Error *error);

/* An item of a report: the n-th of its entities or events. */
typedef struct ArchiveItem {
    int64_t report, n;
} ArchiveItem;

/* Brings the merged tables up to date after a row of `corrections` came that says
 * that the two items, events or else entities, are one (`same`) or are not. */
bool archive_correct(Archive *archive, bool events, ArchiveItem a, ArchiveItem b, bool same, Error *error);

#endif
