#include "event/eventing.h"
#include "event/plover.h"

enum { LONGEST_FORM = 4 };

/* ---- word classes ----------------------------------------------------------------- */

/* The last word of the longest form of the class that begins at the word; RELATO_NONE. */
static uint32_t class_from(const Eventing *eventing, uint32_t class_id, uint32_t word)
{
    const EventLexicon *lexicon = &eventing->lexicon;
    const uint32_t ids[] = { eventing->document->nodes[word].lemma, eventing->document->nodes[word].form };
    for (size_t k = 0; k < 2; k++) {
        if (ids[k] == 0 || (k == 1 && ids[1] == ids[0]))
            continue;
        for (size_t i = event_lexicon_member(lexicon, class_id, ids[k]); i < lexicon->member_count; i++) {
            const Member *member = &lexicon->members[i];
            if (member->class_id != class_id || member->phrase.word != ids[k])
                break;
            if (phrase_follows(eventing->document, &member->phrase, lexicon->tails, word, eventing->last))
                return word + member->phrase.tail_count;
        }
    }
    return RELATO_NONE;
}

bool class_covers(const Eventing *eventing, uint32_t class_id, uint32_t word, uint32_t *first, uint32_t *last)
{
    for (uint32_t start = word;; start--) {
        uint32_t end = class_from(eventing, class_id, start);
        if (end != RELATO_NONE && end >= word) {
            *first = start;
            *last = end;
            return true;
        }
        if (start == eventing->first || word - start >= LONGEST_FORM - 1)
            return false;
    }
}

/* ---- light verbs -------------------------------------------------------------------- */

/* Whether a noun that hangs on a word of a class in such a way has its event carried by it. */
static bool carries(const Document *document, uint32_t noun, uint32_t class_id, bool phrase)
{
    switch (document->nodes[noun].relation) {
    case REL_OBJ:
        return true;
    case REL_NSUBJ:
        return class_id == CLASS_HAPPEN || is_subtype(document, noun, "nsubj:pass") ||
               is_passive(document, document->nodes[noun].head);
    case REL_OBL:
    case REL_NMOD:
    case REL_XCOMP:
        return phrase;
    default:
        return false;
    }
}

/* Finds the light verb of a noun among its head and the clauses that describe it. */
static void find_light(const Eventing *eventing, Site *site)
{
    const Document *document = eventing->document;
    uint32_t noun = site->word;
    while (is_relation(document, noun, REL_CONJ) && document->nodes[noun].head < noun)
        noun = document->nodes[noun].head;
    uint32_t head = document->nodes[noun].head;
    for (uint32_t class_id = CLASS_LIGHT; class_id <= CLASS_HAPPEN; class_id++) {
        uint32_t first, last;
        if (head != RELATO_NONE && class_covers(eventing, class_id, head, &first, &last) &&
            (last < site->first || first > site->last) && carries(document, noun, class_id, last > first)) {
            site->light = head;
            site->light_class = class_id;
            site->light_first = first;
            site->light_last = last;
            return;
        }
        for (uint32_t i = document->nodes[noun].child; i != RELATO_NONE; i = document->nodes[i].next) {
            if (!is_relation(document, i, REL_ACL) || !class_covers(eventing, class_id, i, &first, &last))
                continue;
            *site = (Site){ site->word, site->first, site->last, site->part, i, class_id, first, last };
            return;
        }
    }
}

/* ---- conditions ------------------------------------------------------------------------ */

static bool word_fits(const Eventing *eventing, const Condition *condition, uint32_t word, uint32_t *first,
                      uint32_t *last)
{
    if (condition->kind == CONDITION_FILLED)
        return true;
    if (condition->class_id != RELATO_NONE && class_covers(eventing, condition->class_id, word, first, last))
        return true;
    uint32_t entity = condition->entities ? entity_for(eventing, word) : RELATO_NONE;
    *first = *last = word;
    return entity != RELATO_NONE && (entity_kinds(eventing, entity) & condition->entities);
}

