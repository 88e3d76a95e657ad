/* Mentions inside others: what is asked for, threatened, refused, agreed to. An act
 * that only its governing word tells is no event beside it (docs/reading.md); who
 * takes part in the one may take part in the other. */
#include "event/eventing.h"
#include "event/plover.h"

enum { MOST_UP = 4 };

/* True if what hangs so on a word is its complement. */
static bool is_complement(const Document *document, uint32_t word)
{
    switch (document->nodes[word].relation) {
    case REL_XCOMP:
    case REL_CCOMP:
        return true;
    case REL_ACL:
        return !is_subtype(document, word, "acl:relcl") && !has_feature(document, word, "VerbForm=Part");
    case REL_ADVCL:
        return has_feature(document, word, "VerbForm=Inf");
    default:
        return false;
    }
}

static bool carries_word(const Mention *mention, uint32_t word)
{
    return mention->site.word == word || mention->site.light == word;
}

/* The mention, from `from` on, in whose complement another stands; NULL. */
static Mention *governor_of(Eventing *eventing, size_t from, const Mention *inner)
{
    const Document *document = eventing->document;
    uint32_t word = inner->site.light != RELATO_NONE ? inner->site.light : inner->site.word;
    bool complement = false;
    for (int step = 0; step < MOST_UP; step++) {
        bool joined = is_relation(document, word, REL_CONJ);
        if (!joined && !is_complement(document, word))
            return NULL;
        complement |= !joined;
        word = document->nodes[word].head;
        for (size_t i = from; complement && i < eventing->mentions.count; i++)
            if (&eventing->mentions.items[i] != inner && carries_word(&eventing->mentions.items[i], word))
                return &eventing->mentions.items[i];
    }
    return NULL;
}

/* True if somebody is named in the complement itself. */
static bool has_own_party(const Document *document, const Mention *mention, const Parties *parties)
{
    uint32_t word = mention->site.light != RELATO_NONE ? mention->site.light : mention->site.word;
    const Node *node = &document->nodes[word];
    for (size_t i = 0; i < parties->count; i++)
        if (parties->items[i].word >= node->left && parties->items[i].word <= node->right)
            return true;
    return false;
}

static bool is_among(const Parties *parties, const Party *party)
{
    for (size_t i = 0; i < parties->count; i++)
        if (parties->items[i].entity == party->entity && str_equal(parties->items[i].country, party->country))
            return true;
    return false;
}

/* Who takes part in the one and not yet in the other, if that has nobody there. */
static void lend(const Eventing *eventing, const Parties *from, const Parties *not_these, Parties *to)
{
    if (to->count)
        return;
    for (size_t i = 0; i < from->count; i++)
        if (!is_among(not_these, &from->items[i]))
            *ARENA_PUSH(eventing->document->arena, to) = from->items[i];
}

/* Decides about an act and the word that governs it; true if the act is no event of its own. */
static bool settle(const Eventing *eventing, Mention *outer, Mention *inner)
{
    const Document *document = eventing->document;
    bool own = has_own_party(document, inner, &inner->actors) || has_own_party(document, inner, &inner->recipients);
    switch (outer->type) {
    case RELATO_AGREE:
        /* What is agreed to or promised is the event: planned. */
        if (outer->site.part != PART_VERB || outer->reality != RELATO_ACTUAL)
            return !own;
        lend(eventing, &outer->actors, &inner->recipients, &inner->actors);
        lend(eventing, &outer->recipients, &inner->actors, &inner->recipients);
        inner->reality = RELATO_PLANNED;
        outer->type = PLOVER_NO_TYPE;
        return false;
    case RELATO_REQUEST:
        if (has_own_party(document, inner, &inner->actors))
            lend(eventing, &inner->actors, &outer->actors, &outer->recipients);
        return !own;
    case RELATO_THREATEN:
    case RELATO_REJECT:
        lend(eventing, &inner->recipients, &outer->actors, &outer->recipients);
        return !own;
    default:
        return false;
    }
}

void settle_complements(Eventing *eventing, size_t from)
{
    for (size_t i = from; i < eventing->mentions.count; i++) {
        Mention *inner = &eventing->mentions.items[i], *outer = governor_of(eventing, from, inner);
        if (outer && outer->type != PLOVER_NO_TYPE && settle(eventing, outer, inner))
            inner->type = PLOVER_NO_TYPE;
    }
    size_t kept = from;
    for (size_t i = from; i < eventing->mentions.count; i++)
        if (eventing->mentions.items[i].type != PLOVER_NO_TYPE)
            eventing->mentions.items[kept++] = eventing->mentions.items[i];
    eventing->mentions.count = kept;
}
