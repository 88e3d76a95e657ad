/* What a rule for time expressions gives, as it lies in the lexicon image. */
#ifndef RELATO_TIME_TIME_LEXICON_H
#define RELATO_TIME_TIME_LEXICON_H

#include "language/pattern.h"
#include "time/time.h"
#include "time/value.h"

enum {
    TIME_NOTHING = 4, /* TimeResult.type: what the rule matches is no time expression */
    /* TimeResult.direction, beyond Direction: future if the words around tell so, */
    DIRECTION_TENSE = 5,     /* else past; what a part of the match says comes first */
    DIRECTION_TENSE_NEAR = 6 /* else near */
};

typedef struct TimeResult {
    uint32_t value, mod; /* templates (pattern_fill) */
    uint32_t until;      /* template for a second expression in the same words, empty if there is none: the words
                          * of the captures a and z are then those of the two */
    uint32_t mark;       /* kind of the mark that later passes see; RELATO_NONE: no rule asks for it */
    uint8_t type;        /* RelatoTimeType, or TIME_NOTHING */
    uint8_t direction;   /* Direction, or DIRECTION_TENSE */
    uint16_t reserved;
} TimeResult;

#endif
