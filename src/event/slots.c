#include "event/eventing.h"

enum { MOST_STEPS = 6, NEAR_PREPOSITION = 2 };

void words_add(Words *words, uint32_t word)
{
    for (uint32_t i = 0; i < words->count; i++)
        if (words->items[i] == word)
            return;
    if (words->count < MOST_WORDS)
        words->items[words->count++] = word;
}

/* A word and those that stand beside it in a conjunction. */
static void add_with_conjuncts(const Document *document, Words *words, uint32_t word)
{
    words_add(words, word);
    for (uint32_t i = document->nodes[word].child; i != RELATO_NONE; i = document->nodes[i].next)
        if (is_relation(document, i, REL_CONJ) && document->words[i].upos != UPOS_VERB)
            words_add(words, i);
}

static bool is_verbal(const Document *document, uint32_t word)
{
    return document->words[word].upos == UPOS_VERB || document->words[word].upos == UPOS_AUX;
}

/* ---- subjects and objects ------------------------------------------------------ */

static bool is_relative(const Document *document, uint32_t word)
{
    /* "que" is often tagged as what opens a clause even where it is the subject in it. */
    if (document->words[word].upos == UPOS_SCONJ)
        return is_relation(document, word, REL_NSUBJ) || is_relation(document, word, REL_OBJ);
    return document->words[word].upos == UPOS_PRON &&
           (has_feature(document, word, "PronType=Rel") || has_feature(document, word, "PronType=Int,Rel") ||
            has_feature(document, word, "PronType=Int"));
}

/* The subject that hangs on the verb; one before it rather than one behind. */
static uint32_t own_subject(const Document *document, uint32_t verb)
{
    uint32_t subject = RELATO_NONE;
    for (uint32_t i = document->nodes[verb].child; i != RELATO_NONE; i = document->nodes[i].next)
        if (is_relation(document, i, REL_NSUBJ) && (i < verb || subject == RELATO_NONE))
            subject = i;
    return subject;
}

bool is_reflexive(const Document *document, uint32_t verb)
{
    for (uint32_t i = document->nodes[verb].child; i != RELATO_NONE; i = document->nodes[i].next) {
        bool pronoun = document->words[i].upos == UPOS_PRON;
        if (pronoun && (is_relation(document, i, REL_EXPL) || has_feature(document, i, "Reflex=Yes")))
            return true;
    }
    return false;
}

static bool is_participle(const Document *document, uint32_t verb)
{
    return has_feature(document, verb, "VerbForm=Part") && !has_feature(document, verb, "Tense=Pres") &&
           dependent(document, verb, REL_AUX, 0) == RELATO_NONE;
}

/* A participle without an auxiliary that describes a noun, alone or beside another one. */
static bool is_bare_participle(const Document *document, uint32_t verb)
{
    if (is_relation(document, verb, REL_CONJ) && is_participle(document, verb))
        verb = document->nodes[verb].head;
    bool hangs = (is_relation(document, verb, REL_ACL) && !is_subtype(document, verb, "acl:relcl")) ||
                 is_relation(document, verb, REL_AMOD);
    return hangs && is_participle(document, verb);
}

bool is_passive(const Document *document, uint32_t verb)
{
    /* A finite form of its own has no agent: "spoke by phone". */
    bool finite = has_feature(document, verb, "VerbForm=Fin");
    for (uint32_t i = document->nodes[verb].child; i != RELATO_NONE; i = document->nodes[i].next)
        if (is_subtype(document, i, "aux:pass") || is_subtype(document, i, "nsubj:pass") ||
            is_subtype(document, i, "expl:pass") || (is_subtype(document, i, "obl:agent") && !finite))
            return true;
    /* What has an object, or a subject that is none of a passive, is not passive, whatever its
     * form may also be: "insurgents set fire", "the UN called for". */
    uint32_t subject = dependent(document, verb, REL_NSUBJ, 0);
    if (dependent(document, verb, REL_OBJ, verb + 1) != RELATO_NONE)
        return false;
    return is_bare_participle(document, verb) ||
           (has_feature(document, verb, "Voice=Pass") && dependent(document, verb, REL_AUX, 0) == RELATO_NONE &&
            (subject == RELATO_NONE || !is_subtype(document, subject, "nsubj")));
}

