/* The numeral layer: numbers as written - digits, words or both - and their values. */
#ifndef RELATO_NUMBER_NUMBER_H
#define RELATO_NUMBER_NUMBER_H

#include "document/document.h"
#include "language/builder.h"
#include "language/knowledge.h"

/* What a word does in a numeral: the column "kind" of numbers.tsv. */
typedef enum NumberKind {
    NUMBER_UNIT,       /* zero to nine */
    NUMBER_TEEN,       /* ten to nineteen, and what else takes no unit: "veintitrés" */
    NUMBER_TEN,        /* twenty, thirty … */
    NUMBER_HUNDRED,    /* "duzentos" */
    NUMBER_TIMES,      /* "hundred": multiplies a number below a hundred */
    NUMBER_MULTIPLIER, /* thousand, million … */
    NUMBER_ALONE,      /* "mil": a multiplier that needs nothing before it */
    NUMBER_SUFFIX,     /* the same, written to the digits: "1.5bn" */
    NUMBER_COLLECTIVE, /* "dúzia", "centena": multiplies, and takes "of" before what follows */
    NUMBER_PLURAL,     /* "dezenas", "dozens": a collective that alone means at least two of it */
    NUMBER_HALF,       /* "meio", "half" */
    NUMBER_ARTICLE,    /* "um", "a": one before a multiplier or a collective, else no number */
    NUMBER_SEVERAL,    /* "várias": at least two before a multiplier or a collective */
    NUMBER_AND,
    NUMBER_OF,
    NUMBER_RANGE,          /* "20 a 30 mil" */
    NUMBER_BETWEEN,        /* "entre 20 e 30 mil" */
    NUMBER_ORDINAL,        /* "terceiro", "vigésimo" */
    NUMBER_ORDINAL_SUFFIX, /* "º", "rd" */
    NUMBER_FRACTION,       /* "terço": the value is the divisor */
    NUMBER_GROUP,          /* the sign between groups of three digits: ".", ",", "space" */
    NUMBER_DECIMAL,        /* the sign before the decimals */
    NUMBER_KIND_COUNT
} NumberKind;

/* The builder's part: reads LANGUAGE/numbers.tsv (form, value, kind). */
void number_compile(LexiconBuilder *builder);

/* The stage: fills the numerals from the tokens. */
void number_stage(Document *document, const Language *language);

/* The value of digits with the language's separators; negative if `s` is no such thing. */
double number_of_digits(const Lexicon *lexicon, Str s);

#endif
