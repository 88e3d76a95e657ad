#include "event/eventing.h"

enum { MOST_CLIMB = 6, LONGEST_FORM = 4 };

enum { UNTOLD = REALITY_OPEN };

/* ---- words of modality ------------------------------------------------------------ */

/* The reality that the phrase which begins at a word and reaches up to `reach` or
 * beyond tells in such a use; UNTOLD. */
static uint8_t modal_reaching(const Eventing *eventing, uint32_t word, uint32_t reach, ModalUse use)
{
    const EventLexicon *lexicon = &eventing->lexicon;
    const uint32_t ids[] = { eventing->document->nodes[word].lemma, eventing->document->nodes[word].form };
    for (size_t k = 0; k < 2; k++)
        for (size_t i = ids[k] ? event_lexicon_modal(lexicon, ids[k]) : lexicon->modal_count;
             i < lexicon->modal_count && lexicon->modals[i].phrase.word == ids[k]; i++)
            if (lexicon->modals[i].use == (uint32_t)use && word + lexicon->modals[i].phrase.tail_count >= reach &&
                phrase_follows(eventing->document, &lexicon->modals[i].phrase, lexicon->tails, word, eventing->last))
                return (uint8_t)lexicon->modals[i].reality;
    return UNTOLD;
}

static uint8_t modal_from(const Eventing *eventing, uint32_t word, ModalUse use)
{
    return modal_reaching(eventing, word, word, use);
}

/* The same for a word that may stand inside the phrase: "ter a intenção de". */
static uint8_t modal_around(const Eventing *eventing, uint32_t word, ModalUse use)
{
    uint8_t reality = UNTOLD;
    for (uint32_t start = word; reality == UNTOLD && word - start < LONGEST_FORM; start--) {
        reality = modal_reaching(eventing, start, word, use);
        if (start == eventing->first)
            break;
    }
    return reality;
}

/* What the features of a verb or its auxiliary tell. */
static uint8_t tense_of(const Eventing *eventing, uint32_t word)
{
    const EventLexicon *lexicon = &eventing->lexicon;
    for (size_t i = 0; i < lexicon->tense_count; i++)
        if (has_feature(eventing->document, word, lexicon_string(lexicon->lexicon, lexicon->tenses[i].feature).at))
            return (uint8_t)lexicon->tenses[i].reality;
    return UNTOLD;
}

/* ---- one word of the way up --------------------------------------------------------- */

typedef struct Signals {
    uint8_t said;    /* by an adverb or adjective, an auxiliary, a conjunction, the tense: the first of these */
    uint8_t purpose; /* by what opens the phrase or clause; for what nothing governs */
    bool negated;
    bool apart; /* by its preposition: "tras el rechazo" is not governed by the verb */
} Signals;

static void take(uint8_t *reality, uint8_t other)
{
    if (*reality == UNTOLD)
        *reality = other;
}

/* True for what can tell a purpose: no complement, where "to" only opens the infinitive. */
static bool may_be_purpose(const Document *document, uint32_t word)
{
    return is_relation(document, word, REL_ADVCL) || is_relation(document, word, REL_ACL) ||
           is_relation(document, word, REL_OBL) || is_relation(document, word, REL_NMOD);
}

/* What hangs on a verb or noun and tells whether it happened. */
static Signals signals_at(const Eventing *eventing, uint32_t word)
{
    const Document *document = eventing->document;
    uint8_t described = UNTOLD, auxiliary = UNTOLD, clause = UNTOLD, purpose = UNTOLD, tense = tense_of(eventing, word);
    bool negated = false, apart = false, purposes = may_be_purpose(document, word);
    for (uint32_t i = document->nodes[word].child; i != RELATO_NONE; i = document->nodes[i].next) {
        switch (document->nodes[i].relation) {
        case REL_ADVMOD:
        case REL_DET:
        case REL_CC:
        case REL_CASE:
            negated |= modal_from(eventing, i, MODAL_NEGATION) != UNTOLD && i < word;
            take(&described, modal_from(eventing, i, MODAL_ADVERB));
            apart |= document->nodes[i].relation == REL_CASE && modal_from(eventing, i, MODAL_APART) != UNTOLD;
            if (document->nodes[i].relation == REL_CASE && purposes)
                take(&purpose, modal_from(eventing, i, MODAL_PURPOSE));
            break;
        case REL_AMOD:
            take(&described, modal_from(eventing, i, MODAL_ADJECTIVE));
            break;
        case REL_OBL:
            take(&described, modal_from(eventing, document->nodes[i].left, MODAL_ADVERB));
            break;
        case REL_AUX:
        case REL_COP:
            take(&auxiliary, modal_from(eventing, i, MODAL_AUXILIARY));
            take(&tense, tense_of(eventing, i));
            break;
        case REL_MARK:
            negated |= modal_from(eventing, i, MODAL_NEGATION) != UNTOLD;
            take(&clause, modal_from(eventing, i, MODAL_CONDITION));
            if (purposes)
                take(&purpose, modal_from(eventing, i, MODAL_PURPOSE));
            break;
        default:
            break;
        }
    }
    take(&described, auxiliary);
    take(&described, clause);
    take(&described, tense);
    return (Signals){ described, purpose, negated, apart };
}

