/* Points for and against two events being one. */
#include "archive/agreement.h"

#include <stdlib.h>

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

static int larger(int a, int b)
{
    return a > b ? a : b;
}

/* Number of values that two sorted sets share. */
static int common_64(const uint64_t *a, size_t a_count, const uint64_t *b, size_t b_count)
{
    int common = 0;
    for (size_t i = 0, k = 0; i < a_count && k < b_count;) {
        common += a[i] == b[k];
        uint64_t x = a[i], y = b[k];
        i += x <= y;
        k += y <= x;
    }
    return common;
}

static int common_32(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count)
{
    int common = 0;
    for (size_t i = 0, k = 0; i < a_count && k < b_count;) {
        common += a[i] == b[k];
        uint32_t x = a[i], y = b[k];
        i += x <= y;
        k += y <= x;
    }
    return common;
}

static bool contains(const uint64_t *set, size_t count, uint64_t value)
{
    return value && common_64(set, count, &value, 1) == 1;
}

/* ---- type, mode, reality ------------------------------------------------------------ */

/* Types under which one happening is told: a riot is a protest to one report and an
 * assault to the next, an abduction an arrest, troops sent as help a mobilisation.
 * With a mode it is only that of the type before it. */
static const struct {
    uint8_t a;
    const char *mode;
    uint8_t b;
    int points;
} kinships[] = {
    { RELATO_ASSAULT, "abduct", RELATO_COERCE, 6 }, { RELATO_COERCE, "seize", RELATO_ASSAULT, 4 },
    { RELATO_ASSAULT, NULL, RELATO_PROTEST, 2 },    { RELATO_MOBILIZE, "weapons", RELATO_ASSAULT, 6 },
    { RELATO_MOBILIZE, "troops", RELATO_AID, 6 },   { RELATO_AID, NULL, RELATO_COOPERATE, 6 },
    { RELATO_AID, NULL, RELATO_SUPPORT, 4 },        { RELATO_AGREE, NULL, RELATO_COOPERATE, 6 },
    { RELATO_AGREE, NULL, RELATO_AID, 4 },          { RELATO_AGREE, NULL, RELATO_CONSULT, 2 },
    { RELATO_AGREE, NULL, RELATO_SUPPORT, 2 },      { RELATO_COOPERATE, NULL, RELATO_CONSULT, 2 },
    { RELATO_RETREAT, NULL, RELATO_CONCEDE, 6 },    { RELATO_SANCTION, "expel", RELATO_RETREAT, 6 },
    { RELATO_REQUEST, NULL, RELATO_THREATEN, 2 },
};

enum { KINSHIPS = sizeof kinships / sizeof *kinships };

static bool is_kin(size_t i, const EventFacts *a, const EventFacts *b)
{
    return kinships[i].a == a->type && kinships[i].b == b->type &&
           (!kinships[i].mode || str_hash(str_of(kinships[i].mode)) == a->mode);
}

static int type_points(const EventFacts *a, const EventFacts *b)
{
    if (a->type == b->type)
        return 10;
    for (size_t i = 0; i < KINSHIPS; i++)
        if (is_kin(i, a, b) || is_kin(i, b, a))
            return kinships[i].points;
    return IMPOSSIBLE;
}

void types_compatible(uint8_t type, int types[TYPES_COMPATIBLE])
{
    size_t count = 0;
    types[count++] = type;
    for (size_t i = 0; i < KINSHIPS && count < TYPES_COMPATIBLE; i++) {
        int other = kinships[i].a == type ? kinships[i].b : kinships[i].b == type ? kinships[i].a : -1;
        bool there = other < 0;
        for (size_t k = 0; k < count && !there; k++)
            there = types[k] == other;
        if (!there)
            types[count++] = other;
    }
    while (count < TYPES_COMPATIBLE)
        types[count++] = -1;
}

static int mode_points(const EventFacts *a, const EventFacts *b)
{
    if (!a->mode || !b->mode || a->type != b->type)
        return 0;
    return a->mode == b->mode ? 6 : -8;
}

