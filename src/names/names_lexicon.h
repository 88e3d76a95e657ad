/* The names of lexicon/world in the compiled lexicon: entries, their terms of
 * office, and a trie over the atoms of every form of every name.
 *
 *     roots   (word id + 1)        node of the names that begin with the word, 0: none
 *     edges   (a power of two)     hash table: (node, word) -> node
 *     nodes   (node count)         the forms that end there
 *     forms   (form count)         which entry or head a form belongs to
 *
 * The words of lexicon/LANGUAGE/heads.tsv, which tell what a name is, stand in
 * the same trie. */
#ifndef RELATO_NAMES_NAMES_LEXICON_H
#define RELATO_NAMES_NAMES_LEXICON_H

#include "language/builder.h"
#include "language/lexicon.h"
#include "names/gazetteer.h"

/* What an entry is more closely (lexicon/README.md). */
typedef enum NameKind {
    KIND_NONE,
    KIND_COUNTRY,
    KIND_TERRITORY,
    KIND_FORMER,
    KIND_BREAKAWAY,
    KIND_CAPITAL,
    KIND_CITY,
    KIND_REGION,
    KIND_CONTINENT,
    KIND_AREA,
    KIND_WATER,
    KIND_SEAT,
    KIND_IGO,
    KIND_NGO,
    KIND_GOVERNMENT,
    KIND_MILITARY,
    KIND_PARTY,
    KIND_ARMED,
    KIND_COURT,
    KIND_PARLIAMENT,
    KIND_POLICE,
    KIND_OUTLET,
    KIND_COMPANY,
    KIND_UNION,
    KIND_OTHER,
    KIND_PEOPLE,
    KIND_BLOC,
    KIND_LEADER,
    KIND_COUNT
} NameKind;

typedef struct NameEntry {
    uint32_t id, country, sector; /* strings of the lexicon */
    uint32_t is;                  /* string: id of what it is in its country (supreme-court), or its own */
    uint32_t name;                /* the preferred name in the language */
    uint8_t type;                 /* RelatoEntityType */
    uint8_t kind;                 /* NameKind */
    uint32_t first_term, term_count;
    PlacePoint point; /* places: where it is */
} NameEntry;

/* A term of office; of a place or organisation: when it was. */
/* Offices that tell who is meant by "the president" (bits of NameTerm.offices, NameHead.offices). */
enum {
    OFFICE_HEAD_OF_STATE = 1 << 1,
    OFFICE_HEAD_OF_GOVERNMENT = 1 << 2,
    OFFICE_FOREIGN_MINISTER = 1 << 3,
    OFFICE_LEADER = 1 << 4,
    OFFICE_ANY = 1 << 5 /* heads: a word for whoever holds some office, "the official" */
};

typedef struct NameTerm {
    int32_t since, until;     /* days since 1970-01-01, INT32_MIN and INT32_MAX if open */
    uint32_t country, sector; /* strings */
    uint32_t offices;         /* bits of those held */
    uint32_t file, line;      /* where its row stands; file is a string */
} NameTerm;

typedef enum NameFormKind {
    FORM_NAME,
    FORM_ADJECTIVE, /* an adjective or demonym of the entry */
    FORM_HEAD,      /* `entry` is the position of a head */
    FORM_MENTION    /* the same, for the use `mention`, which must not hide the other uses */
} NameFormKind;

typedef struct NameForm {
    uint32_t entry;
    uint32_t form; /* string: as written, for its capitals */
    uint32_t kind; /* NameFormKind */
} NameForm;

/* What a head does (bits of NameHead.uses; lexicon/README.md). */
enum {
    HEAD_TITLE = 1 << 0,
    HEAD_NAME = 1 << 1,
    HEAD_LAST = 1 << 2,
    HEAD_BEFORE = 1 << 3,
    HEAD_LOCATIVE = 1 << 4,
    HEAD_LINK = 1 << 5,
    HEAD_ORGANISATION_LINK = 1 << 6,
    HEAD_MENTION = 1 << 7,
    HEAD_NONE = 1 << 8,
    HEAD_ARTICLE = 1 << 9,
    HEAD_GOVERNMENT = 1 << 10
};

typedef struct NameHead {
    uint32_t sector; /* string */
    uint16_t uses;
    uint8_t type;    /* RelatoEntityType */
    uint8_t offices; /* which of them the word can mean */
    uint32_t file, line;
} NameHead;

/* What a word can be in a person's name (bits of Names.persons). */
enum { PERSON_GIVEN = 1 << 0, PERSON_FAMILY = 1 << 1 };

typedef struct NameNode {
    uint32_t first_form, form_count;
} NameNode;

typedef struct NameEdge {
    uint32_t node, word, next; /* next 0: free slot */
} NameEdge;

typedef struct Names {
    const Lexicon *lexicon;
    const NameEntry *entries;
    const NameTerm *terms;
    const NameForm *forms;
    const NameNode *nodes;
    const NameEdge *edges;
    const uint32_t *roots;
    const NameHead *heads;
    const uint8_t *persons; /* (person_count) by word id */
    size_t head_count, person_count;
    size_t entry_count, term_count, form_count, node_count, edge_slots, root_count;
} Names;

/* The part of the lexicon's compilation that reads lexicon/world. */
void names_compile(LexiconBuilder *builder);

/* The names of a compiled lexicon. */
Names names_open(const Lexicon *lexicon);

/* The node behind `node` (0: the root) by a word; 0 if no name goes on so. */
uint32_t names_step(const Names *names, uint32_t node, uint32_t word);

#endif
