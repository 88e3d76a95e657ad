/* What a rule for figures gives, as it lies in the lexicon image. */
#ifndef RELATO_QUANTITY_QUANTITY_LEXICON_H
#define RELATO_QUANTITY_QUANTITY_LEXICON_H

#include "language/pattern.h"
#include "quantity/quantity.h"

typedef struct QuantityResult {
    uint32_t bound, counts; /* templates; an empty bound is "exactly", empty counts are found out */
    uint32_t nothing;       /* what the rule matches is no figure */
} QuantityResult;

#endif
