/* Agreement: whether two reports' events are one happening, and why.
 *
 * Each thing that two events tell gives points for or against, in tenths; the sum
 * decides. The points follow what the likelihoods of Fellegi and Sunter ("A theory
 * for record linkage", 1969) follow: agreement counts the more the rarer it is by
 * chance (a town more than a country), contradiction the more the rarer it is in
 * reports of one happening. They depend on the two events alone, so that the same
 * two always agree, whatever else an archive holds. */
#ifndef RELATO_ARCHIVE_AGREEMENT_H
#define RELATO_ARCHIVE_AGREEMENT_H

#include "archive/facts.h"

typedef enum EvidenceKind {
    EVIDENCE_TYPE,
    EVIDENCE_MODE,
    EVIDENCE_REALITY,
    EVIDENCE_DATE,
    EVIDENCE_PLACE,
    EVIDENCE_ACTORS,
    EVIDENCE_RECIPIENTS,
    EVIDENCE_FIGURES,
    EVIDENCE_NAMES,
    EVIDENCE_WORDS,
    EVIDENCE_AROUND,
    EVIDENCE_COUNT
} EvidenceKind;

typedef struct Agreement {
    bool same;                  /* one happening */
    int total;                  /* sum of the points */
    int points[EVIDENCE_COUNT]; /* in tenths, below 0: against */
    bool specific;              /* something agrees that few events share */
} Agreement;

/* What the sum must reach. */
enum { AGREEMENT_ENOUGH = 28, IMPOSSIBLE = -1000 };

/* Compares two events of different reports. Symmetric. */
Agreement events_agree(const EventFacts *a, const EventFacts *b);

/* Compares two events of one report, which has kept them apart: what is told of one
 * day and one town, by or of the same, is one happening after all. Symmetric. */
Agreement events_agree_within(const EventFacts *a, const EventFacts *b);

/* Most types that can be one happening with a type, itself first; -1 fills up. */
enum { TYPES_COMPATIBLE = 8 };
void types_compatible(uint8_t type, int types[TYPES_COMPATIBLE]);

/* "type", "date" …: for output; zero-ended, static. */
const char *evidence_name(EvidenceKind kind);

#endif