/* A negation turns what it stands before; what is not refused may be. */
static uint8_t turned(Signals signals)
{
    if (!signals.negated)
        return signals.said;
    return signals.said == RELATO_NEGATED ? RELATO_POSSIBLE : RELATO_NEGATED;
}

/* ---- the way up ---------------------------------------------------------------------- */

/* True if what hangs so on a word is what that word is about. */
static bool is_governed(const Document *document, uint32_t word)
{
    switch (document->nodes[word].relation) {
    case REL_XCOMP:
    case REL_CCOMP:
    case REL_CSUBJ:
    case REL_OBJ:
    case REL_NMOD:
    case REL_OBL:
        return true;
    case REL_ACL:
        return !is_subtype(document, word, "acl:relcl");
    case REL_NSUBJ:
        return document->words[word].upos != UPOS_PRON;
    case REL_ADVCL:
        return has_feature(document, word, "VerbForm=Inf");
    default:
        return false;
    }
}

/* A subject is governed by what happens to it in a passive or by a predicate:
 * "está previsto um ataque", "the visit was cancelled". */
static uint8_t governor_of(const Eventing *eventing, uint32_t word, uint32_t head)
{
    const Document *document = eventing->document;
    if (is_relation(document, word, REL_NSUBJ) && !is_passive(document, head) &&
        document->words[head].upos == UPOS_VERB && !is_reflexive(document, head))
        return UNTOLD;
    return modal_around(eventing, head, MODAL_GOVERNOR);
}

/* True for a finite clause in a past tense. */
static bool is_told_past(const Document *document, uint32_t verb)
{
    if (has_feature(document, verb, "Tense=Past") || has_feature(document, verb, "Tense=Imp"))
        return is_relation(document, verb, REL_CCOMP);
    uint32_t auxiliary = dependent(document, verb, REL_AUX, 0);
    return is_relation(document, verb, REL_CCOMP) && auxiliary != RELATO_NONE &&
           (has_feature(document, auxiliary, "Tense=Past") || has_feature(document, auxiliary, "Tense=Imp") ||
            has_feature(document, verb, "VerbForm=Part"));
}

uint8_t reality_of(const Eventing *eventing, const Mention *mention)
{
    const Document *document = eventing->document;
    uint32_t word = mention->site.word;
    bool light = mention->site.light != RELATO_NONE && document->nodes[word].head == mention->site.light;
    if (mention->pattern->reality != REALITY_OPEN)
        return mention->pattern->reality;
    bool apart = false; /* coming from a finite verb beside this one, which has its own negation */
    for (int step = 0; step < MOST_CLIMB; step++) {
        Signals own = signals_at(eventing, word);
        own.negated &= !apart;
        uint8_t reality = turned(own);
        if (reality != UNTOLD)
            return reality;
        uint32_t head = document->nodes[word].head;
        if (own.apart)
            return RELATO_ACTUAL;
        if (head == RELATO_NONE)
            return own.purpose != UNTOLD ? own.purpose
                   : has_feature(document, word, "VerbForm=Inf") && document->words[word].upos == UPOS_VERB
                       ? RELATO_PLANNED
                       : RELATO_ACTUAL;
        bool joined = is_relation(document, word, REL_CONJ), carried = light && step == 0;
        if (!joined && !is_governed(document, word) && !carried)
            return own.purpose != UNTOLD ? own.purpose : RELATO_ACTUAL;
        uint8_t governor = joined ? UNTOLD : governor_of(eventing, word, head);
        /* What is told to have happened was not merely planned. */
        if (governor == RELATO_PLANNED && is_told_past(document, word))
            return RELATO_ACTUAL;
        /* "conseguiu", "começou": whatever holds for them holds for what they govern. */
        if (governor != UNTOLD && governor != RELATO_ACTUAL) {
            Signals signals = signals_at(eventing, head);
            return turned((Signals){ .said = governor, .negated = signals.negated });
        }
        if (own.purpose != UNTOLD)
            return own.purpose;
        /* What is told in a finite clause of its own is not touched by who tells it. */
        if (is_relation(document, word, REL_CCOMP) && has_feature(document, word, "VerbForm=Fin"))
            return RELATO_ACTUAL;
        if (!carried && (is_relation(document, word, REL_OBL) || is_relation(document, word, REL_NSUBJ)))
            return RELATO_ACTUAL;
        apart = joined && has_feature(document, word, "VerbForm=Fin");
        word = head;
    }
    return RELATO_ACTUAL;
}
