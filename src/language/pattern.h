/* Patterns over tokens: the rule engine. A stage's rules are rows of a
 * tab-separated file; each has a pattern and whatever else the stage wants to
 * know (docs/rules.md tells the language). The builder compiles the patterns
 * of a file and the word classes that they name into one set of the lexicon
 * image; a Matcher finds them in the tokens of a document.
 *
 * A pattern has no loops, so it compiles into a directed acyclic graph of
 * nodes. Rules are indexed by the words, marks and shapes that can begin them.
 * From one token on a rule visits each of its nodes at most once for each
 * distance, PATTERN_REACH at most: the time is linear in the text, whatever it is.
 */
#ifndef RELATO_LANGUAGE_PATTERN_H
#define RELATO_LANGUAGE_PATTERN_H

#include "document/document.h"
#include "language/builder.h"
#include "language/lexicon.h"

enum {
    PATTERN_REACH = 32,   /* tokens that one match may span, context included */
    PATTERN_CAPTURES = 12 /* captures of one match */
};

/* ---- what is compiled ------------------------------------------------------ */

typedef enum PatternOp {
    PATTERN_MATCH,      /* the end */
    PATTERN_SPLIT,      /* goes on at `argument`, and at `next` */
    PATTERN_OPEN,       /* the extent begins */
    PATTERN_CLOSE,      /* the extent ends */
    PATTERN_NOT,        /* none of the `low` nodes from `argument` on matches here */
    PATTERN_NOT_BEFORE, /* none of them matches the token before */
    PATTERN_WORD,       /* the word with id `argument` */
    PATTERN_CLASS,      /* a member of class `argument` */
    PATTERN_MARK,       /* a mark of kind `argument` whose value is in [low, high] */
    PATTERN_SHAPE,      /* a token whose letters fit the string `argument` */
    PATTERN_ANY         /* any token */
} PatternOp;

/* Tests of a consuming node (bits of PatternNode.flags). */
enum {
    PATTERN_CAPITAL = 1 << 0, /* the first token begins with a capital letter */
    PATTERN_SMALL = 1 << 1,   /* it does not */
    PATTERN_DIGITS = 1 << 2,  /* the mark is written in digits */
    PATTERN_WORDS = 1 << 3,   /* the mark is written in words */
    PATTERN_TIGHT = 1 << 4,   /* no space before the token */
    PATTERN_PLAIN = 1 << 5    /* the mark is one token of digits without any sign */
};

typedef struct PatternNode {
    uint8_t op; /* PatternOp */
    uint8_t flags;
    uint16_t reserved;
    uint32_t argument; /* word, class, kind, string, node */
    int32_t low, high;
    uint32_t capture; /* string: name of what it matches, 0: none */
    uint32_t next;    /* node */
} PatternNode;

typedef struct PatternRule {
    uint32_t start;               /* node */
    uint32_t pass;                /* rules of pass 2 see what pass 1 marked, and so on */
    uint32_t name, pattern, file; /* strings, for explanations */
    uint32_t line;
} PatternRule;

/* A form of a word class. Sorted by first word, then longest first. */
typedef struct ClassEntry {
    uint32_t word; /* its first word */
    uint32_t class_id;
    uint32_t tail, tail_count; /* further words, in "tails" */
    uint32_t value;            /* string */
} ClassEntry;

/* "*mente": a form that is an ending. */
typedef struct ClassSuffix {
    uint32_t class_id, suffix, value;
} ClassSuffix;

/* Where in entries and starts those of a word begin (those of the next end them). */
typedef struct PatternIndex {
    uint32_t entry, start;
} PatternIndex;

/* A rule that a mark of this kind, or a token with these bits of its shape, can begin. */
typedef struct PatternStart {
    uint32_t of, rule;
} PatternStart;

/* What the token behind a rule's first one can be: a set of word ids modulo
 * PATTERN_WORD_BITS, and of traits that a token may have. Most rules that begin
 * with an article are refused by a look at it. */
enum { PATTERN_WORD_BITS = 256 };

enum {
    PATTERN_AFTER_MARK = 1 << 0,    /* a mark begins there */
    PATTERN_AFTER_DIGITS = 1 << 1,  /* it has digits */
    PATTERN_AFTER_LETTERS = 1 << 2, /* it has letters */
    PATTERN_AFTER_ANY = 1 << 3      /* whatever it is, even none */
};

typedef struct PatternAfter {
    uint64_t words[PATTERN_WORD_BITS / 64];
    uint32_t traits, reserved;
} PatternAfter;

/* A rule that a word can begin, and what can follow. */
typedef struct PatternWordStart {
    uint32_t rule, reserved;
    PatternAfter after;
} PatternWordStart;

/* ---- building ---------------------------------------------------------------- */

/* Rows of a rule file as the builder takes them. */
typedef struct PatternSource {
    const TsvRow *row; /* for messages */
    Str name, pattern;
    uint32_t pass; /* from 1 */
} PatternSource;

/* Reads the word classes that patterns name, columns class, form, value, from the
 * files of `pattern` (builder_read). */
TsvTable pattern_classes(LexiconBuilder *builder, const char *pattern);

/* Compiles rules and word classes into the set `name` (6 bytes at most).
 * `classes` is as pattern_classes gives it. Rule k of the set
 * is sources[k]; one that has a mistake (which is reported) never matches, nor
 * does one whose name begins with "$": it is a part for others' patterns. */
