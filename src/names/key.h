/* Keys of names: what the spellings of one name in several languages share.
 *
 * A name from another script is written as each language hears it: Khovaev,
 * Jováyev, Khovayev. A name key is what is left when the rules of
 * lexicon/spelling have rewritten each word, the longest form first, in one pass
 * from left to right; initials and particles are left out, and a family name that
 * stands first in its country comes first. Two names with equal keys are the same
 * name; that their bearers are the same person, no key can tell.
 *
 * A key is lower-case words parted by single spaces: "sergei lavrev". It holds
 * for all languages alike. */
#ifndef RELATO_NAMES_KEY_H
#define RELATO_NAMES_KEY_H

#include "language/builder.h"
#include "language/lexicon.h"

enum { KEY_RULE_LONGEST = 11, KEY_WORD_LONGEST = 14, KEY_LETTER_LONGEST = 4 };

/* What may stand beside a form: a bit for each letter from a on, and one for the
 * end of the word. */
enum { KEY_EDGE = 1 << 26 };

/* Rewrites a form where both neighbours fit. */
typedef struct KeyRule {
    uint32_t behind, before;
    uint8_t form_size, becomes_size;
    char form[KEY_RULE_LONGEST], becomes[KEY_RULE_LONGEST];
} KeyRule;

/* A letter that is more than a Latin letter and its accents. */
typedef struct KeyLetter {
    uint32_t code_point;
    char becomes[KEY_LETTER_LONGEST]; /* zero-padded */
} KeyLetter;

/* What a word does in a name (bits of KeyWord.uses; lexicon/README.md). */
enum {
    KEY_PARTICLE = 1 << 0,
    KEY_INNER_PARTICLE = 1 << 1,
    KEY_JOINED = 1 << 2,
    KEY_FAMILY = 1 << 3,
    KEY_SUFFIX = 1 << 4
};

typedef struct KeyWord {
    char form[KEY_WORD_LONGEST + 1]; /* zero-padded */
    uint8_t uses;
} KeyWord;

/* Rules stand in order of their first two letters (none before a), then the
 * longer first, then the narrower. Of the bucket b = 27 * first + (1 + second, or
 * 0), the rules are those from buckets[b] to before buckets[b + 1]. */
enum { KEY_BUCKETS = 26 * 27 };

typedef struct NameKeys {
    const KeyRule *rules;
    const uint16_t *buckets;  /* (KEY_BUCKETS + 1) */
    const KeyLetter *letters; /* (letter_count), by code point */
    const KeyWord *words;     /* (word_count), by form */
    size_t letter_count, word_count;
} NameKeys;

/* The part of the lexicon's compilation that reads lexicon/spelling. */
void keys_compile(LexiconBuilder *builder);

/* The rules of a compiled lexicon; they are the same in that of every language. */
NameKeys keys_open(const Lexicon *lexicon);

/* The key of a name, in the arena, ended by a zero byte; empty if the name has no
 * letters or digits. Takes time and memory in proportion to the name. */
Str name_key(Arena *arena, const NameKeys *keys, Str name);

/* True if the names behind two keys can be those of one person: equal keys, keys
 * equal but for spaces, or the same first and last word with middle names of which
 * one has only some. This is no equivalence (two names may match a third and not
 * each other), so no key can stand for it. */
bool name_keys_match(Str a, Str b);

#endif