/* True if a relative pronoun hangs on the verb as something else than its subject. */
static bool has_relative(const Document *document, uint32_t verb)
{
    for (uint32_t i = document->nodes[verb].child; i != RELATO_NONE; i = document->nodes[i].next)
        if (!is_relation(document, i, REL_NSUBJ) && is_relative(document, i))
            return true;
    return false;
}

/* "whose soldiers": the pronoun is inside the subject. */
static bool has_relative_below(const Document *document, uint32_t noun)
{
    for (uint32_t i = document->nodes[noun].child; i != RELATO_NONE; i = document->nodes[i].next)
        if (has_feature(document, i, "PronType=Rel") || has_feature(document, i, "PronType=Int,Rel"))
            return true;
    return false;
}

/* Who would do what a noun's infinitive tells: "a decisão de Israel de atacar". */
static uint32_t subject_through_noun(const Document *document, uint32_t noun)
{
    for (uint32_t i = document->nodes[noun].child; i != RELATO_NONE; i = document->nodes[i].next)
        if (is_relation(document, i, REL_NMOD) && entity_of_word(document, i) != RELATO_NONE)
            return i;
    uint32_t verb = document->nodes[noun].head;
    bool governed = verb != RELATO_NONE && is_verbal(document, verb) && is_relation(document, noun, REL_OBJ);
    return governed ? own_subject(document, verb) : RELATO_NONE;
}

/* The subject of a verb that has none of its own, through what it hangs on;
 * *next is set where the same question goes on to another verb. */
static uint32_t subject_through_head(const Document *document, uint32_t verb, uint32_t *next)
{
    uint32_t head = document->nodes[verb].head, object;
    switch (document->nodes[verb].relation) {
    case REL_ACL:
    case REL_AMOD:
        if (is_subtype(document, verb, "acl:relcl"))
            return has_relative(document, verb) ? RELATO_NONE : head;
        return has_feature(document, verb, "VerbForm=Inf") ? subject_through_noun(document, head) : head;
    case REL_XCOMP:
    case REL_ADVCL:
        /* "urged the President to resign": what stands right before an infinitive. */
        object = dependent(document, head, REL_OBJ, 0);
        if (object != RELATO_NONE && object < verb && is_nominal(document, object) && !is_passive(document, head) &&
            (is_relation(document, verb, REL_XCOMP) ||
             (has_feature(document, verb, "VerbForm=Inf") &&
              document->nodes[object].right + 1 == document->nodes[verb].left &&
              entity_of_word(document, object) != RELATO_NONE)))
            return object;
        *next = head;
        return RELATO_NONE;
    case REL_CONJ:
    case REL_CCOMP:
        *next = head;
        return RELATO_NONE;
    default:
        return RELATO_NONE;
    }
}

uint32_t grammatical_subject(const Document *document, uint32_t verb)
{
    for (int step = 0; step < MOST_STEPS && verb != RELATO_NONE; step++) {
        uint32_t subject = own_subject(document, verb), next = RELATO_NONE;
        if (subject != RELATO_NONE)
            return is_relation(document, verb, REL_ACL) && is_relative(document, subject) ? document->nodes[verb].head
                                                                                          : subject;
        if (document->nodes[verb].head == RELATO_NONE)
            return RELATO_NONE;
        subject = subject_through_head(document, verb, &next);
        if (subject != RELATO_NONE)
            return subject;
        verb = next;
    }
    return RELATO_NONE;
}

bool is_agent(const Eventing *eventing, uint32_t word)
{
    const Document *document = eventing->document;
    uint32_t mark = dependent(document, word, REL_CASE, 0), first, last;
    /* Quotation marks lead trees astray: "por 'jihadistas'". */
    if (mark == RELATO_NONE && document->nodes[word].left < word)
        mark = document->nodes[word].left;
    return mark != RELATO_NONE && mark < word && class_covers(eventing, CLASS_AGENT, mark, &first, &last);
}

/* An agent that the tree hangs on a noun before it: "fue saqueada una tienda por jóvenes". */
static void add_misplaced_agent(const Eventing *eventing, uint32_t verb, Words *words)
{
    const Document *document = eventing->document;
    for (uint32_t i = document->nodes[verb].child; i != RELATO_NONE; i = document->nodes[i].next)
        for (uint32_t k = i > verb ? document->nodes[i].child : RELATO_NONE; k != RELATO_NONE;
             k = document->nodes[k].next)
            if (is_relation(document, k, REL_NMOD) && is_agent(eventing, k) &&
                entity_of_word(document, k) != RELATO_NONE)
                add_with_conjuncts(document, words, k);
}

