/* The search for events in one document: what the parts of this stage share.
 *
 *     slots.c         which words stand in a slot around an anchor
 *     match.c         anchors and the conditions of their patterns
 *     participants.c  who stands in a slot: entities, actors, recipients
 *     complement.c    mentions inside others: what is asked for, threatened, agreed to
 *     reality.c       whether it happened, will, may, or did not
 *     frame.c         where and when, and the figures that measure it
 *     merge.c         mentions of one happening become one event
 *     event.c         the stage
 */
#ifndef RELATO_EVENT_EVENTING_H
#define RELATO_EVENT_EVENTING_H

#include "core/buffer.h"
#include "core/table.h"
#include "document/document.h"
#include "event/event_lexicon.h"
#include "language/knowledge.h"
#include "names/names_lexicon.h"
#include "syntax/links.h"

enum { MOST_WORDS = 24, MOST_TRIGGER_WORDS = 8 };

/* Words that stand in a slot; what would be too many is left out. */
typedef struct Words {
    uint32_t items[MOST_WORDS];
    uint32_t count;
} Words;

/* An anchor in its sentence. */
typedef struct Site {
    uint32_t word;                    /* the head of its words */
    uint32_t first, last;             /* its words, both included */
    uint32_t part;                    /* PART_VERB … */
    uint32_t light;                   /* the verb (or noun) that carries a noun's event; RELATO_NONE */
    uint32_t light_class;             /* CLASS_LIGHT … */
    uint32_t light_first, light_last; /* its words */
} Site;

/* Who takes part. */
typedef struct Party {
    uint32_t entity; /* RELATO_NONE: a country that only an adjective tells */
    uint32_t word;   /* where it stands */
    Str country, sector;
} Party;

typedef struct Parties {
    Party *items;
    size_t count, capacity;
} Parties;

/* A mention of an event. */
typedef struct Mention {
    const Pattern *pattern;
    Site site;
    uint32_t words[MOST_TRIGGER_WORDS]; /* of the trigger, beside those of the site */
    uint32_t word_count;
    Parties actors, recipients;
    uint8_t type, mode, reality;
    uint32_t place, time;                   /* RELATO_NONE: none */
    uint32_t place_distance, time_distance; /* in the tree */
    uint32_t sentence;
    uint64_t contexts; /* mask */
    bool mutual;       /* its anchor is a word of which all are actors: "reunião" */
    uint32_t event;    /* position of the event that it became; RELATO_NONE */
} Mention;

typedef struct Eventing {
    Document *document;
    EventLexicon lexicon;
    Names names;
    Table states;         /* country -> the entity that is the country */
    bool *numeral_at;     /* (token_count): the token is part of a numeral */
    uint8_t *place_kinds; /* (entity_count) NameKind */
    uint32_t sentence;    /* under way */
    uint32_t first, last; /* its words, both included */
    struct {
        Mention *items;
        size_t count, capacity;
    } mentions;
    Buffer *explanation; /* NULL, or where each step is told */
    uint32_t *measured;  /* (quantity_count) 1 + mention that the figure measures; 0: none */
    struct {
        uint32_t *items; /* words */
        size_t count, capacity;
    } subjects; /* subjects with an entity so far, for pronouns and omitted ones */
} Eventing;

/* ---- slots.c */

void words_add(Words *words, uint32_t word);

/* The verb's subject as grammar has it, also if shared or controlled; RELATO_NONE
 * if the text leaves it out. In a passive that is whom it is done to. */
uint32_t grammatical_subject(const Document *document, uint32_t verb);

bool is_passive(const Document *document, uint32_t verb);
bool is_reflexive(const Document *document, uint32_t verb);

/* True if a preposition of the agent stands before the word: "por", "by". */
bool is_agent(const Eventing *eventing, uint32_t word);

/* The words that stand at the end of a path from a site. */
void path_words(const Eventing *eventing, const Site *site, Path path, Words *words);

/* ---- match.c */

/* True if a form of the class begins at the word, or one of several words covers it; *first and *last are its words. */
bool class_covers(const Eventing *eventing, uint32_t class_id, uint32_t word, uint32_t *first, uint32_t *last);

/* Finds the mentions that the sentence under way holds. */
void match_sentence(Eventing *eventing);

/* ---- explain.c: does nothing unless there is an explanation */

/* The words of the sentence under way and what hangs on what. */
void explain_tree(const Eventing *eventing);

/* A pattern that was tried: `failed` is the position of the condition that does not
 * hold, RELATO_NONE if all do. */
void explain_pattern(const Eventing *eventing, const Pattern *pattern, const Site *site, uint32_t failed);

/* What became of a mention. */
void explain_mention(const Eventing *eventing, const Mention *mention);

/* ---- participants.c */

/* The entity that a word stands for; RELATO_NONE. */
uint32_t entity_for(const Eventing *eventing, uint32_t word);

/* The kinds of an entity (ENTITY_… and sectors). */
uint64_t entity_kinds(const Eventing *eventing, uint32_t entity);

/* Remembers which entities are countries. */
void note_states(Eventing *eventing);

/* Remembers the subjects of the sentence under way. */
void note_subjects(Eventing *eventing);

void find_participants(const Eventing *eventing, Mention *mention);

/* ---- reality.c */

uint8_t reality_of(const Eventing *eventing, const Mention *mention);

/* An attack that names nobody else is made on the foreign country where it takes place. */
void add_place_as_recipient(const Eventing *eventing, Mention *mention);

/* ---- complement.c */

/* Settles which of the mentions from `from` on, those of the sentence under way, are
 * events of their own where one stands inside another's complement. */
void settle_complements(Eventing *eventing, size_t from);

/* ---- frame.c */

/* Place and time of the mentions from `from` on, those of the sentence under way,
 * which of its figures measure them, and the contexts that its words tell. */
void find_frames(Eventing *eventing, size_t from);

/* True for the distance of a place or time that hangs on the trigger itself. */
bool is_attached(uint32_t distance_from_trigger);

/* ---- merge.c */

/* Makes the document's events of the mentions. */
void merge_mentions(Eventing *eventing);

#endif
