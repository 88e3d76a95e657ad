/* Entities in the making: what is found becomes entities with codes and mentions.
 *
 *     known.c         names of the lexicon
 *     government.c    words that stand for the government of a country
 *     coded.c         names that the lexicon does not have, coded by what stands beside them
 *     later.c         later mentions: acronyms, surnames, heads of names, definite phrases;
 *                     participants without a name
 */
#ifndef RELATO_NAMES_MAKING_H
#define RELATO_NAMES_MAKING_H

#include "core/table.h"
#include "names/search.h"

typedef struct Mention {
    uint32_t entity;
    Span span;
    bool common; /* a common noun, which gives no name */
} Mention;

/* What else is known of an entity. */
typedef struct Fact {
    Span role;        /* words that tell its office; empty if none do */
    uint32_t offices; /* bits of those it holds */
    Str name;         /* what the lexicon calls it; empty if it is not there */
} Fact;

/* Entities in the making. */
typedef struct Making {
    Search *search;
    Arena *arena;
    struct {
        Mention *items;
        size_t count, capacity;
    } mentions;
    struct {
        Entity *items;
        size_t count, capacity;
    } entities;
    struct {
        Fact *items;
        size_t count, capacity;
    } facts;             /* one for each entity */
    bool *in_role;       /* (token_count): the token tells the office of somebody named */
    uint32_t *entity_of; /* (entry_count): 1 + entity */
    Table by_name;       /* folded name of an unknown entity -> 1 + entity */
    Table by_head;       /* head of an organisation's name, as written -> 1 + entity, the latest */
    Table by_phrase;     /* noun and country of an unnamed one -> 1 + entity */
    Table by_acronym;    /* as written -> 1 + entity */
    Table by_last;       /* folded last word of a person -> 1 + entity, the latest */
    Table by_office;     /* country and a word of the office, or the bit of one -> 1 + entity, the first */
} Making;

/* A new named entity of a type, without codes. The pointer holds until the next one. */
Entity *new_entity(Making *making, RelatoEntityType type);

/* Tells where an entity is, if that is known. */
void set_point(Entity *entity, PlacePoint point);

/* The entity of an entry of the lexicon, made and coded if need be. */
uint32_t entity_of_entry(Making *making, uint32_t entry);

void add_mention(Making *making, uint32_t entity, Span span);

/* Puts the mentions in order of the text. */
void sort_mentions(Making *making);

/* Words in small letters, as keys. */
Str folded(const Making *making, Str words);

/* Remember a full name, so that later mentions by a part of it are found: the
 * surname of a person; of an organisation the word that says what it is ("o
 * Conselho" for the "Conselho de Segurança", "the Department"). */
void remember_person(Making *making, uint32_t entity, Span span);
void remember_organisation(Making *making, uint32_t entity, Span span);

/* Remembers what office a person holds, by its words and by the head among them (NULL: none). */
void remember_office(Making *making, uint32_t entity, Span role, const NameHead *head);

/* Marks the tokens of words that tell somebody's office. */
void mark_role(Making *making, Span role);

/* A country and an office of it, as a key of by_office. */
Str office_key(const Making *making, Str country, Str office);

/* The country that the words of a span tell: an adjective or a name in them; empty if none. */
Str country_in(const Search *search, Span span);

/* The country of somebody in `span` whose own words tell none: that of the only one
 * whose places the sentence names; else by the sector: who acts for a state belongs
 * to the one meant (search_country), others only where the report speaks of hardly
 * any other (search_dominant). */
Str country_of_sector(const Search *search, Str sector, Span span);

/* The entry of the country with a code; RELATO_NONE if there is none. */
uint32_t entry_of_country(const Search *search, Str code);

/* An acronym that the report explains means what it says there, not what the
 * lexicon has under it. Before match_decide. */
void drop_explained(Search *search);

/* The sector of who holds an office: that of the body which the words behind the
 * office name ("porta-voz do sindicato"); that of the office itself if they name a
 * country or nothing that is known. The head of the office stands in `role`. */
Str sector_in(const Search *search, const NameHead *head, Span role);

/* The steps, in this order. */
void add_governments(Making *making);
void add_known(Making *making);
void add_unknown(Making *making);
void add_short_forms(Making *making);
void add_unnamed(Making *making);

#endif