/* What is said to have happened and what is denied are one; what is asked for or
 * feared need not be what happened. */
static int reality_points(const EventFacts *a, const EventFacts *b)
{
    bool a_open = a->reality == RELATO_POSSIBLE, b_open = b->reality == RELATO_POSSIBLE;
    if (a_open != b_open)
        return -3;
    return (a->reality == RELATO_PLANNED) != (b->reality == RELATO_PLANNED) ? -4 : 0;
}

/* ---- when ------------------------------------------------------------------------------ */

/* Days between two spans of days; 0 if they overlap. */
static int gap(const EventFacts *a, const EventFacts *b)
{
    int64_t apart = a->from > b->to ? (int64_t)a->from - b->to : b->from > a->to ? (int64_t)b->from - a->to : 0;
    return apart > 10000 ? 10000 : (int)apart;
}

/* News of its day. */
static bool is_fresh(const EventFacts *facts)
{
    return facts->published != INT32_MIN && facts->to >= facts->published - 1;
}

static int both_dated(const EventFacts *a, const EventFacts *b)
{
    int apart = gap(a, b), width = larger(a->to - a->from, b->to - b->from);
    if (apart == 0)
        return width == 0 ? 15 : width <= 7 ? 8 : 4;
    if (apart == 1)
        return -6;
    if (is_fresh(a) && is_fresh(b) && apart >= 2)
        return -60; /* today's attack is not that of the day before yesterday */
    /* What is told of an earlier day may have been given the day of its report. */
    const EventFacts *later = a->from > b->to ? a : b, *earlier = later == a ? b : a;
    if (earlier->sure && !later->sure && apart <= 45)
        return -6;
    return apart <= 3 ? -14 : apart <= 7 ? -20 : IMPOSSIBLE;
}

/* True if both were done to one person who is named. */
static bool same_victim(const EventFacts *a, const EventFacts *b)
{
    enum { VICTIM = PARTICIPANT_RECIPIENT | PARTICIPANT_PERSON | PARTICIPANT_SPECIFIC };
    for (size_t i = 0; i < a->participant_count; i++)
        for (size_t k = 0; k < b->participant_count; k++)
            if ((a->participants[i].flags & b->participants[k].flags & VICTIM) == VICTIM && a->participants[i].key &&
                a->participants[i].key == b->participants[k].key)
                return true;
    return false;
}

/* Nobody is killed twice, and hardly arrested twice within weeks: the days must be read wrongly. */
static int dated_points(const EventFacts *a, const EventFacts *b)
{
    int points = both_dated(a, b);
    bool forceful = a->type == b->type && (a->type == RELATO_ASSAULT || a->type == RELATO_COERCE);
    return points < -12 && forceful && gap(a, b) <= 45 && same_victim(a, b) ? -12 : points;
}

/* The longer ago, the less likely a report tells it without a date. */
static int one_dated(const EventFacts *dated, const EventFacts *other)
{
    if (other->published == INT32_MIN)
        return 0;
    if (gap(dated, other) > 60)
        return IMPOSSIBLE;
    int lag = other->published - dated->to, ahead = dated->from - other->published;
    if (ahead > 0)
        return ahead == 1 || other->to > other->published ? -1 : ahead <= 3 ? -12 : IMPOSSIBLE;
    return lag <= 2 ? 4 : lag <= 7 ? 1 : lag <= 30 ? -3 : -10;
}

static int none_dated(const EventFacts *a, const EventFacts *b)
{
    if (a->published == INT32_MIN || b->published == INT32_MIN)
        return 0;
    int apart = abs(a->published - b->published);
    return apart <= 1 ? 4 : apart <= 3 ? 2 : apart <= 7 ? 0 : apart <= 14 ? -4 : apart <= 30 ? -10 : IMPOSSIBLE;
}

