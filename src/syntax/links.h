/* Links: the sentences' trees as the later stages walk them. Fills
 * document->nodes and document->entity_at. */
#ifndef RELATO_SYNTAX_LINKS_H
#define RELATO_SYNTAX_LINKS_H

#include "document/document.h"
#include "language/knowledge.h"

/* The stage. Needs trees and entities; where a sentence has no tree its words hang on nothing. */
void links_stage(Document *document, const Language *language);

/* The relation that a name stands for, without its subtype; REL_NONE if it is none of UD's. */
Relation relation_of(Str name);

/* True if the word hangs on its head by this relation or a subtype of it. */
static inline bool is_relation(const Document *document, uint32_t word, Relation relation)
{
    return document->nodes[word].relation == relation;
}

/* True if it hangs by this relation with this subtype: "nsubj:pass". */
bool is_subtype(const Document *document, uint32_t word, const char *relation);

/* The first dependent of a word from `from` on with the relation; RELATO_NONE. */
uint32_t dependent(const Document *document, uint32_t word, Relation relation, uint32_t from);

/* True if the word has the feature: "PronType=Rel". */
bool has_feature(const Document *document, uint32_t word, const char *feature);

/* True for what can be a participant: nouns, names, pronouns, figures. */
bool is_nominal(const Document *document, uint32_t word);

/* The entity of the longest mention that covers the word; RELATO_NONE. */
static inline uint32_t entity_of_word(const Document *document, uint32_t word)
{
    return document->entity_at[document->words[word].token] - 1;
}

/* Where a word's token begins and ends. */
static inline uint32_t word_start(const Document *document, uint32_t word)
{
    return document->tokens[document->words[word].token].start;
}

static inline uint32_t word_end(const Document *document, uint32_t word)
{
    return document->tokens[document->words[word].token].end;
}

#endif
