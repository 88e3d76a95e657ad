/* Facts: what an archive keeps of an event of a report to compare it with those of
 * other reports. Plain numbers: who, where, when, how many, in which words. */
#ifndef RELATO_ARCHIVE_FACTS_H
#define RELATO_ARCHIVE_FACTS_H

#include "archive/identity.h"
#include "core/buffer.h"
#include "names/gazetteer.h"

enum { FACTS_PARTICIPANTS = 10, FACTS_FIGURES = 8, FACTS_NAMES = 12, FACTS_WORDS = 32, FACTS_AROUND = 40 };

/* What a participant is (bits of FactsParticipant.flags). */
enum {
    PARTICIPANT_RECIPIENT = 1 << 0,
    PARTICIPANT_COUNTRY = 1 << 1, /* a country as such */
    PARTICIPANT_SPECIFIC = 1 << 2,
    PARTICIPANT_PERSON = 1 << 3,
    PARTICIPANT_GROUP = 1 << 4
};

typedef struct FactsParticipant {
    uint64_t key; /* hash of the identity's; 0: none */
    char country[4], sector[4];
    uint8_t flags;
} FactsParticipant;

typedef struct FactsFigure {
    double value, high;
    uint8_t counts; /* RelatoCounts */
    uint8_t bound;  /* RelatoBound */
} FactsFigure;

typedef struct EventFacts {
    uint8_t type;      /* RelatoEventType */
    uint8_t reality;   /* RelatoReality */
    bool dated;        /* the report tells when */
    bool sure;         /* and it can hardly be the day on which somebody said so, or when something else was */
    uint32_t mode;     /* str_hash of the mode; 0: none */
    uint32_t language; /* str_hash of the code */
    uint32_t trigger;  /* str_hash of the first trigger's lemma */
    int32_t published; /* days since 1970-01-01; INT32_MIN: unknown */
    int32_t from, to;  /* days, both included; if not dated, what the publication leaves open */

    uint64_t place;         /* hash of its identity; 0: none */
    char place_country[4];  /* of the place, "" if none */
    bool place_is_country;  /* no more is known than that */
    bool place_is_division; /* a province or region */
    PlacePoint point;

    FactsParticipant participants[FACTS_PARTICIPANTS];
    FactsFigure figures[FACTS_FIGURES];
    uint64_t names[FACTS_NAMES];   /* identities of specific entities and places in its sentences, sorted */
    uint32_t words[FACTS_WORDS];   /* hashes of its sentences' lemmas, with the language; sorted */
    uint64_t around[FACTS_AROUND]; /* identities of specific entities and places in the report, sorted */
    uint8_t participant_count, figure_count, name_count, word_count, around_count;
} EventFacts;

/* What the events of one report have in common; made once for it. */
typedef struct ReportFacts {
    const Document *document;
    const Gazetteer *gazetteer;
    const Identity *identities; /* (entity_count) */
    int32_t published;          /* days, INT32_MIN: unknown */
    uint64_t around[FACTS_AROUND];
    size_t around_count;
} ReportFacts;

/* Looks at a report that has been read; allocates in `arena`. */
ReportFacts report_facts(Arena *arena, const Document *document, const NameKeys *keys, const Gazetteer *gazetteer);

/* How much an event tells, for the order of heads: 0 much, 1, 2 little. */
int facts_tier(const EventFacts *facts);

/* The facts of the event with this index. */
EventFacts event_facts(Arena *arena, const ReportFacts *report, size_t event);

/* Adds the facts of all events of a report (count, from one report: they have the
 * same surroundings) to `buffer`, in a form that is the same on every machine. */
void facts_write(const EventFacts *facts, size_t count, const ReportFacts *report, Buffer *buffer);

/* What facts_write wrote: the surroundings of the report, and its events in the arena. */
typedef struct StoredFacts {
    EventFacts *events; /* (event_count) */
    size_t event_count;
    uint64_t around[FACTS_AROUND]; /* (around_count) sorted */
    size_t around_count;
} StoredFacts;

/* False if the bytes are no facts. */
bool facts_read(StoredFacts *stored, Arena *arena, Str bytes);

#endif