static int date_points(const EventFacts *a, const EventFacts *b)
{
    if (a->dated && b->dated)
        return dated_points(a, b);
    if (!a->dated && !b->dated)
        return none_dated(a, b);
    return a->dated ? one_dated(a, b) : one_dated(b, a);
}

/* ---- where ------------------------------------------------------------------------------- */

/* Two places within one country. A province is where its towns are, at a distance
 * that the gazetteer's middle of it tells. */
static int distance_points(const EventFacts *a, const EventFacts *b, bool *specific)
{
    if (!a->point.known || !b->point.known)
        return 0;
    double kilometres = gazetteer_distance(a->point, b->point);
    if (a->place_is_division != b->place_is_division)
        return kilometres < 250 ? 4 : -10;
    *specific |= kilometres < 25;
    return kilometres < 25 ? 8 : kilometres < 60 ? -2 : -12;
}

/* One tells the place, the other does not: is it spoken of there? */
static int spoken_of(const EventFacts *placed, const EventFacts *other, bool *specific)
{
    if (placed->place_is_country)
        return 0;
    if (contains(other->names, other->name_count, placed->place)) {
        *specific = true;
        return 15;
    }
    return contains(other->around, other->around_count, placed->place) ? 4 : 0;
}

static int place_points(const EventFacts *a, const EventFacts *b, bool *specific)
{
    if (!a->place && !b->place)
        return 0;
    if (!a->place || !b->place)
        return a->place ? spoken_of(a, b, specific) : spoken_of(b, a, specific);
    if (a->place == b->place) {
        *specific |= !a->place_is_country;
        return a->place_is_country ? 3 : 15;
    }
    /* Reports name several places; which of them it was is easily mistaken. */
    if (contains(a->names, a->name_count, b->place) || contains(b->names, b->name_count, a->place))
        return 6;
    if (strcmp(a->place_country, b->place_country) != 0)
        return a->place_country[0] && b->place_country[0] ? -12 : 0;
    return a->place_is_country || b->place_is_country ? 3 : distance_points(a, b, specific);
}

/* ---- who ----------------------------------------------------------------------------------- */

static int same_participant(const FactsParticipant *a, bool *specific)
{
    *specific |= (a->flags & PARTICIPANT_SPECIFIC) != 0;
    return a->flags & PARTICIPANT_SPECIFIC ? 16 : 10;
}

/* How two participants agree: the same one, one that contains the other (a country
 * its government and army), one of the same kind, or others. */
static int participant_points(const FactsParticipant *a, const FactsParticipant *b, bool *specific)
{
    if (a->key && a->key == b->key)
        return same_participant(a, specific);
    bool countries = a->country[0] && b->country[0], same_country = countries && strcmp(a->country, b->country) == 0;
    bool sectors = a->sector[0] && b->sector[0], same_sector = sectors && strcmp(a->sector, b->sector) == 0;
    uint8_t both = a->flags & b->flags, either = a->flags ^ b->flags;
    if (both & PARTICIPANT_PERSON && both & PARTICIPANT_SPECIFIC)
        return -12;
    if (countries && !same_country)
        return -12;
    if (same_country && ((a->flags | b->flags) & PARTICIPANT_COUNTRY))
        return 8;
    if (both & PARTICIPANT_SPECIFIC)
        return same_sector ? -3 : -12;
    if (same_sector)
        return same_country ? 6 : 4;
    return either & PARTICIPANT_PERSON && either & PARTICIPANT_GROUP ? -8 : sectors ? -2 : 0;
}

/* The participants of one side: those with the flag RECIPIENT as `recipient` says. */
static bool on_side(const FactsParticipant *participant, int recipient)
{
    return recipient < 0 || ((participant->flags & PARTICIPANT_RECIPIENT) != 0) == recipient;
}

