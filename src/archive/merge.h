/* What reports have in common: near-duplicates, entities, events. */
#ifndef RELATO_ARCHIVE_MERGE_H
#define RELATO_ARCHIVE_MERGE_H

#include "archive/archive.h"

/* Brings the merged tables (entities, events, event_participants, reports.head)
 * up to date after `report` was inserted from `document`, inside the transaction
 * that inserted it. What comes out does not depend on the order of adding. */
bool archive_merge(Archive *archive, int64_t report, const Document *document, Error *error);

#endif
