#include "claim/claiming.h"

enum { MOST_STEPS = 6, MOST_EARLIER = 16, MOST_WORDS_BACK = 150 };

static bool is_relative(const Claiming *claiming, uint32_t word)
{
    return has_feature(claiming->document, word, "PronType=Rel") ||
           has_feature(claiming->document, word, "PronType=Int,Rel") ||
           has_feature(claiming->document, word, "PronType=Int");
}

/* The subject next to the verb; one before it rather than one behind. */
static uint32_t subject_of(const Claiming *claiming, uint32_t verb)
{
    uint32_t subject = RELATO_NONE;
    for (uint32_t i = claiming->document->nodes[verb].child; i != RELATO_NONE; i = claiming->document->nodes[i].next)
        if (is_relation(claiming->document, i, REL_NSUBJ) && !is_subtype(claiming->document, i, "nsubj:pass") &&
            claiming->document->words[i].token != claiming->document->words[verb].token &&
            (i < verb || subject == RELATO_NONE))
            subject = i;
    return subject;
}

uint32_t source_of(const Claiming *claiming, uint32_t verb)
{
    for (int step = 0; step < MOST_STEPS && verb != RELATO_NONE; step++) {
        uint32_t subject = subject_of(claiming, verb), head = claiming->document->nodes[verb].head;
        bool relative = is_relation(claiming->document, verb, REL_ACL);
        if (subject != RELATO_NONE && !(relative && is_relative(claiming, subject)))
            return subject;
        if (relative)
            return head;
        if (!is_relation(claiming->document, verb, REL_CONJ) && !is_relation(claiming->document, verb, REL_XCOMP) &&
            !is_relation(claiming->document, verb, REL_ADVCL))
            return RELATO_NONE;
        verb = head;
    }
    return RELATO_NONE;
}

static bool is_comma(const Claiming *claiming, uint32_t word)
{
    Str form = word_text(claiming, word);
    return str_equal(form, STR(",")) || str_equal(form, STR("–")) || str_equal(form, STR("—")) ||
           str_equal(form, STR("-"));
}

static bool is_punctuation(const Claiming *claiming, uint32_t word)
{
    return claiming->document->words[word].upos == UPOS_PUNCT;
}

void phrase_of_noun(const Claiming *claiming, uint32_t noun, uint32_t *first, uint32_t *last)
{
    const Node *nodes = claiming->document->nodes;
    *first = nodes[noun].left;
    *last = nodes[noun].right;
    /* A preposition belongs to the verb, not to the one who speaks; so do marks. */
    while (*first < noun &&
           (is_punctuation(claiming, *first) || is_relation(claiming->document, *first, REL_CASE) ||
            is_relation(claiming->document, *first, REL_MARK) || is_relation(claiming->document, *first, REL_CC) ||
            is_relation(claiming->document, *first, REL_FIXED) || is_relation(claiming->document, *first, REL_ADVMOD)))
        (*first)++;
    for (uint32_t i = nodes[noun].child; i != RELATO_NONE; i = nodes[i].next) {
        bool clause = is_relation(claiming->document, i, REL_ACL) ||
                      is_relation(claiming->document, i, REL_PARATAXIS) ||
                      is_relation(claiming->document, i, REL_ADVCL) || is_relation(claiming->document, i, REL_DEP);
        bool apart = nodes[i].left > noun && is_comma(claiming, nodes[i].left);
        if (clause && nodes[i].right < noun && nodes[i].right + 1 < noun && nodes[i].right >= *first &&
            (is_comma(claiming, nodes[i].right) || is_comma(claiming, nodes[i].right + 1)))
            *first = nodes[i].right + 1 + !is_comma(claiming, nodes[i].right);
        if (i > noun && nodes[i].left > noun &&
            ((clause && apart) || is_relation(claiming->document, i, REL_PARATAXIS)) && nodes[i].left <= *last)
            *last = nodes[i].left - 1;
    }
    /* Nor is the formula that leaves it unnamed part of its phrase. */
    if (claiming->unnamed != RELATO_NONE && claiming->unnamed > noun + 1 && claiming->unnamed <= *last)
        *last = claiming->unnamed - 1;
    while (*last > noun && is_punctuation(claiming, *last) && !str_equal(word_text(claiming, *last), STR(")")))
        (*last)--;
}

/* The kind that the noun's words tell. */
static bool kind_of_noun(const Claiming *claiming, uint32_t noun, RelatoSourceKind *kind)
{
    const ClaimLexicon *lexicon = &claiming->lexicon;
    const uint32_t ids[] = { claiming->document->nodes[noun].form, claiming->document->nodes[noun].lemma };
    for (size_t k = 0; k < 2; k++) {
        if (ids[k] == 0)
            continue;
        for (size_t i = claim_lexicon_noun(lexicon, ids[k]);
             i < lexicon->noun_count && lexicon->nouns[i].phrase.word == ids[k]; i++) {
            if (phrase_match(claiming, &lexicon->nouns[i].phrase, noun)) {
                *kind = (RelatoSourceKind)lexicon->nouns[i].kind;
                return true;
            }
        }
    }
    return false;
}

