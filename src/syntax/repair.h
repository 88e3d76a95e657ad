/* Repairs of lemmas: forms that training never showed get lemmas that no verb has,
 * "suspendir" of "suspendieron", "golp" of "golpes". Where the lexicon does not know a
 * lemma, the rules of LANGUAGE/lemmas.tsv are tried until they lead to one that it knows. */
#ifndef RELATO_SYNTAX_REPAIR_H
#define RELATO_SYNTAX_REPAIR_H

#include "document/document.h"
#include "language/builder.h"
#include "language/lexicon.h"

typedef enum RepairUse {
    REPAIR_ENDING,     /* the end of a verb's lemma */
    REPAIR_STEM,       /* the last vowels of a verb's stem */
    REPAIR_NOUN,       /* the end of a noun's lemma */
    REPAIR_PARTICIPLE, /* the end of a participle's lemma that is taken for an adjective */
    REPAIR_USE_COUNT
} RepairUse;

typedef struct Repair {
    uint32_t form, becomes; /* strings */
    uint32_t use;           /* RepairUse */
} Repair;

typedef struct Repairs {
    const Lexicon *lexicon;
    const Repair *items; /* (count) in the order in which they are tried */
    size_t count;
} Repairs;

void repairs_compile(LexiconBuilder *builder);

Repairs repairs_open(const Lexicon *lexicon);

/* Id of the lemma that the rules make of one, folded, that the lexicon does not know; 0
 * if they lead to none that it knows. */
uint32_t repaired_lemma(const Repairs *repairs, const Word *word, Str folded, bool bare);

#endif