void pattern_build(LexiconBuilder *builder, const char *name, const TsvTable *classes, const PatternSource *sources,
                   size_t count);

/* Whether the pattern of a source can name a capture `name`, for checking templates. */
bool pattern_captures(Str pattern, Str name);

/* ---- matching ---------------------------------------------------------------- */

typedef struct PatternSet {
    const Lexicon *lexicon;
    const PatternNode *nodes;
    const PatternRule *rules;
    const ClassEntry *entries;
    const ClassSuffix *suffixes;
    const uint32_t *tails;
    const PatternIndex *index;      /* by word id */
    const PatternWordStart *starts; /* rules by first word */
    const PatternStart *mark_starts;
    const PatternStart *shape_starts; /* rules that begin with a shape, a suffix or any token */
    const uint32_t *classes, *kinds;  /* their names: strings */
    size_t node_count, rule_count, entry_count, suffix_count, tail_count, index_count, start_count, mark_start_count,
        shape_start_count, class_count, kind_count;
    uint32_t passes; /* highest pass of a rule */
} PatternSet;

/* The set `name` of a lexicon. False if it has none. */
bool pattern_set_open(PatternSet *set, const Lexicon *lexicon, const char *name);

/* Ids of a class and of a kind of marks in the set; RELATO_NONE if no rule names it. */
uint32_t pattern_class(const PatternSet *set, const char *name);
uint32_t pattern_kind(const PatternSet *set, const char *name);

/* Something known of a stretch of tokens that patterns can refer to: a numeral,
 * a date found by an earlier pass, an entity. */
typedef struct Mark {
    uint32_t first, count; /* tokens */
    uint32_t kind;         /* of the set */
    uint32_t next;         /* mark that begins at the same token, 1 + index; 0: none */
    uint32_t item;         /* the caller's */
    bool digits, plain;    /* written in digits; these alone in one token */
    double value;          /* for ranges, and for {name} if there is no text */
    Str text;              /* what {name} stands for; empty: the value */
} Mark;

typedef struct PatternCapture {
    uint32_t name;               /* string */
    uint32_t first, count;       /* tokens */
    uint32_t mark;               /* 1 + index; 0: a word */
    uint32_t value;              /* string of the class entry; 0: none */
    uint32_t sub_start, sub_end; /* bytes of the token, for parts of a shape; else 0, 0 */
} PatternCapture;

typedef struct PatternMatch {
    uint32_t first, count; /* tokens of the extent */
    uint32_t from, to;     /* tokens with context, half-open */
    uint32_t rule;
    uint32_t capture_count;
    PatternCapture *captures;
} PatternMatch;

typedef struct PatternMatches {
    PatternMatch *items;
    size_t count, capacity;
} PatternMatches;

typedef struct Matcher {
    const PatternSet *set;
    const Document *document;
    uint32_t *mark_heads; /* (token_count) 1 + index of the first mark there; 0: none */
    struct {
        Mark *items;
        size_t count, capacity;
    } marks;
    PatternMatches *refused;     /* NULL, or where matches go that do not stand, for explanations */
    struct PatternVisit *visits; /* (node_count) */
    uint32_t generation;
} Matcher;

/* A matcher of the document's tokens, in its arena. */
void matcher_init(Matcher *matcher, const PatternSet *set, Document *document);

/* Adds a mark; one of kind RELATO_NONE, which no rule names, is left out. */
void matcher_mark(Matcher *matcher, Mark mark);

/* Adds the document's numerals as marks of the kinds "cardinal", "ordinal",
 * "fraction", "vague"; those with an upper end ("20 a 30 mil") also as "range". */
void matcher_mark_numerals(Matcher *matcher);

/* Finds the matches of the rules of `pass` in tokens [first, end), and adds to
 * `matches` those that stand: the one that begins first, of these the longest,
 * of these the one with the most context, of these the first in the file; none
 * overlaps another. */
void matcher_find(Matcher *matcher, uint32_t pass, size_t first, size_t end, PatternMatches *matches);

/* Keeps of matches (of several passes, say) those that stand: as above, the
 * later pass before the most context. */
void matcher_select(const Matcher *matcher, PatternMatches *matches);

/* The length of the longest member of a class that begins at the token (within
 * `end`), 0 if none does; *value (may be NULL) is its value. */
size_t matcher_class(const Matcher *matcher, uint32_t class_id, size_t token, size_t end, Str *value);

/* The capture with this name, or NULL. */
const PatternCapture *pattern_capture(const Matcher *matcher, const PatternMatch *match, Str name);

/* The bytes of the text that the capture matched. */
Span pattern_span(const Matcher *matcher, const PatternCapture *capture);

/* What {name} stands for: of a class its value, of a mark its text or value, of
 * a word the word. */
Str pattern_text(const Matcher *matcher, const PatternCapture *capture);

/* Fills a template: "{name}" is pattern_text of the capture; "{name:2}" fills
 * it up with zeros to two digits; "{name:y}" is a year of which perhaps the century
 * is left out; "{name+12}", "{name-1}", "{name*10}", "{name/10}" (whole numbers)
 * calculate. A capture that did not match gives nothing. */
Str pattern_fill(const Matcher *matcher, const PatternMatch *match, Str template);

/* Adds lines that tell of a match: its words, the rule and where it stands, what
 * each capture matched; and which matches gave way to it, if the matcher kept
 * those that were refused. */
void pattern_explain(const Matcher *matcher, const PatternMatch *match, Buffer *out);

#endif