/* True if a word of the phrase names the same as its noun ("o ministro, João Reis"):
 * nothing between them is joined by a preposition, a clause or an "and". */
static bool names_noun(const Claiming *claiming, uint32_t word, uint32_t noun)
{
    for (int step = 0; step < MOST_STEPS && word != noun; step++) {
        if (word == RELATO_NONE || is_relation(claiming->document, word, REL_ACL) ||
            is_relation(claiming->document, word, REL_OBL) || is_relation(claiming->document, word, REL_CONJ) ||
            dependent(claiming->document, word, REL_CASE, 0) != RELATO_NONE)
            return false;
        word = claiming->document->nodes[word].head;
    }
    return word == noun;
}

/* The person whose name ends the phrase with no preposition before it ("Secretary of
 * State X Y"), however the tree joins it; RELATO_NONE if there is none. */
static uint32_t person_at_end(const Claiming *claiming, uint32_t first, uint32_t last)
{
    uint32_t entity = entity_of_word(claiming->document, last), start = last;
    if (entity == RELATO_NONE || claiming->document->entities[entity].type != RELATO_PERSON ||
        !claiming->document->entities[entity].named)
        return RELATO_NONE;
    while (start > first && entity_of_word(claiming->document, start - 1) == entity)
        start--;
    return start > first && claiming->document->words[start - 1].upos == UPOS_ADP ? RELATO_NONE : entity;
}

/* The entity that a phrase is about: a person named in it, else that of its noun. */
static uint32_t entity_of_phrase(const Claiming *claiming, uint32_t noun, uint32_t first, uint32_t last)
{
    const Entity *entities = claiming->document->entities;
    for (uint32_t i = first; i <= last; i++) {
        uint32_t entity = entity_of_word(claiming->document, i);
        if (entity != RELATO_NONE && entities[entity].type == RELATO_PERSON && entities[entity].named &&
            names_noun(claiming, i, noun))
            return entity;
    }
    uint32_t ending = person_at_end(claiming, first, last);
    return ending != RELATO_NONE ? ending : entity_of_word(claiming->document, noun);
}

static RelatoSourceKind kind_of_entity(const Entity *entity)
{
    bool state = str_equal(entity->sector, STR("GOV")) || str_equal(entity->sector, STR("MIL")) ||
                 str_equal(entity->sector, STR("COP"));
    if (entity->type == RELATO_PERSON)
        return entity->named ? RELATO_SOURCE_PERSON : RELATO_SOURCE_OFFICIAL;
    if (entity->type == RELATO_GROUP)
        return state ? RELATO_SOURCE_OFFICIAL : RELATO_SOURCE_PUBLIC;
    return str_equal(entity->sector, STR("JRN")) ? RELATO_SOURCE_OUTLET : RELATO_SOURCE_INSTITUTION;
}

/* Country and sector of who is not named: of what is named beside the noun. */
static void code_by_phrase(const Claiming *claiming, Claim *claim, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; i <= last; i++) {
        uint32_t entity = entity_of_word(claiming->document, i);
        if (entity == RELATO_NONE)
            continue;
        const Entity *near = &claiming->document->entities[entity];
        if (claim->country.size == 0)
            claim->country = near->country;
        if (claim->sector.size == 0 && claim->kind != RELATO_SOURCE_DOCUMENT)
            claim->sector = near->sector;
    }
}

static void set_anonymous(Claim *claim)
{
    claim->anonymous = claim->kind == RELATO_SOURCE_OFFICIAL || claim->kind == RELATO_SOURCE_SPOKESPERSON ||
                       claim->kind == RELATO_SOURCE_WITNESS || claim->kind == RELATO_SOURCE_EXPERT ||
                       claim->kind == RELATO_SOURCE_SOURCE;
}

/* True if a proper name stands beside the noun although it is no known entity:
 * "o porta-voz da polícia, João Reis". */
static bool name_beside(const Claiming *claiming, uint32_t noun, uint32_t last)
{
    for (uint32_t i = claiming->document->nodes[noun].child; i != RELATO_NONE; i = claiming->document->nodes[i].next)
        if (i <= last && claiming->document->words[i].upos == UPOS_PROPN &&
            (is_relation(claiming->document, i, REL_APPOS) || is_relation(claiming->document, i, REL_FLAT)))
            return true;
    return false;
}

/* "o porta-voz" again, of whom the name was told before. */
static bool fill_from_same_noun(const Claiming *claiming, Claim *claim, uint32_t noun)
{
    uint32_t article = dependent(claiming->document, noun, REL_DET, 0);
    if (article == RELATO_NONE || !has_feature(claiming->document, article, "Definite=Def") ||
        has_feature(claiming->document, noun, "Number=Plur"))
        return false;
    for (size_t i = claiming->claims.count, steps = 0; i-- > 0 && steps < MOST_EARLIER; steps++) {
        uint32_t earlier = claiming->nouns.items[i];
        if (earlier == RELATO_NONE ||
            claiming->document->nodes[earlier].lemma != claiming->document->nodes[noun].lemma ||
            claiming->claims.items[i].kind != RELATO_SOURCE_PERSON)
            continue;
        claim->entity = claiming->claims.items[i].entity;
        claim->kind = RELATO_SOURCE_PERSON;
        claim->country = claiming->claims.items[i].country;
        claim->sector = claiming->claims.items[i].sector;
        return true;
    }
    return false;
}