/* True for a passive, also one that tells a state: "está detenido". */
static bool is_undergone(const Eventing *eventing, uint32_t verb)
{
    const Document *document = eventing->document;
    uint32_t auxiliary = dependent(document, verb, REL_AUX, 0), first, last;
    if (is_passive(document, verb))
        return true;
    return auxiliary != RELATO_NONE && has_feature(document, verb, "VerbForm=Part") &&
           class_covers(eventing, CLASS_STATIVE, auxiliary, &first, &last);
}

static void add_subjects(const Eventing *eventing, uint32_t verb, Words *words)
{
    const Document *document = eventing->document;
    if (!is_undergone(eventing, verb)) {
        uint32_t subject = grammatical_subject(document, verb);
        if (subject != RELATO_NONE)
            add_with_conjuncts(document, words, subject);
        return;
    }
    for (uint32_t i = document->nodes[verb].child; i != RELATO_NONE; i = document->nodes[i].next)
        if (is_subtype(document, i, "obl:agent"))
            add_with_conjuncts(document, words, i);
    for (uint32_t i = document->nodes[verb].child; i != RELATO_NONE && words->count == 0; i = document->nodes[i].next)
        if (is_relation(document, i, REL_OBL) && is_agent(eventing, i) && entity_of_word(document, i) != RELATO_NONE)
            add_with_conjuncts(document, words, i);
    if (words->count == 0)
        add_misplaced_agent(eventing, verb, words);
}

/* True for what stands right behind a verb's particle without a preposition; trees take
 * the particle for one: "shut down the internet". */
static bool is_behind_particle(const Document *document, uint32_t verb, uint32_t word)
{
    uint32_t left = document->nodes[word].left;
    return is_relation(document, word, REL_OBL) && left > verb + 1 && document->nodes[left - 1].head == verb &&
           is_subtype(document, left - 1, "compound:prt") && dependent(document, word, REL_CASE, 0) == RELATO_NONE;
}

/* The objects that hang on a verb; a relative pronoun is what it stands for. */
static void add_own_objects(const Document *document, uint32_t verb, Words *words)
{
    for (uint32_t i = document->nodes[verb].child; i != RELATO_NONE; i = document->nodes[i].next) {
        if (!is_relation(document, i, REL_OBJ) && !is_behind_particle(document, verb, i))
            continue;
        if (is_relative(document, i) && is_relation(document, verb, REL_ACL))
            words_add(words, document->nodes[verb].head);
        else
            add_with_conjuncts(document, words, i);
    }
}

/* Objects with a preposition: "detuvo a decenas de manifestantes". */
static void add_marked_objects(const Eventing *eventing, uint32_t verb, Words *words)
{
    const Document *document = eventing->document;
    uint32_t first, last;
    for (uint32_t i = document->nodes[verb].child; i != RELATO_NONE; i = document->nodes[i].next) {
        uint32_t mark = is_relation(document, i, REL_OBL) ? dependent(document, i, REL_CASE, 0) : RELATO_NONE;
        if (mark != RELATO_NONE && class_covers(eventing, CLASS_OBJECTIVE, mark, &first, &last))
            add_with_conjuncts(document, words, i);
    }
}

static void add_objects(const Eventing *eventing, uint32_t verb, Words *words)
{
    const Document *document = eventing->document;
    const Node *node = &document->nodes[verb];
    if (is_undergone(eventing, verb)) {
        uint32_t subject = grammatical_subject(document, verb);
        if (subject != RELATO_NONE)
            add_with_conjuncts(document, words, subject);
        return;
    }
    add_own_objects(document, verb, words);
    if (words->count == 0)
        add_marked_objects(eventing, verb, words);
    /* "the men police arrested" */
    if (words->count == 0 && is_subtype(document, verb, "acl:relcl") && own_subject(document, verb) != RELATO_NONE &&
        !is_relative(document, own_subject(document, verb)) && !has_relative(document, verb) &&
        !has_relative_below(document, own_subject(document, verb)))
        words_add(words, node->head);
    /* "atacou e matou civis": one object for both. */
    if (words->count == 0)
        for (uint32_t i = node->child; i != RELATO_NONE && words->count == 0; i = document->nodes[i].next)
            if (is_relation(document, i, REL_CONJ) && is_verbal(document, i) && document->nodes[i].left <= verb + 2)
                add_own_objects(document, i, words);
    if (words->count == 0 && is_relation(document, verb, REL_CONJ) && is_verbal(document, node->head)) {
        add_own_objects(document, node->head, words);
        if (words->count && words->items[0] < verb)
            words->count = 0;
    }
}

