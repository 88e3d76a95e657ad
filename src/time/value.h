/* The values of time expressions: from what a rule says ("now-1W", "XXXX-03-12")
 * to TIMEX3 values of TimeML 1.2.1 and the days they stand for. */
#ifndef RELATO_TIME_VALUE_H
#define RELATO_TIME_VALUE_H

#include "core/date.h"
#include "core/str.h"

/* How finely a moment is known, from coarse to fine. */
typedef enum Level {
    LEVEL_NONE,
    LEVEL_CENTURY,
    LEVEL_DECADE,
    LEVEL_YEAR,
    LEVEL_HALF,
    LEVEL_QUARTER,
    LEVEL_SEASON,
    LEVEL_MONTH,
    LEVEL_WEEK,
    LEVEL_WEEKEND,
    LEVEL_DAY
} Level;

typedef struct Moment {
    Level level; /* LEVEL_NONE: unknown */
    int year;    /* of a century its number from 0 (19 for the 1900s), of a decade 199 for the 1990s */
    int part;    /* half, quarter, season (1 spring), month, week of the ISO year */
    int day;     /* of the month */
} Moment;

/* Which of the moments that fit "March" or "Friday" is meant, seen from now. */
typedef enum Direction {
    DIRECTION_PAST,   /* the last one, this one included */
    DIRECTION_FUTURE, /* the next one, this one included */
    DIRECTION_LAST,   /* the last one before this one */
    DIRECTION_NEXT,   /* the next one after this one */
    DIRECTION_NEAR    /* the nearest one, not more than three months ahead */
} Direction;

/* What an expression is relative to: the day of publication and what the text
 * has mentioned before, the last moment of each level. LEVEL_NONE: unknown. */
typedef struct Anchors {
    Moment now;
    Moment mentioned[LEVEL_DAY + 1];
    unsigned order[LEVEL_DAY + 1]; /* which of them came last: the highest */
    unsigned count;
} Anchors;

/* Notes that a moment was mentioned. */
void anchors_mention(Anchors *anchors, Moment moment);

/* Resolves the expression `text` (docs/rules.md: "Values") against the anchors. Returns its TIMEX3 value
 * (in the arena or a part of `text`); *moment is what it stands for, of
 * LEVEL_NONE if that is not known or it is no point in time. */
Str value_resolve(Arena *arena, Str text, const Anchors *anchors, Direction direction, Moment *moment);

/* True if the expression compares with a moment mentioned before ("a year
 * earlier"); what it leads to is no anchor for what follows. */
bool value_compares(Str text);

/* True if `text` is an expression that value_resolve knows. */
bool value_valid(Str text);

/* First and last day of a moment. False for LEVEL_NONE and years beyond 1 to 9999. */
bool moment_days(Moment moment, Date *from, Date *to);

#endif