/* The person who was the subject of a sentence or clause since the last claim. */
static uint32_t recent_subject(const Claiming *claiming, uint32_t word)
{
    const Document *document = claiming->document;
    const Claim *last = claiming->claims.count ? &claiming->claims.items[claiming->claims.count - 1] : NULL;
    uint32_t said = !last ? 0 : last->content.end > last->cue.end ? last->content.end : last->cue.end;
    for (uint32_t i = word, steps = 0; i-- > 0 && steps < MOST_WORDS_BACK && word_start(claiming->document, i) >= said;
         steps++) {
        uint32_t entity = entity_of_word(claiming->document, i);
        if (entity != RELATO_NONE && document->entities[entity].type == RELATO_PERSON &&
            document->entities[entity].named && is_relation(claiming->document, i, REL_NSUBJ) &&
            !quote_around(claiming, word_start(claiming->document, i)))
            return i;
    }
    return RELATO_NONE;
}

/* For a subject that is left out or a pronoun: the last person who did something,
 * else who spoke last. */
static bool fill_from_before(const Claiming *claiming, Claim *claim, uint32_t word)
{
    uint32_t subject = recent_subject(claiming, word);
    if (subject != RELATO_NONE)
        return source_fill(claiming, claim, subject, subject);
    if (claiming->claims.count == 0)
        return false;
    const Claim *last = &claiming->claims.items[claiming->claims.count - 1];
    claim->source = last->source;
    claim->entity = last->entity;
    claim->kind = last->kind;
    claim->anonymous = last->anonymous;
    claim->country = last->country;
    claim->sector = last->sector;
    return true;
}

static bool fill_from_pronoun(const Claiming *claiming, Claim *claim, uint32_t noun, Span span)
{
    if (!has_feature(claiming->document, noun, "PronType=Prs") &&
        !has_feature(claiming->document, noun, "PronType=Dem"))
        return false;
    bool known = fill_from_before(claiming, claim, noun);
    claim->source = span;
    return known;
}

/* True for the article of a contraction: "pelo", "del". */
static bool inside_token(const Document *document, uint32_t word)
{
    return document->tokens[document->words[word].token].first_word < word;
}

bool source_fill(const Claiming *claiming, Claim *claim, uint32_t noun, uint32_t verb)
{
    const Document *document = claiming->document;
    uint32_t first, last;
    claim->entity = RELATO_NONE;
    claim->country = claim->sector = STR("");
    if (noun == RELATO_NONE)
        return fill_from_before(claiming, claim, verb);
    phrase_of_noun(claiming, noun, &first, &last);
    if (first < noun && inside_token(document, first))
        first++;
    Span span = { word_start(claiming->document, first), word_end(claiming->document, last) };
    if (document->words[noun].upos == UPOS_PRON)
        return fill_from_pronoun(claiming, claim, noun, span);
    claim->source = span;
    claim->entity = entity_of_phrase(claiming, noun, first, last);
    const Entity *entity = claim->entity == RELATO_NONE ? NULL : &document->entities[claim->entity];
    bool person = entity && entity->type == RELATO_PERSON && entity->named;
    if (person)
        claim->kind = RELATO_SOURCE_PERSON;
    else if (!kind_of_noun(claiming, noun, &claim->kind)) {
        bool unknown = !entity && document->words[noun].upos != UPOS_PROPN;
        bool someone = unknown || (entity && entity->type == RELATO_PERSON);
        if (unknown && claiming->unnamed == RELATO_NONE)
            return false;
        claim->kind = someone && claiming->unnamed != RELATO_NONE ? RELATO_SOURCE_SOURCE
                      : entity                                    ? kind_of_entity(entity)
                                                                  : RELATO_SOURCE_PERSON;
    }
    if (entity) {
        if (entity->type == RELATO_ORGANISATION && str_equal(entity->sector, STR("JRN")) &&
            claim->kind != RELATO_SOURCE_DOCUMENT)
            claim->kind = RELATO_SOURCE_OUTLET;
        claim->country = entity->country;
        claim->sector = entity->sector;
        if (entity->named && claim->kind == RELATO_SOURCE_SOURCE)
            claim->kind = kind_of_entity(entity);
    }
    if (!person)
        code_by_phrase(claiming, claim, first, last);
    set_anonymous(claim);
    claim->anonymous = claim->anonymous || (claiming->unnamed != RELATO_NONE && claim->kind == RELATO_SOURCE_PUBLIC);
    if (claim->anonymous && name_beside(claiming, noun, last)) {
        claim->kind = RELATO_SOURCE_PERSON;
        claim->anonymous = false;
    } else if (claim->anonymous && claim->kind != RELATO_SOURCE_SOURCE && fill_from_same_noun(claiming, claim, noun)) {
        claim->anonymous = false;
    }
    return true;
}
