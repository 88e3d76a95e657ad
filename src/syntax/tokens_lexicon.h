/* What tokenisation knows of a language: lexicon/LANGUAGE/tokens.tsv,
 * abbreviations.tsv, contractions.tsv and clitics.tsv, compiled and looked up. */
#ifndef RELATO_SYNTAX_TOKENS_LEXICON_H
#define RELATO_SYNTAX_TOKENS_LEXICON_H

#include "language/builder.h"
#include "language/lexicon.h"

/* What a form is (bits of TokenForm.classes); lexicon/README.md explains them. */
enum {
    TOKEN_WHOLE = 1 << 0,          /* never split */
    TOKEN_PREFIX = 1 << 1,         /* stays with what follows its hyphen */
    TOKEN_ELISION = 1 << 2,        /* a token that ends with an apostrophe */
    TOKEN_UNIT = 1 << 3,           /* a token of its own behind a number */
    TOKEN_CURRENCY = 1 << 4,       /* letters and sign are one token */
    TOKEN_DOMAIN = 1 << 5,         /* last part of the name of a site */
    TOKEN_GROUP = 1 << 6,          /* signs that are one token: ":)" */
    TOKEN_OPENER = 1 << 7,         /* with a capital it opens a sentence even behind an abbreviation */
    TOKEN_SPLIT = 1 << 8,          /* sign that parts words: "-", "/", "²" */
    TOKEN_JOIN = 1 << 9,           /* sign that stays with the number before it: "%" */
    TOKEN_TITLE = 1 << 10,         /* abbreviation before a name: ends no sentence */
    TOKEN_BEFORE_NUMBER = 1 << 11, /* abbreviation only before a number */
    TOKEN_ABBREVIATION = 1 << 12,  /* any other: may end a sentence */
    TOKEN_LAST = 1 << 13,          /* abbreviation whose full stop also ends the sentence if a capital follows */
    TOKEN_CONTRACTION = 1 << 14,   /* see words */
    TOKEN_SMALL = 1 << 15,         /* the sources have it with a small first letter; */
    TOKEN_CAPITAL = 1 << 16        /* with a capital */
};

/* A form that is something to tokenisation; section "tokens.forms". */
typedef struct TokenForm {
    uint32_t form; /* string: folded */
    uint32_t classes;
    uint32_t words;         /* string: the words of a contraction, parted by spaces */
    uint32_t first_pattern; /* of the words around, by which it is no contraction; */
    uint32_t pattern_count; /* in section "tokens.patterns": strings */
} TokenForm;

/* Words at the end of a token; section "tokens.suffixes", in the order of the
 * sources, those with the same form together. */
typedef struct TokenSuffix {
    uint32_t form;    /* string: "-lhe", "se", "n't" */
    uint32_t words;   /* string: the words parted by spaces; empty: the token stays whole */
    uint32_t after;   /* string: what the host ends with; "^" before it: what it is */
    uint32_t becomes; /* string: what that end is in the host's own form */
} TokenSuffix;

/* Slot of the hash table of suffix forms; section "tokens.index", a power of two. */
typedef struct TokenSuffixSlot {
    uint32_t hash;         /* of the form's bytes from the last to the first */
    uint32_t first, count; /* in suffixes; count 0: free slot */
} TokenSuffixSlot;

/* The sections of one lexicon. */
typedef struct TokensLexicon {
    const Lexicon *lexicon;
    const TokenForm *forms;
    const uint32_t *form_of_word; /* (word_count) 1 + index in forms, 0: none */
    const uint32_t *patterns;
    const TokenSuffix *suffixes;
    const TokenSuffixSlot *slots;
    size_t word_count, slot_count;
    bool splits_hyphen, splits_slash, splits_superscript, joins_percent;
} TokensLexicon;

/* Reads the four files and adds the sections. */
void tokens_compile(LexiconBuilder *builder);

TokensLexicon tokens_lexicon(const Lexicon *lexicon);

/* What is known of a word with this id and folded form; NULL if nothing. */
const TokenForm *tokens_form(const TokensLexicon *lexicon, uint32_t word, Str folded);

/* Classes of a folded form; 0 if there are none. */
uint32_t tokens_classes(const TokensLexicon *lexicon, Str folded);

/* The rule for the longest suffix of the folded token whose conditions hold - of
 * one suffix the last in the sources, so that a user's files overrule - or NULL. */
const TokenSuffix *tokens_suffix(const TokensLexicon *lexicon, Str folded);

/* Whether a contraction is none between the folded words `before` and `after`
 * (empty: no word, or none that counts). */
bool tokens_uncontracted(const TokensLexicon *lexicon, const TokenForm *form, Str before, Str after);

#endif