/* The best agreement of any two of a side: reports name some of many. */
static int side_points(const EventFacts *a, const EventFacts *b, int recipient, bool *specific)
{
    int best = IMPOSSIBLE;
    bool best_specific = false;
    for (size_t i = 0; i < a->participant_count; i++)
        for (size_t k = 0; k < b->participant_count; k++) {
            if (!on_side(&a->participants[i], recipient) || !on_side(&b->participants[k], recipient))
                continue;
            bool rare = false;
            int points = participant_points(&a->participants[i], &b->participants[k], &rare);
            if (points > best) {
                best = points;
                best_specific = rare;
            }
        }
    *specific |= best_specific;
    return best == IMPOSSIBLE ? 0 : best;
}

/* Those of a meeting or an agreement are all alike. Each of `few` should be one of
 * the others: who met somebody else was at another meeting. */
static int mutual_side(const EventFacts *few, const EventFacts *many, bool *specific)
{
    int sum = 0;
    for (size_t i = 0; i < few->participant_count; i++) {
        int best = IMPOSSIBLE;
        for (size_t k = 0; k < many->participant_count; k++)
            best = larger(best, participant_points(&few->participants[i], &many->participants[k], specific));
        sum += best == IMPOSSIBLE ? 0 : best;
    }
    return sum;
}

static int mutual_points(const EventFacts *a, const EventFacts *b, bool *specific)
{
    /* With as many on both sides the order of a and b must not matter. */
    int from_a = a->participant_count <= b->participant_count ? mutual_side(a, b, specific) : IMPOSSIBLE;
    int from_b = b->participant_count <= a->participant_count ? mutual_side(b, a, specific) : IMPOSSIBLE;
    return smaller(from_a == IMPOSSIBLE ? from_b : from_b == IMPOSSIBLE ? from_a : smaller(from_a, from_b), 25);
}

static bool is_mutual(const EventFacts *facts)
{
    return facts->type == RELATO_CONSULT || facts->type == RELATO_AGREE || facts->type == RELATO_COOPERATE;
}

/* ---- how many, in which words -------------------------------------------------------------- */

static int two_figures(const FactsFigure *x, const FactsFigure *y, bool *specific)
{
    double ratio = x->value > y->value ? x->value / y->value : y->value / x->value;
    *specific |= ratio == 1 && x->value > 12;
    return ratio == 1 ? (x->value > 12 ? 18 : 8) : ratio <= 1.5 ? 6 : ratio > 4 ? -6 : 0;
}

/* Counts of one kind: equal ones agree, the more so if they are large; tolls grow, but not manyfold. */
static int figure_points(const EventFacts *a, const EventFacts *b, bool *specific)
{
    int best = IMPOSSIBLE;
    for (size_t i = 0; i < a->figure_count; i++)
        for (size_t k = 0; k < b->figure_count; k++) {
            const FactsFigure *x = &a->figures[i], *y = &b->figures[k];
            if (x->counts == y->counts && x->value > 1 && y->value > 1)
                best = larger(best, two_figures(x, y, specific));
        }
    return best == IMPOSSIBLE ? 0 : best;
}

/* Names in the sentences of both, but for those that have counted as place or participants. */
static int name_points(const EventFacts *a, const EventFacts *b, bool *specific)
{
    int common = 0;
    for (size_t i = 0; i < a->name_count; i++) {
        uint64_t name = a->names[i];
        bool counted = name == a->place || name == b->place;
        for (size_t k = 0; k < a->participant_count && !counted; k++)
            counted = a->participants[k].key == name;
        for (size_t k = 0; k < b->participant_count && !counted; k++)
            counted = b->participants[k].key == name;
        common += !counted && contains(b->names, b->name_count, name);
    }
    *specific |= common > 0;
    return common ? smaller(8 + 4 * common, 18) : 0;
}

static int word_points(const EventFacts *a, const EventFacts *b)
{
    if (a->language != b->language || !a->word_count || !b->word_count)
        return 0;
    int common = common_32(a->words, a->word_count, b->words, b->word_count);
    int shorter = smaller(a->word_count, b->word_count);
    int points = 2 * common >= shorter ? 12 : 4 * common >= shorter ? 8 : 0;
    return points + (a->trigger && a->trigger == b->trigger ? 5 : 0);
}