/* ---- prepositions ------------------------------------------------------------------ */

static bool word_is(const Document *document, uint32_t word, uint32_t id)
{
    return document->nodes[word].lemma == id || document->nodes[word].form == id;
}

/* The word behind a preposition that begins at `at` in the phrase of `word`; RELATO_NONE.
 * "por parte de" holds a noun itself: then it is what hangs on that. */
static uint32_t behind_preposition(const Eventing *eventing, const Phrase *phrase, uint32_t at, uint32_t word)
{
    const Document *document = eventing->document;
    if (!word_is(document, at, phrase->word) ||
        !phrase_follows(document, phrase, eventing->lexicon.tails, at, eventing->last))
        return RELATO_NONE;
    uint32_t end = at + phrase->tail_count;
    if (end < word)
        return word;
    for (uint32_t i = document->nodes[word].child; i != RELATO_NONE; i = document->nodes[i].next)
        if (i > end && document->nodes[i].left <= end + 1)
            return i;
    return RELATO_NONE;
}

/* The word behind the preposition in the phrase of a dependent; RELATO_NONE. */
static uint32_t prepositional(const Eventing *eventing, const Phrase *phrase, uint32_t word)
{
    const Document *document = eventing->document;
    for (uint32_t i = document->nodes[word].child; i != RELATO_NONE && i < word; i = document->nodes[i].next) {
        uint32_t found =
            is_relation(document, i, REL_CASE) ? behind_preposition(eventing, phrase, i, word) : RELATO_NONE;
        if (found != RELATO_NONE)
            return found;
    }
    uint32_t left = document->nodes[word].left;
    /* Not an article that is written as a preposition is: "a polícia". */
    return left < word && document->words[left].upos != UPOS_DET ? behind_preposition(eventing, phrase, left, word)
                                                                 : RELATO_NONE;
}

static void add_prepositional(const Eventing *eventing, const Phrase *phrase, uint32_t of, Words *words)
{
    const Document *document = eventing->document;
    for (uint32_t i = document->nodes[of].child; i != RELATO_NONE; i = document->nodes[i].next) {
        uint32_t found = is_relation(document, i, REL_CONJ) ? RELATO_NONE : prepositional(eventing, phrase, i);
        if (found == RELATO_NONE || is_verbal(document, found))
            continue;
        if (is_relative(document, found) && is_relation(document, of, REL_ACL))
            words_add(words, document->nodes[of].head);
        else
            add_with_conjuncts(document, words, found);
    }
}

/* What trees hang elsewhere: "ataque de Israel contra a Síria", where the second
 * phrase hangs on the name in the first, and what follows a noun's phrase but hangs on its verb. */
static void add_misplaced(const Eventing *eventing, const Phrase *phrase, uint32_t noun, Words *words)
{
    const Document *document = eventing->document;
    for (uint32_t i = document->nodes[noun].child; i != RELATO_NONE; i = document->nodes[i].next) {
        uint32_t entity = is_relation(document, i, REL_NMOD) ? entity_of_word(document, i) : RELATO_NONE;
        for (uint32_t k = document->nodes[i].child; entity != RELATO_NONE && k != RELATO_NONE;
             k = document->nodes[k].next)
            if (entity_of_word(document, k) != entity && prepositional(eventing, phrase, k) == k)
                add_with_conjuncts(document, words, k);
    }
    uint32_t head = document->nodes[noun].head;
    if (words->count || head == RELATO_NONE)
        return;
    for (uint32_t i = document->nodes[head].child; i != RELATO_NONE; i = document->nodes[i].next)
        if (i > noun && is_relation(document, i, REL_OBL) &&
            document->nodes[i].left == document->nodes[noun].right + 1 && prepositional(eventing, phrase, i) == i)
            add_with_conjuncts(document, words, i);
}

