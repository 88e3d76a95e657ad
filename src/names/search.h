/* The search for names in one document: what the parts of this stage share.
 *
 *     match.c     finds the names of the lexicon and decides what they mean
 *     unknown.c   finds names that the lexicon does not have
 *     places.c    finds out which of these are places, and where they are
 *     unnamed.c   finds participants without a name
 *     judge.c     lets the trained tagger decide, by the evidence of evidence.c
 *     explain.c   tells where all that comes from
 *     making.h    what makes entities of them, codes them and joins their mentions
 */
#ifndef RELATO_NAMES_SEARCH_H
#define RELATO_NAMES_SEARCH_H

#include "core/buffer.h"
#include "document/document.h"
#include "names/atoms.h"
#include "names/names_lexicon.h"
#include "names/tagger.h"

/* A name of the lexicon found in the text. */
typedef struct Match {
    uint32_t first, count; /* atoms */
    uint32_t node;         /* of the trie, where it ends */
    uint32_t entry;        /* what it means; RELATO_NONE while undecided */
    bool dropped;          /* it is part of another name */
} Match;

/* What tells the type of a name that the lexicon does not have. */
typedef enum NameReason {
    REASON_CAPITALS, /* nothing else */
    REASON_FIRST,    /* a head that names begin with */
    REASON_LAST,     /* a head that names end with */
    REASON_PLACE,    /* a common noun for a place before it */
    REASON_OFFICE,   /* an office beside it */
    REASON_GIVEN,    /* it begins with a given name */
    REASON_NOUN,     /* a common noun for something else before it */
    REASON_AGE,      /* an age behind it */
    REASON_ACRONYM,  /* it is short and in capitals */
    REASON_LOCATIVE, /* a preposition of place before it */
    REASON_WEIGHTS   /* the trained tagger, by all that together */
} NameReason;

/* A name that the lexicon does not have, and what tells of it. */
typedef struct Unknown {
    uint32_t first, count; /* tokens */
    Span span;
    RelatoEntityType type;
    const NameHead *head;        /* gives its type or office; NULL: none */
    Span role;                   /* the office as written; empty if none */
    const GazetteerPlace *place; /* which place it is; NULL: none that is known */
    NameReason reason;           /* for its type */
} Unknown;

/* A participant without a name. */
typedef struct Unnamed {
    uint32_t first, count; /* tokens of the phrase, without article */
    uint32_t noun;         /* token of its head */
    const NameHead *head;
    bool article;  /* it has a definite article */
    bool definite; /* and nothing else that tells who is meant: "the newspaper" */
} Unnamed;

/* What is known of an atom. */
typedef struct AtomNote {
    uint32_t match;     /* 1 + match that covers it, 0: none */
    uint32_t adjective; /* 1 + entry whose adjective begins here */
    uint32_t head;      /* node of the longest head that begins here, 0: none */
    uint32_t mention;   /* node of the longest form of a participant without a name that begins here */
    uint8_t adjective_count, head_count, mention_count; /* atoms that they take */
} AtomNote;

/* How often a country is spoken of. */
typedef struct Vote {
    Str country;
    uint32_t count;
} Vote;

typedef struct Search {
    Document *document;
    const Names *names;
    const Gazetteer *gazetteer;
    Atoms atoms;
    AtomNote *notes;      /* (atom count) */
    uint32_t *token_atom; /* (token_count + 1): first atom of each token */
    struct {
        Match *items;
        size_t count, capacity;
    } matches;
    struct {
        Unknown *items;
        size_t count, capacity;
    } unknown;
    struct {
        Unnamed *items;
        size_t count, capacity;
    } unnamed;
    struct {
        Vote *items;
        size_t count, capacity;
    } votes;
    size_t next_time; /* first time expression that unknown_names has not passed */
    Str home;         /* country of the outlet; empty if unknown */
    int32_t day;      /* of publication, since 1970-01-01; INT32_MAX if unknown */
} Search;

