/* The event lexicon (docs/events.md) as it is compiled, and its compiler. */
#ifndef RELATO_EVENT_EVENT_LEXICON_H
#define RELATO_EVENT_EVENT_LEXICON_H

#include "language/builder.h"
#include "language/lexicon.h"
#include "language/phrase.h"

typedef enum SlotKind {
    SLOT_PREPOSITION, /* the phrase tells which */
    SLOT_SUBJECT,
    SLOT_OBJECT,
    SLOT_INDIRECT,
    SLOT_ADJECTIVE,
    SLOT_POSSESSIVE,
    SLOT_COMPOUND,
    SLOT_ADVERB,
    SLOT_PARTICLE,
    SLOT_CLAUSE,
    SLOT_INFINITIVE,
    SLOT_HEAD,
    SLOT_ANY,
    SLOT_KIND_COUNT
} SlotKind;

typedef struct Slot {
    uint32_t kind; /* SlotKind */
    Phrase phrase; /* of a preposition */
} Slot;

/* A place to look for a participant or a condition's word: `count` slots, each of
 * the word that stands in the one before. */
typedef struct Path {
    uint32_t slot, count; /* in "event.slots" */
} Path;

/* A path among those of a participant; `joined`: its entities are taken beside those of the path before. */
typedef struct Choice {
    Path path;
    uint32_t joined;
} Choice;

typedef struct Choices {
    uint32_t first, count; /* in "event.choices"; first is RELATO_NONE where nothing is said */
} Choices;

typedef enum ConditionKind {
    CONDITION_FILLED, /* something stands there */
    CONDITION_WORDS,  /* a word of the class or an entity of the kinds */
    CONDITION_BOUND,  /* likewise, and it belongs to the trigger */
    CONDITION_REFLEXIVE,
    CONDITION_PASSIVE,
    CONDITION_PLURAL
} ConditionKind;

/* Kinds of entities: bit k for the k-th PLOVER sector, then these. */
enum {
    ENTITY_PERSON = 32,
    ENTITY_ORGANISATION,
    ENTITY_PLACE,
    ENTITY_GROUP,
    ENTITY_COUNTRY,
    ENTITY_ANY, /* who can act */
    ENTITY_CODE /* and on: the codes of plover_nonstate */
};

typedef struct Condition {
    uint64_t entities;      /* mask of kinds; 0: no entity will do */
    uint32_t class_id;      /* RELATO_NONE: no word will do */
    uint32_t kind, negated; /* ConditionKind */
    Path path;
    uint32_t reserved;
} Condition;

/* What an anchor may be (bits of Pattern.parts). */
enum { PART_VERB = 1 << 0, PART_NOUN = 1 << 1, PART_ADJECTIVE = 1 << 2 };
enum { PART_COUNT = 3 };

enum { REALITY_OPEN = 255 }; /* not told by the pattern */

typedef struct Pattern {
    uint64_t contexts;                   /* mask of contexts that the words tell */
    uint32_t condition, condition_count; /* in "event.conditions" */
    Choices actor, recipient;            /* else the frame's */
    uint32_t frame;
    uint8_t parts, type, mode, reality; /* reality: RelatoReality or REALITY_OPEN */
    uint32_t text, file, line;          /* strings, for explanations */
    uint32_t reserved;
} Pattern;

typedef struct Frame {
    uint32_t name;  /* string */
    uint32_t parts; /* for which there is a row */
    struct FrameRow {
        Choices actor, recipient;
        uint32_t recipient_first;
    } rows[PART_COUNT]; /* verb, noun, adjective */
} Frame;

/* An anchor: sorted by its first word, then as the patterns are to be tried. */
typedef struct Anchor {
    Phrase phrase;
    uint32_t pattern;
} Anchor;

/* A form of a class, sorted by class, first word, then the longest first. */
typedef struct Member {
    Phrase phrase;
    uint32_t class_id;
} Member;

/* Classes that the program itself asks for, by their ids. */
enum {
    CLASS_LIGHT,
    CLASS_UNDERGO,
    CLASS_HAPPEN,
    CLASS_MUTUAL,
    CLASS_PARTITIVE,
    CLASS_OBJECTIVE,
    CLASS_AGENT,
    CLASS_STATIVE,
    CLASS_RESERVED
};

typedef enum ModalUse {
    MODAL_GOVERNOR,
    MODAL_AUXILIARY,
    MODAL_NEGATION,
    MODAL_CONDITION,
    MODAL_PURPOSE,
    MODAL_ADJECTIVE,
    MODAL_ADVERB,
    MODAL_TENSE,
    MODAL_APART,
    MODAL_USE_COUNT
} ModalUse;

/* A word of modality, sorted by its first word, then the longest first. */
typedef struct Modal {
    Phrase phrase;
    uint32_t use, reality; /* ModalUse, RelatoReality */
} Modal;

/* A feature of the trees that tells reality. */
typedef struct Tense {
    uint32_t feature, reality; /* string, RelatoReality */
} Tense;

/* Sorted by its first word, then the longest first. */
typedef struct ContextWord {
    Phrase phrase;
    uint32_t context;
} ContextWord;

typedef struct EventLexicon {
    const Lexicon *lexicon;
    const Pattern *patterns;
    const Condition *conditions;
    const Choice *choices;
    const Slot *slots;
    const Frame *frames;
    const Anchor *anchors;
    const Member *members;
    const Modal *modals;
    const Tense *tenses;
    const ContextWord *contexts;
    const uint32_t *tails;
    size_t pattern_count, condition_count, choice_count, slot_count, frame_count, anchor_count, member_count,
        modal_count, tense_count, context_count, tail_count;
} EventLexicon;

/* The builder's part. */
void event_compile(LexiconBuilder *builder);

/* The events of a compiled lexicon. */
EventLexicon event_lexicon_open(const Lexicon *lexicon);

/* The first anchor, modal and context word whose phrase begins with this word or a later one. */
size_t event_lexicon_anchor(const EventLexicon *lexicon, uint32_t word);
size_t event_lexicon_modal(const EventLexicon *lexicon, uint32_t word);
size_t event_lexicon_context(const EventLexicon *lexicon, uint32_t word);

/* The first member of the class with this first word or a later one. */
size_t event_lexicon_member(const EventLexicon *lexicon, uint32_t class_id, uint32_t word);

#endif