/* A verb's phrase that the tree hangs on its object: "share data with allies". */
static void add_of_object(const Eventing *eventing, const Phrase *phrase, uint32_t verb, Words *words)
{
    uint32_t object = dependent(eventing->document, verb, REL_OBJ, 0);
    if (object != RELATO_NONE && object > verb)
        add_prepositional(eventing, phrase, object, words);
}

/* Who stands beside the one behind a noun's preposition, where the tree takes him for the
 * noun's own fellow: "talks between the government and the rebels". */
static void add_misjoined(const Eventing *eventing, uint32_t noun, Words *words)
{
    const Document *document = eventing->document;
    for (uint32_t i = document->nodes[noun].child; i != RELATO_NONE; i = document->nodes[i].next)
        if (is_relation(document, i, REL_CONJ) && i > words->items[0] && entity_for(eventing, i) != RELATO_NONE)
            words_add(words, i);
}

/* ---- slots ------------------------------------------------------------------------------ */

static void add_related(const Document *document, uint32_t word, Relation relation, Words *words)
{
    for (uint32_t i = document->nodes[word].child; i != RELATO_NONE; i = document->nodes[i].next)
        if (document->nodes[i].relation == relation)
            add_with_conjuncts(document, words, i);
}

static void add_possessives(const Document *document, uint32_t word, Words *words)
{
    for (uint32_t i = document->nodes[word].child; i != RELATO_NONE; i = document->nodes[i].next)
        if (is_subtype(document, i, "nmod:poss") || is_subtype(document, i, "det:poss") ||
            has_feature(document, i, "Poss=Yes"))
            add_with_conjuncts(document, words, i);
}

/* What belongs to a verb without opening a phrase: "step down", "call the talks off". */
static void add_particles(const Document *document, uint32_t verb, Words *words)
{
    for (uint32_t i = document->nodes[verb].child; i != RELATO_NONE; i = document->nodes[i].next) {
        bool loose = i > verb && document->nodes[i].child == RELATO_NONE &&
                     (document->words[i].upos == UPOS_ADP || document->words[i].upos == UPOS_ADV ||
                      document->words[i].upos == UPOS_ADJ);
        if (is_subtype(document, i, "compound:prt") || loose)
            words_add(words, i);
    }
}

/* True for an infinitive without an auxiliary that is finite: "to stop", not "must stop". */
static bool is_infinitive(const Document *document, uint32_t verb)
{
    if (!has_feature(document, verb, "VerbForm=Inf"))
        return false;
    for (uint32_t i = document->nodes[verb].child; i != RELATO_NONE; i = document->nodes[i].next)
        if (is_relation(document, i, REL_AUX) && has_feature(document, i, "VerbForm=Fin"))
            return false;
    return true;
}

/* Complement clauses: finite ones, or those with an infinitive. */
static void add_clauses(const Document *document, uint32_t word, bool infinitive, Words *words)
{
    for (uint32_t i = document->nodes[word].child; i != RELATO_NONE; i = document->nodes[i].next) {
        Relation relation = (Relation)document->nodes[i].relation;
        bool complement = relation == REL_CCOMP || relation == REL_XCOMP || relation == REL_CSUBJ ||
                          (relation == REL_ACL && !is_subtype(document, i, "acl:relcl") && i > word);
        bool other = infinitive && i > word && (relation == REL_ADVCL || relation == REL_OBL || relation == REL_NMOD);
        bool bare = is_infinitive(document, i) || (relation == REL_XCOMP && is_verbal(document, i));
        if ((complement && bare == infinitive &&
             (relation != REL_ACL || infinitive || dependent(document, i, REL_MARK, 0) != RELATO_NONE)) ||
            (other && bare)) {
            words_add(words, i);
            for (uint32_t k = document->nodes[i].child; k != RELATO_NONE; k = document->nodes[k].next)
                if (is_relation(document, k, REL_CONJ) && is_verbal(document, k))
                    words_add(words, k);
        }
    }
}

/* What a noun's light verb has in its slot. */
static void add_of_light(const Eventing *eventing, const Site *site, SlotKind kind, Words *words)
{
    const Document *document = eventing->document;
    bool undergoes = site->light_class == CLASS_UNDERGO;
    /* What happens of itself has nobody who does it: "se inició una ofensiva". */
    if (kind == SLOT_SUBJECT && site->light_class == CLASS_LIGHT && !is_reflexive(document, site->light))
        add_subjects(eventing, site->light, words);
    if (kind == SLOT_OBJECT && undergoes) {
        uint32_t subject = grammatical_subject(document, site->light);
        if (subject != RELATO_NONE)
            add_with_conjuncts(document, words, subject);
    }
    if (kind == SLOT_INDIRECT)
        add_related(document, site->light, REL_IOBJ, words);
}