static bool fits_anywhere(const Eventing *eventing, const Condition *condition, const Site *site, Mention *mention)
{
    const Node *node = &eventing->document->nodes[site->word];
    for (uint32_t i = node->left, first = i, last = i; i <= node->right; i++)
        if ((i < site->first || i > site->last) && word_fits(eventing, condition, i, &first, &last)) {
            if (condition->kind == CONDITION_BOUND && mention->word_count < MOST_TRIGGER_WORDS)
                mention->words[mention->word_count++] = i;
            return true;
        }
    return false;
}

static bool slot_fits(const Eventing *eventing, const Condition *condition, const Site *site, Mention *mention)
{
    if (condition->path.count == 1 && eventing->lexicon.slots[condition->path.slot].kind == SLOT_ANY)
        return fits_anywhere(eventing, condition, site, mention);
    Words words;
    path_words(eventing, site, condition->path, &words);
    for (uint32_t i = 0; i < words.count; i++) {
        uint32_t first = words.items[i], last = first;
        if (!word_fits(eventing, condition, words.items[i], &first, &last))
            continue;
        for (uint32_t k = first; condition->kind == CONDITION_BOUND && k <= last; k++)
            if (mention->word_count < MOST_TRIGGER_WORDS)
                mention->words[mention->word_count++] = k;
        return true;
    }
    return false;
}

static bool holds(const Eventing *eventing, const Condition *condition, const Site *site, Mention *mention)
{
    const Document *document = eventing->document;
    switch ((ConditionKind)condition->kind) {
    case CONDITION_REFLEXIVE:
        return is_reflexive(document, site->word) != condition->negated;
    case CONDITION_PASSIVE:
        return is_passive(document, site->word) != condition->negated;
    case CONDITION_PLURAL:
        return has_feature(document, site->word, "Number=Plur") != condition->negated;
    default:
        return slot_fits(eventing, condition, site, mention) != condition->negated;
    }
}

static bool all_hold(const Eventing *eventing, const Pattern *pattern, const Site *site, Mention *mention)
{
    uint32_t held = 0;
    mention->word_count = 0;
    while (held < pattern->condition_count &&
           holds(eventing, &eventing->lexicon.conditions[pattern->condition + held], site, mention))
        held++;
    explain_pattern(eventing, pattern, site, held < pattern->condition_count ? held : RELATO_NONE);
    return held == pattern->condition_count;
}

/* ---- anchors ----------------------------------------------------------------------------- */

/* What part of speech a word is as an anchor; 0 if it is none. An adjective counts as a predicate alone. */
static uint32_t part_of(const Document *document, uint32_t word)
{
    switch (document->words[word].upos) {
    case UPOS_VERB:
    case UPOS_AUX:
        return PART_VERB;
    case UPOS_NOUN:
    case UPOS_PROPN:
        return PART_NOUN;
    case UPOS_ADJ:
        if (dependent(document, word, REL_COP, 0) != RELATO_NONE ||
            dependent(document, word, REL_NSUBJ, 0) != RELATO_NONE || is_relation(document, word, REL_XCOMP))
            return PART_ADJECTIVE;
        return is_relation(document, word, REL_AMOD) || is_relation(document, word, REL_ADVMOD) ? 0 : PART_NOUN;
    default:
        return 0;
    }
}

/* A word of a name of several words tells no event: "Ministério da Guerra". */
static bool is_in_name(const Document *document, uint32_t word)
{
    uint32_t entity = entity_of_word(document, word);
    if (entity == RELATO_NONE || !document->entities[entity].named)
        return false;
    uint32_t token = document->words[word].token;
    bool joined = (token > 0 && document->entity_at[token - 1] == entity + 1) ||
                  (token + 1 < document->token_count && document->entity_at[token + 1] == entity + 1);
    return joined || document->words[word].upos == UPOS_PROPN;
}

/* The site of an anchor of `count` words from `first` on: its head is the one that hangs on none of them. */
static Site site_of(const Eventing *eventing, uint32_t first, uint32_t count)
{
    const Document *document = eventing->document;
    Site site = { .word = first, .first = first, .last = first + count - 1, .light = RELATO_NONE };
    for (uint32_t i = site.last + 1; i-- > first;) {
        uint32_t head = document->nodes[i].head;
        if ((head == RELATO_NONE || head < site.first || head > site.last) && !is_relation(document, i, REL_PUNCT) &&
            document->words[i].upos != UPOS_ADP)
            site.word = i;
    }
    site.part = part_of(document, site.word);
    if (site.part == PART_NOUN)
        find_light(eventing, &site);
    return site;
}

