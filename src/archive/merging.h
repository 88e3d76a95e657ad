/* Merging, from the inside: what its files share.
 *
 *     merge.c            a report comes in, goes, and what follows from it
 *     merge_reports.c    near-duplicates: reports.head
 *     merge_entities.c   entities by their identities
 *     merge_events.c     events by their agreement
 *     merge_corrections.c what the user has corrected
 *     merge_sum.c        the rows of entities and events, from all that belongs to them
 *
 * Numbers of merged entities and events are made from what is told, not counted,
 * so that they are the same in whatever order reports come. */
#ifndef RELATO_ARCHIVE_MERGING_H
#define RELATO_ARCHIVE_MERGING_H

#include "archive/archive.h"
#include "archive/facts.h"
#include "archive/heads.h"
#include "archive/merge.h"
#include "archive/similar.h"

/* Events of a report by number: mention = report * MENTIONS + n, n from 1. */
enum { MENTIONS = 65536 };

/* A report as the merging of events sees it. */
typedef struct MergedReport {
    int64_t report;
    int32_t day;   /* published; INT32_MAX: unknown */
    uint64_t hash; /* of its text, address and outlet */
    StoredFacts facts;
    int64_t *heads;            /* (facts.event_count) mentions, 0: not told */
    int *points;               /* how much it agrees with its head */
    struct MergedReport *next; /* in its chain of the cache */
} MergedReport;

enum { CACHE_CHAINS = 4096, CACHE_BYTES = 64 << 20 };

/* A row that is to be summed up anew. */
typedef struct Changed {
    int64_t *items; /* sorted when it is settled */
    size_t count, capacity;
} Changed;

typedef struct CandidateReport {
    int64_t report;
    int size;   /* how many names it has */
    int common; /* how many it shares */
} CandidateReport;

typedef struct CandidateList {
    CandidateReport *items;
    size_t count, capacity;
} CandidateList;

/* What the user has corrected: two items are one, or (split) are not. */
typedef struct Correction {
    bool split, events;
    ArchiveItem a, b;
} Correction;

/* A group that is one with others because the user says so. */
typedef struct Joined {
    int64_t number, root; /* its own, and that of all together */
    int64_t head;         /* of events: the mention that is its head */
} Joined;

typedef struct JoinedList {
    Joined *items; /* malloc'd */
    size_t count, capacity;
} JoinedList;

typedef struct Merging {
    Archive *archive;
    Error *error;
    jmp_buf escape;
    Arena arena;                        /* for the report at hand */
    Arena cached;                       /* for the reports in the cache */
    MergedReport *chains[CACHE_CHAINS]; /* by number */
    int64_t near;                       /* the report whose candidates stand in `candidates`; 0: none */
    CandidateList candidates;           /* in `arena` */
    Changed entities, events;           /* malloc'd */
    Correction *corrections;            /* (correction_count) malloc'd */
    size_t correction_count;
    JoinedList joined_events, joined_entities;
    bool touched; /* a head of joined events changed */
    NameKeys keys;
} Merging;

/* The merging of an archive, made if need be; NULL and `error`. */
Merging *merging_of(Archive *archive, Error *error);

/* The number of an event whose head is the n-th of a report, and of an entity; at
 * most 52 bits, so that every program can hold it. */
int64_t event_number(uint64_t report_hash, int64_t n);
int64_t entity_number(Str key, Str country);

/* Notes that a row is to be summed up anew. */
void merging_changed(Merging *merging, Changed *changed, int64_t number);

/* The statement of this text; NULL and the merging's error. */
sqlite3_stmt *merging_statement(Merging *merging, const char *sql);
bool merging_run(Merging *merging, sqlite3_stmt *statement);
int merging_step(Merging *merging, sqlite3_stmt *statement);

/* Numbers, in the merging's arena. */
typedef struct ReportList {
    int64_t *items;
    size_t count, capacity;
} ReportList;

/* Adds the numbers that a statement with one value gives; false on an error. */
bool merging_list(Merging *merging, const char *sql, int64_t number, ReportList *list);

/* ---- near-duplicates ------------------------------------------------------------------ */

/* Finds the group of a report whose row in merge_reports is there; *others lists the
 * reports whose head changed (in the arena). */
bool merge_duplicates(Merging *merging, int64_t report, const Signature *signature, ReportList *others);

/* Takes a report out of its group. */
bool withdraw_duplicate(Merging *merging, int64_t report, ReportList *others);

/* ---- entities ------------------------------------------------------------------------- */

bool merge_entities(Merging *merging, int64_t report, uint64_t hash, const Document *document,
                    const Identity *identities);
bool withdraw_entities(Merging *merging, int64_t report);

/* The number of an item's entity before corrections; 0 if there is no such item. */
bool entity_of_item(Merging *merging, ArchiveItem item, int64_t *entity);

/* Looks again at all that is of one entity with an item. */
bool merge_entities_again(Merging *merging, ArchiveItem item);

/* ---- events --------------------------------------------------------------------------- */

/* The report with its facts, from the cache or the archive; NULL and the error. */
MergedReport *merged_report(Merging *merging, int64_t report);

bool merge_events(Merging *merging, int64_t report);
bool withdraw_events(Merging *merging, int64_t report);

/* Looks again whose an event is. */
bool merge_event_again(Merging *merging, ArchiveItem item);

/* All of a report's events are to be summed up anew: it speaks with another voice now,
 * or somebody in it turned out to be somebody else. */
bool voice_changed(Merging *merging, int64_t report);

/* ---- corrections ---------------------------------------------------------------------- */

bool corrections_load(Merging *merging);

/* True if the user has parted the two items. */
bool correction_parts(const Merging *merging, bool events, ArchiveItem a, ArchiveItem b);

/* True if the user has taken the item out of a group. */
bool correction_isolates(const Merging *merging, bool events, ArchiveItem item);

/* The number that stands for all that are joined with `number`. */
int64_t joined_root(const JoinedList *list, int64_t number);

/* Notes that an event went from one number to another; what is joined must follow. */
void corrections_touch(Merging *merging, ArchiveItem item, int64_t before, int64_t now);

/* Brings joined events up to date. */
bool corrections_rejoin(Merging *merging);

/* ---- sums ----------------------------------------------------------------------------- */

bool sum_entity(Merging *merging, int64_t entity);
bool sum_event(Merging *merging, int64_t event);

#endif