/* Whom a predicate that is no verb speaks of: "fueron golpeados", "se encuentran detenidos". */
static void add_described(const Document *document, uint32_t predicate, Words *words)
{
    uint32_t subject = grammatical_subject(document, predicate);
    if (subject != RELATO_NONE)
        add_with_conjuncts(document, words, subject);
}

static void add_slot(const Eventing *eventing, const Site *site, const Slot *slot, Words *words)
{
    const Document *document = eventing->document;
    uint32_t word = site->word;
    bool verb = site->part == PART_VERB;
    switch ((SlotKind)slot->kind) {
    case SLOT_SUBJECT:
        if (verb)
            add_subjects(eventing, word, words);
        else if (own_subject(document, word) != RELATO_NONE || site->part == PART_ADJECTIVE)
            add_described(document, word, words);
        break;
    case SLOT_OBJECT:
        if (verb)
            add_objects(eventing, word, words);
        else if (site->part == PART_ADJECTIVE && has_feature(document, word, "VerbForm=Part"))
            add_described(document, word, words);
        break;
    case SLOT_INDIRECT:
        add_related(document, word, REL_IOBJ, words);
        break;
    case SLOT_ADJECTIVE:
        add_related(document, word, REL_AMOD, words);
        break;
    case SLOT_POSSESSIVE:
        add_possessives(document, word, words);
        break;
    case SLOT_COMPOUND:
        add_related(document, word, REL_COMPOUND, words);
        break;
    case SLOT_ADVERB:
        add_related(document, word, REL_ADVMOD, words);
        break;
    case SLOT_PARTICLE:
        add_particles(document, word, words);
        break;
    case SLOT_CLAUSE:
    case SLOT_INFINITIVE:
        add_clauses(document, word, slot->kind == SLOT_INFINITIVE, words);
        break;
    case SLOT_HEAD:
        if (document->nodes[word].head != RELATO_NONE)
            words_add(words, document->nodes[word].head);
        break;
    case SLOT_ANY:
        for (uint32_t i = document->nodes[word].left; i <= document->nodes[word].right; i++)
            if (i < site->first || i > site->last)
                words_add(words, i);
        break;
    case SLOT_PREPOSITION:
        add_prepositional(eventing, &slot->phrase, word, words);
        if (site->light != RELATO_NONE)
            add_prepositional(eventing, &slot->phrase, site->light, words);
        if (words->count == 0 && !verb)
            add_misplaced(eventing, &slot->phrase, word, words);
        if (words->count == 1 && !verb && entity_for(eventing, word) == RELATO_NONE)
            add_misjoined(eventing, word, words);
        if (words->count == 0 && verb)
            add_of_object(eventing, &slot->phrase, word, words);
        break;
    case SLOT_KIND_COUNT:
        break;
    }
    if (site->light != RELATO_NONE && words->count == 0)
        add_of_light(eventing, site, (SlotKind)slot->kind, words);
}

/* A site of a word that a path leads through. */
static Site plain_site(const Document *document, uint32_t word)
{
    return (Site){ .word = word,
                   .first = word,
                   .last = word,
                   .part = is_verbal(document, word) ? PART_VERB : PART_NOUN,
                   .light = RELATO_NONE };
}

void path_words(const Eventing *eventing, const Site *site, Path path, Words *words)
{
    const Slot *slots = &eventing->lexicon.slots[path.slot];
    words->count = 0;
    add_slot(eventing, site, &slots[0], words);
    for (uint32_t k = 1; k < path.count; k++) {
        Words from = *words;
        words->count = 0;
        for (uint32_t i = 0; i < from.count; i++) {
            Site next = plain_site(eventing->document, from.items[i]);
            add_slot(eventing, &next, &slots[k], words);
        }
    }
    /* The anchor's own words and those of its light verb are nobody's place. */
    uint32_t kept = 0;
    for (uint32_t i = 0; i < words->count; i++)
        if (words->items[i] != site->word && !(site->light != RELATO_NONE && words->items[i] >= site->light_first &&
                                               words->items[i] <= site->light_last))
            words->items[kept++] = words->items[i];
    words->count = kept;
}