/* The first pattern, in the order in which they are to be tried, whose anchor begins
 * at the word with this id and whose conditions hold. */
static bool find_pattern(const Eventing *eventing, uint32_t word, uint32_t id, Mention *mention)
{
    const EventLexicon *lexicon = &eventing->lexicon;
    uint32_t length = 0;
    for (size_t i = event_lexicon_anchor(lexicon, id); i < lexicon->anchor_count; i++) {
        const Anchor *anchor = &lexicon->anchors[i];
        if (anchor->phrase.word != id)
            return false;
        if (!phrase_follows(eventing->document, &anchor->phrase, lexicon->tails, word, eventing->last))
            continue;
        if (length != anchor->phrase.tail_count + 1) {
            length = anchor->phrase.tail_count + 1;
            mention->site = site_of(eventing, word, length);
        }
        const Pattern *pattern = &lexicon->patterns[anchor->pattern];
        if ((pattern->parts & mention->site.part) && all_hold(eventing, pattern, &mention->site, mention)) {
            mention->pattern = pattern;
            return true;
        }
    }
    return false;
}

static bool find_mention(const Eventing *eventing, uint32_t word, Mention *mention)
{
    const Document *document = eventing->document;
    const Node *node = &document->nodes[word];
    *mention = (Mention){ .sentence = eventing->sentence,
                          .place = RELATO_NONE,
                          .time = RELATO_NONE,
                          .place_distance = UINT32_MAX,
                          .time_distance = UINT32_MAX };
    if (is_in_name(document, word))
        return false;
    if (node->lemma && find_pattern(eventing, word, node->lemma, mention))
        return true;
    /* A form whose lemma is not known may be one itself. */
    return node->form && node->form != node->lemma && document->words[word].upos != UPOS_VERB &&
           find_pattern(eventing, word, node->form, mention);
}

/* ---- sentences ------------------------------------------------------------------------------ */

static bool uses_word(const Mention *mention, uint32_t word)
{
    if (word >= mention->site.first && word <= mention->site.last)
        return true;
    for (uint32_t i = 0; i < mention->word_count; i++)
        if (mention->words[i] == word)
            return true;
    return false;
}

/* Takes out mentions whose anchor is a word of another's trigger, and what is no event. */
static void drop_parts(Eventing *eventing, size_t from)
{
    size_t kept = from;
    for (size_t i = from; i < eventing->mentions.count; i++) {
        Mention *mention = &eventing->mentions.items[i];
        bool part = false;
        for (size_t k = from; k < eventing->mentions.count && !part; k++) {
            const Mention *other = &eventing->mentions.items[k];
            bool larger =
                other->word_count > mention->word_count || (other->word_count == mention->word_count && k < i);
            part = k != i && larger && uses_word(other, mention->site.word);
        }
        /* Kept apart from those that go, which others may still be compared with. */
        mention->type = part ? PLOVER_NO_TYPE : mention->pattern->type;
    }
    for (size_t i = from; i < eventing->mentions.count; i++)
        if (eventing->mentions.items[i].type != PLOVER_NO_TYPE)
            eventing->mentions.items[kept++] = eventing->mentions.items[i];
    eventing->mentions.count = kept;
}

void match_sentence(Eventing *eventing)
{
    size_t from = eventing->mentions.count;
    for (uint32_t word = eventing->first; word <= eventing->last; word++) {
        Mention mention;
        if (find_mention(eventing, word, &mention)) {
            uint32_t first, last;
            mention.mode = mention.pattern->mode;
            mention.mutual = class_covers(eventing, CLASS_MUTUAL, mention.site.word, &first, &last);
            *ARENA_PUSH(eventing->document->arena, &eventing->mentions) = mention;
            if (mention.site.last > word)
                word = mention.site.last;
        }
    }
    drop_parts(eventing, from);
}