/* Reports of one affair name the same people and places. */
static int around_points(const EventFacts *a, const EventFacts *b, bool *specific)
{
    int common = common_64(a->around, a->around_count, b->around, b->around_count);
    if (common == 0)
        return a->around_count >= 4 && b->around_count >= 4 ? -20 : 0;
    *specific |= common >= 2;
    return smaller(4 * common, 12);
}

/* What is said or agreed is told by who does it; what is done to people often is not. */
static bool is_spoken(const EventFacts *facts)
{
    switch (facts->type) {
    case RELATO_ACCUSE:
    case RELATO_REQUEST:
    case RELATO_REJECT:
    case RELATO_SUPPORT:
    case RELATO_THREATEN:
    case RELATO_CONSULT:
    case RELATO_AGREE:
        return true;
    default:
        return false;
    }
}

static void add_participant_points(const EventFacts *a, const EventFacts *b, int *points, bool *specific)
{
    if (is_mutual(a) && is_mutual(b)) {
        points[EVIDENCE_ACTORS] = mutual_points(a, b, specific);
    } else {
        points[EVIDENCE_ACTORS] = side_points(a, b, 0, specific);
        points[EVIDENCE_RECIPIENTS] = side_points(a, b, 1, specific);
    }
    if (is_spoken(a) && points[EVIDENCE_ACTORS] < 8)
        points[EVIDENCE_ACTORS] -= 8;
}

Agreement events_agree(const EventFacts *a, const EventFacts *b)
{
    Agreement agreement = { 0 };
    int *points = agreement.points;
    bool *specific = &agreement.specific;
    points[EVIDENCE_TYPE] = type_points(a, b);
    points[EVIDENCE_DATE] = points[EVIDENCE_TYPE] == IMPOSSIBLE ? 0 : date_points(a, b);
    if (points[EVIDENCE_TYPE] != IMPOSSIBLE && points[EVIDENCE_DATE] != IMPOSSIBLE) {
        points[EVIDENCE_MODE] = mode_points(a, b);
        points[EVIDENCE_REALITY] = reality_points(a, b);
        points[EVIDENCE_PLACE] = place_points(a, b, specific);
        add_participant_points(a, b, points, specific);
        points[EVIDENCE_FIGURES] = figure_points(a, b, specific);
        points[EVIDENCE_NAMES] = name_points(a, b, specific);
        points[EVIDENCE_WORDS] = word_points(a, b);
        points[EVIDENCE_AROUND] = around_points(a, b, specific);
    }
    for (size_t i = 0; i < EVIDENCE_COUNT; i++)
        agreement.total += points[i];
    agreement.same = agreement.specific && agreement.total >= AGREEMENT_ENOUGH;
    return agreement;
}

Agreement events_agree_within(const EventFacts *a, const EventFacts *b)
{
    Agreement agreement = events_agree(a, b);
    static const EvidenceKind of_report[] = { EVIDENCE_NAMES, EVIDENCE_WORDS, EVIDENCE_AROUND };
    for (size_t i = 0; i < sizeof of_report / sizeof *of_report; i++) {
        agreement.total -= agreement.points[of_report[i]];
        agreement.points[of_report[i]] = 0;
    }
    agreement.same = agreement.total >= AGREEMENT_ENOUGH && agreement.points[EVIDENCE_PLACE] >= 15 &&
                     agreement.points[EVIDENCE_DATE] >= 15 && agreement.points[EVIDENCE_ACTORS] >= 0 &&
                     agreement.points[EVIDENCE_RECIPIENTS] >= 0 && agreement.points[EVIDENCE_MODE] >= 0;
    return agreement;
}

const char *evidence_name(EvidenceKind kind)
{
    static const char *const names[] = { "type",       "mode",    "reality", "date",  "place", "actors",
                                         "recipients", "figures", "names",   "words", "around" };
    return names[kind];
}