typedef struct Case {
    bool first_upper; /* begins with a capital letter */
    bool all_upper;   /* two letters or more, no small one */
} Case;

Case case_of(Str s);

/* Finds matches, adjectives and heads: fills matches, notes and token_atom. */
void match_names(Search *search);

/* The n-th entry that a match can mean, RELATO_NONE behind the last. */
uint32_t match_candidate(const Search *search, const Match *match, uint32_t n);

/* The first entry that a match can mean. */
const NameEntry *match_first_entry(const Search *search, const Match *match);

/* Decides which entry each match means, by the countries that the report speaks of. */
void match_decide(Search *search);

/* The country or place that is named from an atom on, before the atom `limit`,
 * whatever else is: RELATO_NONE if there is none, else its entry; *count atoms. */
uint32_t match_place(const Search *search, size_t atom, size_t limit, uint32_t *count);

/* Finds names that the lexicon does not have, and drops matches inside them. */
void unknown_names(Search *search);

/* The first of the tokens [first, end) that is no title or adjective before a name, and
 * before a person's no word of an office: of "President X" the second, of "Justicia X"
 * behind "ministro de" too. `end` if there is none. The sentence begins at `begin`. */
size_t unknown_front(const Search *search, size_t first, size_t end, size_t begin, bool person);

/* A name of tokens [first, end) in the sentence of tokens [begin, limit), known to
 * be of a type, with what stands in and beside it: its head and office. */
Unknown unknown_describe(const Search *search, size_t first, size_t end, size_t begin, size_t limit,
                         RelatoEntityType type);

/* True if a preposition of place, of one word or several, ends before the token in its
 * sentence, which begins at token `begin`. */
bool search_locative(const Search *search, size_t token, size_t begin);

/* True if the token has the capital of a name: at its head, or behind a small
 * word joined to it, as in "al-Assad". */
bool search_capital(const Search *search, size_t token);

/* Where the name or noun in a token ends: before a clitic, as in "Korea's". */
uint32_t search_name_end(const Search *search, size_t token);

/* True if all words of the sentence are in capitals: there they tell nothing. */
bool search_shouts(const Search *search, const Sentence *sentence);

/* Lets a trained tagger decide, by all evidence, what of the proposed names are
 * names, where they begin and end, and what they are. Nothing happens without one. */
void names_judge(Search *search, const NamesTagger *tagger);

/* Looks the unknown names up in the gazetteer: makes places of those that are, and
 * decides which ones they are. Needs the votes of match_decide, and adds to them. */
void places_locate(Search *search);

/* Finds participants without a name in the trees. */
void unnamed_participants(Search *search);

/* Tells in plain lines where all that was found comes from (explain.c). */
void search_explain(const Search *search, Buffer *out);

/* How often the report speaks of a country. */
uint32_t search_votes(const Search *search, Str country);

/* Counts one more mention of a country, whose bytes outlive the search; none if it is empty. */
void search_vote(Search *search, Str country);

/* A string of the lexicon. */
Str search_string(const Search *search, uint32_t offset);

/* The longest head that begins at an atom, if it has one of the uses; else NULL. */
const NameHead *search_head(const Search *search, size_t atom, unsigned uses);

/* The text of an atom. */
Str search_atom(const Search *search, size_t index);

/* The term of a person at the date of the report; NULL outside all terms. With
 * no date known the last term counts. */
const NameTerm *search_term(const Search *search, const NameEntry *entry);

/* The country that something without one belongs to: the one that the report
 * speaks of most, else the outlet's own; empty if neither is known. */
Str search_country(const Search *search);

/* The country whose places the sentence of a span names, or else the one before it in
 * the paragraph, if it names those of one alone; empty otherwise. */
Str search_country_near(const Search *search, Span span);

/* The country of a report that speaks of hardly any other: where most of what it
 * names is. Empty if there is none such. */
Str search_dominant(const Search *search);

#endif
