#include "claim/claim.h"

#include <stdlib.h>

#include "claim/claiming.h"
#include "core/utf8.h"

enum { COLON_WORDS = 8, NEAR = 12, CLOSE = 5, MOST_CUT = 4 };

/* ---- small looks at words -------------------------------------------------------- */

Str word_text(const Claiming *claiming, uint32_t word)
{
    return claiming->document->words[word].form;
}

uint32_t phrase_match(const Claiming *claiming, const Phrase *phrase, uint32_t word)
{
    bool stands = phrase_follows(claiming->document, phrase, claiming->lexicon.tails, word, claiming->last);
    return stands ? phrase->tail_count + 1 : 0;
}

static bool is_mark(const Claiming *claiming, uint32_t word, const char *mark)
{
    return str_equal(word_text(claiming, word), str_of(mark));
}

static bool is_punctuation(const Claiming *claiming, uint32_t word)
{
    uint32_t token = claiming->document->words[word].token;
    return claiming->document->tokens[token].shape & SHAPE_PUNCTUATION;
}

/* Commas and dashes part a cue from what it attributes. */
static bool is_break(const Claiming *claiming, uint32_t word)
{
    return is_mark(claiming, word, ",") || is_mark(claiming, word, "—") || is_mark(claiming, word, "–") ||
           is_mark(claiming, word, "-") || is_mark(claiming, word, "--");
}

static const Cue *cue_at(const Claiming *claiming, uint32_t word, CueUse use, uint32_t *count)
{
    const ClaimLexicon *lexicon = &claiming->lexicon;
    const uint32_t ids[] = { claiming->document->nodes[word].lemma, claiming->document->nodes[word].form };
    for (size_t k = 0; k < 2; k++)
        for (size_t i = ids[k] ? claim_lexicon_cue(lexicon, ids[k]) : lexicon->cue_count;
             i < lexicon->cue_count && lexicon->cues[i].phrase.word == ids[k]; i++)
            if (lexicon->cues[i].use == use && (*count = phrase_match(claiming, &lexicon->cues[i].phrase, word)) > 0)
                return &lexicon->cues[i];
    return NULL;
}

/* The cue for a verb that takes such a content: a verb may stand in several rows. */
static const Cue *cue_taking(const Claiming *claiming, const Cue *cue, unsigned content)
{
    const ClaimLexicon *lexicon = &claiming->lexicon;
    for (const Cue *other = cue; other < lexicon->cues + lexicon->cue_count && other->phrase.word == cue->phrase.word;
         other++)
        if (other->use == cue->use && other->phrase.tail_count == cue->phrase.tail_count && (other->content & content))
            return other;
    return NULL;
}

/* ---- contents ---------------------------------------------------------------------- */

/* The content from one word to another, both included, without marks at its ends;
 * quotation marks around the whole stay outside. */
static Span content_of(const Claiming *claiming, uint32_t first, uint32_t last)
{
    while (first < last && is_punctuation(claiming, first) &&
           !quote_around(claiming, word_end(claiming->document, first)))
        first++;
    while (last > first && is_punctuation(claiming, last) && !is_mark(claiming, last, ")") &&
           !is_mark(claiming, last, "?"))
        last--;
    if (first > last)
        return (Span){ 0, 0 };
    Span span = { word_start(claiming->document, first), word_end(claiming->document, last) };
    const Quote *opened = quote_from(claiming, span.start), *inner = quote_around(claiming, span.start);
    if (opened && opened->start <= word_end(claiming->document, first) && is_punctuation(claiming, first)) {
        /* It begins with a quotation mark. */
        if (opened->end + 1 >= span.end)
            return (Span){ opened->start, opened->end };
    } else if (inner && inner->start == span.start && inner->end >= span.end) {
        return (Span){ inner->start, inner->end };
    }
    /* A quotation that is cut ends behind its closing mark. */
    const Quote *cut = quote_around(claiming, span.end > span.start ? span.end - 1 : span.start);
    if (cut && cut->start > span.start && cut->end >= span.end) {
        size_t end = cut->end;
        if (cut->closed && end < claiming->document->text.size)
            utf8_next(claiming->document->text, &end);
        span.end = (uint32_t)end;
    }
    return span;
}

static void add_claim(Claiming *claiming, Claim claim, uint32_t source, uint32_t first, uint32_t last)
{
    *ARENA_PUSH(claiming->document->arena, &claiming->nouns) = source;
    claim.cue = (Span){ word_start(claiming->document, first), word_end(claiming->document, last) };
    claim.quoted = claim.content.end > claim.content.start ? quoted_of(claiming, claim.content) : RELATO_QUOTED_NONE;
    *ARENA_PUSH(claiming->document->arena, &claiming->claims) = claim;
    for (uint32_t i = first; i <= last; i++)
        claiming->used[i] = true;
}

static bool is_outlet(const Claiming *claiming, uint32_t entity)
{
    const Entity *entities = claiming->document->entities;
    return entity != RELATO_NONE && entities[entity].named && str_equal(entities[entity].sector, STR("JRN"));
}

/* The outlet in the phrase of the source that was its hearer: "disse uma fonte à Reuters". */
static uint32_t hearer_of(const Claiming *claiming, uint32_t source)
{
    const Document *document = claiming->document;
    uint32_t count, first, last;
    if (source == RELATO_NONE)
        return RELATO_NONE;
    phrase_of_noun(claiming, source, &first, &last);
    for (uint32_t i = source + 1; i <= last; i++) {
        uint32_t preposition =
            is_outlet(claiming, entity_of_word(document, i)) ? dependent(document, i, REL_CASE, 0) : RELATO_NONE;
        if (preposition != RELATO_NONE && cue_at(claiming, preposition, CUE_HEARER, &count))
            return i;
    }
    return RELATO_NONE;
}

/* The outlet to whom it was said: a dependent of the verb that is one. */
static uint32_t relayer_of(const Claiming *claiming, uint32_t verb, uint32_t source)
{
    const Document *document = claiming->document;
    for (uint32_t i = claiming->document->nodes[verb].child; i != RELATO_NONE; i = claiming->document->nodes[i].next) {
        uint32_t entity = entity_of_word(document, i);
        bool told = is_relation(claiming->document, i, REL_OBL) || is_relation(claiming->document, i, REL_IOBJ) ||
                    is_relation(claiming->document, i, REL_OBJ) || is_relation(claiming->document, i, REL_NMOD);
        if (told && i != source && is_outlet(claiming, entity))
            return entity;
    }
    return RELATO_NONE;
}

/* ---- verbs ------------------------------------------------------------------------------ */

typedef struct Attribution {
    const Cue *cue;
    uint32_t verb, cue_count; /* the cue's words begin at the verb */
    uint32_t source;          /* noun; RELATO_NONE: left out */
    uint32_t first, last;     /* words of cue and source together */
} Attribution;

/* A passive or a participle attributes nothing to its subject, nor does what is not said. */
static bool speaks(const Claiming *claiming, uint32_t verb)
{
    if (claiming->document->words[verb].upos != UPOS_VERB || claiming->used[verb])
        return false;
    for (uint32_t i = claiming->document->nodes[verb].child; i != RELATO_NONE; i = claiming->document->nodes[i].next)
        if (is_subtype(claiming->document, i, "aux:pass") || is_subtype(claiming->document, i, "nsubj:pass"))
            return false;
    uint32_t adverb = dependent(claiming->document, verb, REL_ADVMOD, 0);
    for (; adverb != RELATO_NONE && adverb < verb; adverb = dependent(claiming->document, verb, REL_ADVMOD, adverb + 1))
        if (has_feature(claiming->document, adverb, "Polarity=Neg"))
            return false;
    bool bare =
        has_feature(claiming->document, verb, "VerbForm=Part") && is_relation(claiming->document, verb, REL_ACL);
    return !bare || dependent(claiming->document, verb, REL_AUX, 0) != RELATO_NONE;
}

/* A clause, an infinitive or what else hangs on the verb and stands behind it. */
static bool content_behind(const Claiming *claiming, const Attribution *at, Claim *claim)
{
    static const struct {
        Relation relation;
        unsigned content;
    } kinds[] = {
        { REL_CCOMP, CONTENT_CLAUSE },
        { REL_CSUBJ, CONTENT_CLAUSE },
        { REL_XCOMP, CONTENT_INFINITIVE | CONTENT_GERUND },
    };
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        uint32_t clause = dependent(claiming->document, at->verb, kinds[k].relation, at->verb + 1), count;
        const Cue *cue = clause == RELATO_NONE ? NULL : cue_taking(claiming, at->cue, kinds[k].content);
        if (!cue)
            continue;
        uint32_t first = claiming->document->nodes[clause].left, last = claiming->document->nodes[clause].right;
        if (first <= at->verb || clause == at->source ||
            (k == 2 && is_relation(claiming->document, at->verb, REL_XCOMP)))
            continue;
        uint32_t person = dependent(claiming->document, at->verb, REL_OBJ, at->verb + 1);
        if (k == 2 && person != RELATO_NONE && person < clause && cue->stance == RELATO_DEMANDS)
            first = claiming->document->nodes[person].left;
        uint32_t opening = at->verb + at->cue_count;
        if (k == 0 && first > opening + 1 && opening < clause &&
            cue_at(claiming, opening, CUE_COMPLEMENTISER, &count)) {
            /* The tree lost words of the clause: it goes on to the next mark. */
            first = opening + 1;
            while (last < claiming->last && !is_punctuation(claiming, last + 1))
                last++;
        }
        while (first < last && (is_break(claiming, first) || is_mark(claiming, first, ":") ||
                                cue_at(claiming, first, CUE_COMPLEMENTISER, &count) ||
                                (claiming->document->words[first].upos == UPOS_ADP &&
                                 cue_at(claiming, first + 1, CUE_COMPLEMENTISER, &count))))
            first++;
        if (k == 0 && person != RELATO_NONE && person < clause &&
            claiming->document->nodes[person].left == at->verb + 1 &&
            claiming->document->nodes[clause].left == claiming->document->nodes[person].right + 1 &&
            dependent(claiming->document, clause, REL_NSUBJ, 0) == RELATO_NONE &&
            dependent(claiming->document, clause, REL_MARK, 0) == RELATO_NONE)
            first = at->verb + 1;
        claim->stance = (RelatoStance)cue->stance;
        claim->content = content_of(claiming, first, last);
        return true;
    }
    return false;
}

/* What follows a verb and a complementiser, or a second subject behind the verb,
 * where the tree shows no clause. */
static bool words_behind(const Claiming *claiming, const Attribution *at, Claim *claim)
{
    const Cue *cue = cue_taking(claiming, at->cue, CONTENT_CLAUSE);
    uint32_t count, second = cue ? dependent(claiming->document, at->verb, REL_NSUBJ, at->verb + 1) : RELATO_NONE;
    uint32_t first = RELATO_NONE, last = claiming->last;
    for (uint32_t i = at->verb + at->cue_count;
         cue && i < last && i < at->verb + at->cue_count + CLOSE && first == RELATO_NONE; i++) {
        if (claiming->document->words[i].upos == UPOS_VERB || is_punctuation(claiming, i))
            break;
        if (claiming->document->words[i].upos == UPOS_SCONJ && cue_at(claiming, i, CUE_COMPLEMENTISER, &count)) {
            uint32_t head = claiming->document->nodes[i].head;
            first = i + 1;
            last = head != RELATO_NONE && head > i && is_relation(claiming->document, i, REL_MARK)
                       ? claiming->document->nodes[head].right
                       : last;
        }
    }
    if (first == RELATO_NONE && second != RELATO_NONE && at->source < at->verb &&
        claiming->document->nodes[second].left == at->verb + 1)
        first = at->verb + 1;
    uint32_t next = at->verb + at->cue_count;
    if (first == RELATO_NONE && next < claiming->last && has_feature(claiming->document, next, "VerbForm=Inf") &&
        cue_taking(claiming, at->cue, CONTENT_INFINITIVE)) {
        cue = cue_taking(claiming, at->cue, CONTENT_INFINITIVE);
        first = last = next;
        while (last < claiming->last && !is_punctuation(claiming, last + 1))
            last++;
    }
    if (first == RELATO_NONE || first > last)
        return false;
    claim->stance = (RelatoStance)cue->stance;
    claim->content = content_of(claiming, first, last);
    return true;
}

/* A quotation behind the verb, after a comma, a colon or nothing. */
static bool quotation_behind(const Claiming *claiming, const Attribution *at, Claim *claim)
{
    const Document *document = claiming->document;
    const Quote *quote = quote_from(claiming, word_end(claiming->document, at->verb));
    if (!quote || !(at->cue->content & CONTENT_QUOTE))
        return false;
    uint32_t sentence_end = word_end(claiming->document, claiming->last);
    size_t opener = quote->start;
    utf8_previous(document->text, &opener);
    bool colon_ends = is_mark(claiming, claiming->last, ":") ||
                      is_mark(claiming, claiming->last - (claiming->last > claiming->first), ":");
    if (opener > sentence_end + (colon_ends ? 2u : 0u))
        return false;
    size_t before = document_token_at(document, (uint32_t)opener);
    if (before == 0)
        return false;
    const Token *token = &document->tokens[before - 1];
    Str mark = token_str(document, token);
    bool parted = str_equal(mark, STR(",")) || str_equal(mark, STR(":"));
    if (!parted && token->end > word_end(claiming->document, at->last))
        return false;
    claim->content = (Span){ quote->start, quote->end };
    return true;
}

/* What somebody is charged with or called: a clause behind the object, or a phrase with
 * the preposition of charges on either side ("calificó de absurda la propuesta"). */
static uint32_t charge_of(const Claiming *claiming, const Attribution *at, uint32_t object)
{
    static const Relation clauses[] = { REL_XCOMP, REL_ADVCL, REL_CCOMP };
    const Document *document = claiming->document;
    uint32_t count;
    for (size_t k = 0; k < sizeof clauses / sizeof *clauses; k++) {
        uint32_t clause = dependent(document, at->verb, clauses[k], object + 1);
        if (clause != RELATO_NONE)
            return clause;
    }
    for (uint32_t i = document->nodes[at->verb].child; i != RELATO_NONE; i = document->nodes[i].next) {
        bool phrase = is_relation(document, i, REL_OBL) || is_relation(document, i, REL_XCOMP);
        if (phrase && i > at->verb && document->nodes[i].left > at->verb &&
            cue_at(claiming, document->nodes[i].left, CUE_CHARGE, &count))
            return i;
    }
    return RELATO_NONE;
}

/* The last word of a charge, without a second clause that is joined to it. */
static uint32_t charge_end(const Claiming *claiming, uint32_t charge)
{
    const Document *document = claiming->document;
    uint32_t joined = dependent(document, charge, REL_CONJ, charge + 1), said;
    bool another = joined != RELATO_NONE && cue_at(claiming, joined, CUE_VERB, &said);
    if (!another || document->nodes[joined].left <= charge)
        return document->nodes[charge].right;
    return document->nodes[joined].left - 1;
}

/* A noun phrase as content: "confirmou o crime"; "acusam o governo de mentir". */
static bool noun_behind(const Claiming *claiming, const Attribution *at, Claim *claim)
{
    const Cue *takes_noun = cue_taking(claiming, at->cue, CONTENT_NOUN),
              *takes_object = cue_taking(claiming, at->cue, CONTENT_OBJECT);
    uint32_t object = dependent(claiming->document, at->verb, REL_OBJ, at->verb + 1);
    if (object == RELATO_NONE && (at->cue_count > 1 || takes_object))
        object = dependent(claiming->document, at->verb, REL_OBL, at->verb + at->cue_count);
    if (object == RELATO_NONE || object == at->source || !is_nominal(claiming->document, object) ||
        claiming->document->words[object].upos == UPOS_PRON)
        return false;
    uint32_t first = claiming->document->nodes[object].left, last = claiming->document->nodes[object].right;
    first = first < at->verb + at->cue_count ? at->verb + at->cue_count : first;
    if (takes_object) {
        uint32_t charge = charge_of(claiming, at, object);
        if (charge != RELATO_NONE && charge < object) {
            uint32_t left = claiming->document->nodes[charge].left, opening = at->verb + at->cue_count;
            first = left < opening ? opening : left;
        } else if (charge != RELATO_NONE) {
            last = charge_end(claiming, charge) > last ? charge_end(claiming, charge) : last;
        } else if (last < object + 2) {
            return false;
        }
    } else if (!takes_noun) {
        return false;
    }
    claim->stance = (RelatoStance)(takes_object ? takes_object : takes_noun)->stance;
    claim->content = content_of(claiming, first, last);
    return true;
}

/* The quotation whose closing mark stands right before the word. */
static const Quote *quote_before(const Claiming *claiming, uint32_t word)
{
    uint32_t steps = 0;
    while (word > claiming->first && steps++ < 3 && is_punctuation(claiming, word - 1)) {
        word--;
        const Quote *quote = word_start(claiming->document, word)
                                 ? quote_around(claiming, word_start(claiming->document, word) - 1)
                                 : NULL;
        if (quote && quote->end <= word_end(claiming->document, word))
            return quote;
    }
    return NULL;
}

/* Direct speech that goes on behind its cue, up to its end. */
static Span resumed(const Claiming *claiming, const Attribution *at, Span content)
{
    Str text = claiming->document->text;
    const Quote *next = quote_from(claiming, word_end(claiming->document, at->last));
    if (!next || next->start > word_end(claiming->document, claiming->last) + 8 ||
        next->start - word_end(claiming->document, at->last) > 64)
        return content;
    for (size_t i = word_end(claiming->document, at->last); i < next->start; i++)
        if (text.at[i] == '\n')
            return content;
    /* What another cue follows is another claim. */
    size_t end = next->end;
    if (end < text.size)
        utf8_next(text, &end);
    bool followed = end < text.size && text.at[end] == ',';
    bool closed_by_comma = next->end > next->start && text.at[next->end - 1] == ',';
    const Quote *ends = quote_last(claiming, next);
    if (followed || closed_by_comma || !ends->closed)
        return content;
    return (Span){ content.start, ends->end };
}

/* True if the words behind a parenthesis ("A ponte, disse o ministro, vai fechar") go on
 * with what stands before it. */
static bool goes_on(const Claiming *claiming, const Attribution *at)
{
    const Node *nodes = claiming->document->nodes;
    uint32_t next = at->last + 2, head = nodes[at->verb].head;
    if (next > claiming->last || !is_break(claiming, at->last + 1))
        return false;
    if (head != RELATO_NONE && head > at->last && is_relation(claiming->document, at->verb, REL_PARATAXIS))
        return true;
    if (claiming->document->words[next].upos == UPOS_CCONJ) {
        uint32_t joined = nodes[next].head;
        return joined != RELATO_NONE && joined > next && nodes[joined].head != RELATO_NONE &&
               nodes[joined].head < at->first;
    }
    return has_feature(claiming->document, next, "VerbForm=Fin");
}

static bool is_dash(const Claiming *claiming, uint32_t word)
{
    return is_mark(claiming, word, "—") || is_mark(claiming, word, "–");
}

/* Speech with dashes, of which the second closes the words on who speaks, goes on to the
 * end of its paragraph: "—Está cerrado —dijo el alcalde—. No hay dinero." */
static void dialogue_goes_on(const Claiming *claiming, const Attribution *at, Claim *claim)
{
    Str text = claiming->document->text;
    uint32_t start = word_start(claiming->document, claiming->first);
    bool opens = is_dash(claiming, claiming->first) && (start == 0 || text.at[start - 1] == '\n');
    if (!opens || at->last >= claiming->last || !is_dash(claiming, at->last + 1))
        return;
    size_t end = str_find_byte(text, '\n', claim->content.start);
    claim->content.end = (uint32_t)(end < text.size ? end : text.size);
}

/* What stands before "…, disse o ministro". */
static bool content_before(const Claiming *claiming, const Attribution *at, Claim *claim)
{
    if (at->first == claiming->first || !(at->cue->content & (CONTENT_CLAUSE | CONTENT_QUOTE)))
        return false;
    uint32_t last = at->first - 1;
    const Quote *quote = quote_before(claiming, at->first);
    uint32_t start = word_start(claiming->document, claiming->first);
    if (quote && (quote->start <= start + 4 || !(at->cue->content & CONTENT_CLAUSE))) {
        uint32_t end = quote->end;
        if (end > quote->start && claiming->document->text.at[end - 1] == ',')
            end--;
        claim->content = resumed(claiming, at, (Span){ quote_first(claiming, quote)->start, end });
        return true;
    }
    if (!quote && !is_break(claiming, last))
        return false;
    uint32_t head = claiming->document->nodes[at->verb].head,
             left = dependent(claiming->document, at->verb, REL_CCOMP, 0);
    bool loose =
        is_relation(claiming->document, at->verb, REL_PARATAXIS) ||
        (is_relation(claiming->document, at->verb, REL_CONJ) &&
         dependent(claiming->document, at->verb, REL_CC, 0) == RELATO_NONE && claiming->last - at->last < NEAR);
    bool hangs = loose && head != RELATO_NONE && head < at->verb;
    if (left == RELATO_NONE || left > at->verb)
        left = dependent(claiming->document, at->verb, REL_PARATAXIS, 0);
    uint32_t condition = dependent(claiming->document, at->verb, REL_ADVCL, 0);
    bool root =
        head == RELATO_NONE && claiming->last - at->last < NEAR && (condition == RELATO_NONE || condition > at->verb);
    if (!hangs && !(left != RELATO_NONE && left < at->verb) && !root)
        return false;
    if ((last - claiming->first < 2 && !goes_on(claiming, at)) || claiming->used[claiming->first])
        return false;
    claim->content = content_of(claiming, claiming->first, goes_on(claiming, at) ? claiming->last : last);
    dialogue_goes_on(claiming, at, claim);
    return true;
}

/* The words of verb, auxiliaries and source, from the first to the last. */
static void set_extent(const Claiming *claiming, Attribution *at)
{
    at->first = at->verb;
    at->last = at->verb + at->cue_count - 1;
    for (uint32_t i = claiming->document->nodes[at->verb].child; i != RELATO_NONE;
         i = claiming->document->nodes[i].next)
        if (i < at->first && at->verb - i < 5 &&
            (is_relation(claiming->document, i, REL_AUX) || is_relation(claiming->document, i, REL_ADVMOD) ||
             is_relation(claiming->document, i, REL_EXPL)))
            at->first = i;
    if (at->source == RELATO_NONE)
        return;
    uint32_t first, last;
    phrase_of_noun(claiming, at->source, &first, &last);
    if (last < at->verb && first < at->first && at->verb - last < NEAR)
        at->first = first;
    if (first > at->verb && last > at->last)
        at->last = last;
}

/* True for somebody who was told: "garantiu à Lusa". */
static bool is_hearer(const Claiming *claiming, uint32_t noun)
{
    uint32_t count, preposition = dependent(claiming->document, noun, REL_CASE, 0);
    return preposition != RELATO_NONE && cue_at(claiming, preposition, CUE_HEARER, &count);
}

/* "…, disse o ministro": a subject behind the verb that was taken for an object,
 * if what is called the subject does not stand beside the verb. */
static uint32_t inverted_subject(const Claiming *claiming, uint32_t verb, uint32_t subject)
{
    uint32_t object = dependent(claiming->document, verb, REL_OBJ, verb + 1),
             clause = dependent(claiming->document, verb, REL_CCOMP, verb + 1);
    if (object == RELATO_NONE && clause != RELATO_NONE && claiming->document->words[clause].upos == UPOS_PROPN)
        object = clause;
    if (verb == claiming->first || !is_punctuation(claiming, verb - 1) || object == RELATO_NONE ||
        !is_nominal(claiming->document, object) || is_hearer(claiming, object) ||
        (clause != RELATO_NONE && clause != object) || claiming->last - claiming->document->nodes[object].right > NEAR)
        return RELATO_NONE;
    bool beside = subject != RELATO_NONE && (subject > verb || claiming->document->nodes[subject].right + 2 >= verb);
    return beside ? RELATO_NONE : object;
}

/* A person named shortly before a verb for which the tree has no subject. */
static uint32_t name_before(const Claiming *claiming, uint32_t verb)
{
    for (uint32_t i = verb; i-- > claiming->first && verb - i <= NEAR;) {
        uint32_t entity = claiming->document->entity_at[claiming->document->words[i].token];
        if (claiming->document->words[i].upos == UPOS_VERB)
            break;
        if (entity && claiming->document->entities[entity - 1].type == RELATO_PERSON &&
            claiming->document->words[i].upos == UPOS_PROPN && !is_relation(claiming->document, i, REL_FLAT) &&
            dependent(claiming->document, i, REL_CASE, 0) == RELATO_NONE)
            return i;
    }
    return RELATO_NONE;
}

/* The noun behind a verb that follows its words directly: "…", disse o ministro. */
static uint32_t speaker_behind(const Claiming *claiming, uint32_t verb)
{
    uint32_t subject = dependent(claiming->document, verb, REL_NSUBJ, verb + 1);
    bool beside = subject != RELATO_NONE && claiming->document->nodes[subject].left == verb + 1;
    return beside && quote_before(claiming, verb) ? subject : RELATO_NONE;
}

/* The clause behind an agent that a tree takes for one about it: "foi anunciado pelo
 * governo que a ponte fecha", where the passive has no subject. */
static uint32_t claim_of_agent(const Claiming *claiming, uint32_t agent)
{
    uint32_t count, clause = dependent(claiming->document, agent, REL_ACL, agent + 1);
    bool opened = clause != RELATO_NONE && claiming->document->nodes[clause].left > agent &&
                  cue_at(claiming, claiming->document->nodes[clause].left, CUE_COMPLEMENTISER, &count);
    return opened ? clause : RELATO_NONE;
}

/* "foi anunciado pelo ministro": the agent speaks, the subject or a clause is what is told. */
static void find_passive(Claiming *claiming, uint32_t verb)
{
    const Document *document = claiming->document;
    uint32_t agent = RELATO_NONE, told = RELATO_NONE, count;
    bool passive = false;
    if (document->words[verb].upos != UPOS_VERB || claiming->used[verb])
        return;
    for (uint32_t i = document->nodes[verb].child; i != RELATO_NONE; i = document->nodes[i].next) {
        passive = passive || is_subtype(document, i, "aux:pass");
        if (is_subtype(document, i, "obl:agent") && i > verb)
            agent = i;
        else if (is_subtype(document, i, "nsubj:pass") || is_subtype(document, i, "csubj:pass") ||
                 is_relation(document, i, REL_CSUBJ) || is_relation(document, i, REL_CCOMP))
            told = i;
    }
    agent = passive ? agent : RELATO_NONE;
    bool empty = told == RELATO_NONE || document->words[told].upos == UPOS_PRON;
    if (agent != RELATO_NONE && empty && claim_of_agent(claiming, agent) != RELATO_NONE)
        told = claim_of_agent(claiming, agent);
    const Cue *cue = agent == RELATO_NONE || told == RELATO_NONE ? NULL : cue_at(claiming, verb, CUE_VERB, &count);
    bool noun = cue && is_subtype(document, told, "nsubj:pass");
    cue = cue ? cue_taking(claiming, cue, noun ? CONTENT_NOUN : CONTENT_CLAUSE) : NULL;
    Claim claim = { .relayed_by = RELATO_NONE };
    if (!cue || (noun && document->words[told].upos == UPOS_PRON) || !source_fill(claiming, &claim, agent, verb))
        return;
    uint32_t first = document->nodes[told].left, last = document->nodes[told].right;
    while (first < last && (is_break(claiming, first) || cue_at(claiming, first, CUE_COMPLEMENTISER, &count)))
        first++;
    if (first > agent && claim.source.end > word_start(document, first - 1))
        claim.source.end = word_end(document, first - 2);
    claim.stance = (RelatoStance)cue->stance;
    claim.content = content_of(claiming, first, last);
    if (claim.content.end > claim.content.start)
        add_claim(claiming, claim, agent, verb, verb);
}

/* The clause in which a source speaks is no part of its phrase: "officials who say that". */
static void end_before_clause(const Claiming *claiming, Claim *claim, uint32_t source, uint32_t verb)
{
    uint32_t left = claiming->document->nodes[verb].left;
    if (claim->source.end <= word_start(claiming->document, verb) || left <= source + 1)
        return;
    while (left > source + 1 && is_punctuation(claiming, left - 1))
        left--;
    claim->source.end = word_end(claiming->document, left - 1);
}

static void find_verb(Claiming *claiming, uint32_t word)
{
    Attribution at = { .verb = word };
    Claim claim = { .relayed_by = RELATO_NONE };
    if (!speaks(claiming, word) || !(at.cue = cue_at(claiming, word, CUE_VERB, &at.cue_count)))
        return;
    at.source = source_of(claiming, word);
    const Quote *around = quote_around(claiming, word_start(claiming->document, word));
    const Quote *spoken =
        at.source == RELATO_NONE ? NULL : quote_around(claiming, word_start(claiming->document, at.source));
    if (spoken && spoken != around)
        at.source = speaker_behind(claiming, word);
    if (at.source != RELATO_NONE && at.source > word && is_hearer(claiming, at.source))
        at.source = RELATO_NONE;
    /* Who is accused stands where others who speak would. */
    bool accuses = cue_taking(claiming, at.cue, CONTENT_OBJECT) != NULL && at.source != RELATO_NONE;
    uint32_t inverted = accuses ? RELATO_NONE : inverted_subject(claiming, word, at.source);
    if (inverted != RELATO_NONE)
        at.source = inverted;
    if (at.source == RELATO_NONE)
        at.source = name_before(claiming, word);
    set_extent(claiming, &at);
    if (around && (at.source == RELATO_NONE || claiming->document->words[at.source].upos == UPOS_PRON))
        return;
    claim.stance = (RelatoStance)at.cue->stance;
    bool split = (at.cue->content & CONTENT_QUOTE) && quote_before(claiming, at.first);
    for (uint32_t i = at.first; split && i < word; i++)
        split = !claiming->used[i];
    if (!(split && content_before(claiming, &at, &claim)) && !content_behind(claiming, &at, &claim) &&
        !words_behind(claiming, &at, &claim) && !content_before(claiming, &at, &claim) &&
        !quotation_behind(claiming, &at, &claim) && !noun_behind(claiming, &at, &claim))
        return;
    if (claim.content.end <= claim.content.start || !source_fill(claiming, &claim, at.source, word))
        return;
    if (at.source != RELATO_NONE && at.source < word)
        end_before_clause(claiming, &claim, at.source, word);
    claim.relayed_by = relayer_of(claiming, word, at.source);
    uint32_t hearer = hearer_of(claiming, at.source);
    if (hearer != RELATO_NONE && claim.relayed_by == RELATO_NONE) {
        uint32_t left = claiming->document->nodes[hearer].left;
        claim.relayed_by = entity_of_word(claiming->document, hearer);
        if (left > at.source && claim.source.end > word_start(claiming->document, left))
            claim.source.end = word_end(claiming->document, left - 1);
    }
    add_claim(claiming, claim, at.source, word, word + at.cue_count - 1);
}

/* ---- "segundo", "according to" ---------------------------------------------------------- */

/* The noun of the phrase that begins at a word, with nothing before it. */
static uint32_t noun_from(const Claiming *claiming, uint32_t word, uint32_t limit)
{
    uint32_t noun = word;
    while (limit > claiming->first && is_punctuation(claiming, limit - 1))
        limit--;
    for (uint32_t up = word;
         up != RELATO_NONE && claiming->document->nodes[up].left >= limit && up >= word && up <= word + NEAR;
         up = claiming->document->nodes[up].head)
        if (is_nominal(claiming->document, up))
            noun = up;
        else if (up != word && claiming->document->words[up].upos == UPOS_VERB)
            break;
    return is_nominal(claiming->document, noun) ? noun : RELATO_NONE;
}

static bool small_word(const Claiming *claiming, uint32_t word)
{
    uint8_t upos = claiming->document->words[word].upos;
    return upos == UPOS_SCONJ || upos == UPOS_CCONJ || upos == UPOS_PRON || upos == UPOS_ADV || upos == UPOS_PUNCT;
}

/* The sentence without its attribution: what follows it, what stands before it, or both. */
static Span rest_of_sentence(const Claiming *claiming, uint32_t first, uint32_t last)
{
    uint32_t start = claiming->first, end = claiming->last;
    bool opening = true;
    for (uint32_t i = start; i < first; i++)
        opening = opening && (small_word(claiming, i) || first - start <= 1);
    bool breaks = last < end && is_break(claiming, last + 1);
    if (opening && last < end)
        return content_of(claiming, last + 1 + breaks, end);
    uint32_t before = first - 1;
    while (before > start && is_punctuation(claiming, before))
        before--;
    if (last < end && small_word(claiming, before) && !is_punctuation(claiming, before))
        return content_of(claiming, last + 1 + breaks, end);
    bool ends = last + 1 >= end || is_mark(claiming, last + 1, ".") || is_mark(claiming, last + 1, ";");
    return content_of(claiming, start, ends || !breaks ? first - 1 : end);
}

/* An attribution at the end of the sentence is no part of what somebody says in it:
 * "The government said it would not, according to two people". */
static void end_before_attribution(Claiming *claiming, uint32_t word, uint32_t end)
{
    uint32_t last = word - 1, start = word_start(claiming->document, word);
    if (word == claiming->first)
        return;
    while (last > claiming->first && is_break(claiming, last))
        last--;
    for (size_t i = claiming->claims.count, steps = 0; i-- > 0 && steps < MOST_CUT; steps++) {
        Span *content = &claiming->claims.items[i].content;
        if (content->start < word_start(claiming->document, last) && content->end > start && content->end <= end)
            content->end = word_end(claiming->document, last);
    }
}

static void find_preposition(Claiming *claiming, uint32_t word)
{
    uint32_t count, first, last;
    uint8_t upos = claiming->document->words[word].upos;
    bool ordinal =
        (upos == UPOS_ADJ || upos == UPOS_NUM) &&
        (word > claiming->first || claiming->document->words[word + (word < claiming->last)].upos != UPOS_DET);
    const Cue *cue = ordinal ? NULL : cue_at(claiming, word, CUE_PREPOSITION, &count);
    if (!cue || claiming->used[word] || word + count > claiming->last)
        return;
    Claim claim = { .stance = (RelatoStance)cue->stance, .relayed_by = RELATO_NONE };
    uint32_t noun = RELATO_NONE;
    for (uint32_t i = word; i < word + count && noun == RELATO_NONE; i++)
        if (claiming->document->words[i].upos == UPOS_VERB)
            noun = dependent(claiming->document, i, REL_NSUBJ, word + count);
    uint32_t head = claiming->document->nodes[word].head;
    if (noun == RELATO_NONE && is_relation(claiming->document, word, REL_CASE) && head != RELATO_NONE &&
        head >= word + count && is_nominal(claiming->document, head))
        noun = head;
    if (noun == RELATO_NONE)
        noun = noun_from(claiming, word + count, word);
    if (noun == RELATO_NONE || !source_fill(claiming, &claim, noun, noun))
        return;
    phrase_of_noun(claiming, noun, &first, &last);
    if (first < word + count) {
        first = word + count;
        claim.source.start = word_start(claiming->document, first);
    }
    /* A clause about the source is no part of what it says. */
    for (uint32_t i = claiming->document->nodes[noun].child; i != RELATO_NONE; i = claiming->document->nodes[i].next)
        if (is_relation(claiming->document, i, REL_ACL) && claiming->document->nodes[i].right > last)
            last = claiming->document->nodes[i].right;
    claim.content = rest_of_sentence(claiming, word, last);
    if (claim.content.end <= claim.content.start)
        return;
    end_before_attribution(claiming, word, claim.source.end);
    add_claim(claiming, claim, noun, word, word + count - 1);
}

/* ---- refusals, nouns, colons ---------------------------------------------------------------- */

static void find_decline(Claiming *claiming, uint32_t word)
{
    uint32_t count, source = RELATO_NONE;
    const Cue *cue = claiming->used[word] ? NULL : cue_at(claiming, word, CUE_DECLINE, &count);
    if (!cue)
        return;
    for (uint32_t i = word; i < word + count && source == RELATO_NONE; i++)
        if (claiming->document->words[i].upos == UPOS_VERB || claiming->document->words[i].upos == UPOS_AUX)
            source = source_of(claiming, i);
    Claim claim = { .stance = (RelatoStance)cue->stance, .relayed_by = RELATO_NONE };
    if (quote_around(claiming, word_start(claiming->document, word)) || !source_fill(claiming, &claim, source, word))
        return;
    for (uint32_t i = word; i < word + count && claim.relayed_by == RELATO_NONE; i++)
        claim.relayed_by = relayer_of(claiming, i, source);
    add_claim(claiming, claim, source, word, word + count - 1);
}

/* "a denúncia de que …", "the group's claim that …". */
static void find_noun(Claiming *claiming, uint32_t word)
{
    uint32_t count, mark;
    const Cue *cue =
        claiming->document->words[word].upos != UPOS_NOUN ? NULL : cue_at(claiming, word, CUE_NOUN, &count);
    uint32_t clause = cue ? dependent(claiming->document, word, REL_ACL, word) : RELATO_NONE;
    if (clause == RELATO_NONE && cue)
        clause = dependent(claiming->document, word, REL_CCOMP, word);
    uint32_t source = cue ? dependent(claiming->document, word, REL_NMOD, 0) : RELATO_NONE;
    if (clause == RELATO_NONE && source != RELATO_NONE && source > word)
        clause = dependent(claiming->document, source, REL_ACL, source);
    if (clause == RELATO_NONE || is_subtype(claiming->document, clause, "acl:relcl"))
        return;
    uint32_t first = claiming->document->nodes[clause].left;
    while (first < clause && !cue_at(claiming, first, CUE_COMPLEMENTISER, &mark))
        first++;
    Claim claim = { .stance = (RelatoStance)cue->stance, .relayed_by = RELATO_NONE };
    if (first == clause || source == RELATO_NONE || !source_fill(claiming, &claim, source, word))
        return;
    uint32_t last = first - 1;
    while (last > source &&
           (claiming->document->words[last].upos == UPOS_ADP || claiming->document->words[last].upos == UPOS_SCONJ))
        last--;
    if (source > word && claim.source.end > word_end(claiming->document, last))
        claim.source.end = word_end(claiming->document, last);
    claim.content = content_of(claiming, first + 1, claiming->document->nodes[clause].right);
    add_claim(claiming, claim, source, word, word);
}

/* True if a finite verb stands in the sentence from the word on. */
static bool tells(const Claiming *claiming, uint32_t word)
{
    for (; word <= claiming->last; word++)
        if (has_feature(claiming->document, word, "VerbForm=Fin"))
            return true;
    return false;
}

/* "Lavrov: 'não houve negociações'": who speaks, a colon, a quotation
 * or, after somebody who can only speak, a clause. */
static void find_colon(Claiming *claiming)
{
    uint32_t colon = claiming->first;
    while (colon < claiming->last && colon < claiming->first + COLON_WORDS && !is_mark(claiming, colon, ":"))
        if (claiming->document->words[colon].upos == UPOS_VERB || is_punctuation(claiming, colon++))
            return;
    if (!is_mark(claiming, colon, ":") || colon == claiming->first)
        return;
    uint32_t noun = noun_from(claiming, claiming->first, claiming->first);
    const Quote *quote = quote_from(claiming, word_end(claiming->document, colon));
    Claim claim = { .stance = RELATO_SAYS, .relayed_by = RELATO_NONE };
    if (noun == RELATO_NONE || noun > colon || !source_fill(claiming, &claim, noun, noun))
        return;
    bool quoted = quote && quote->start <= word_end(claiming->document, colon) + 5;
    bool speaks = claim.kind == RELATO_SOURCE_PERSON || claim.kind == RELATO_SOURCE_OFFICIAL ||
                  claim.kind == RELATO_SOURCE_SPOKESPERSON || claim.kind == RELATO_SOURCE_EXPERT;
    if (quoted ? claim.entity == RELATO_NONE && !speaks : !speaks || !tells(claiming, colon + 1))
        return;
    claim.source.end = word_end(claiming->document, colon - 1);
    claim.content = quoted ? (Span){ quote->start, quote->end } : content_of(claiming, colon + 1, claiming->last);
    add_claim(claiming, claim, noun, colon, colon);
}

/* ---- formulas ----------------------------------------------------------------------------------- */

/* The outlet that a formula of the sentence names: "em entrevista à Lusa", "quoted by AP". */
static uint32_t relayer_behind(const Claiming *claiming, uint32_t word)
{
    uint32_t end = word + CLOSE < claiming->last ? word + CLOSE : claiming->last;
    for (; word <= end; word++) {
        uint32_t entity = entity_of_word(claiming->document, word);
        if (is_outlet(claiming, entity))
            return entity;
    }
    return RELATO_NONE;
}

/* Notes the formulas of the sentence that say something of all its claims. */
static void find_formulas(Claiming *claiming)
{
    uint32_t count;
    claiming->unnamed = RELATO_NONE;
    claiming->relayer = RELATO_NONE;
    for (uint32_t word = claiming->first; word <= claiming->last; word++) {
        if (claiming->unnamed == RELATO_NONE && cue_at(claiming, word, CUE_ANONYMITY, &count))
            claiming->unnamed = word;
        if (claiming->relayer == RELATO_NONE && cue_at(claiming, word, CUE_RELAY, &count))
            claiming->relayer = relayer_behind(claiming, word + count);
    }
}

/* Gives the relaying outlet to the first claim of the sentence that is not its own. */
static void set_relayer(Claiming *claiming, size_t from)
{
    for (size_t i = from; i < claiming->claims.count; i++) {
        Claim *claim = &claiming->claims.items[i];
        if (claim->entity == claiming->relayer)
            continue;
        if (claim->relayed_by == RELATO_NONE)
            claim->relayed_by = claiming->relayer;
        return;
    }
}

/* ---- the stage --------------------------------------------------------------------------------- */

/* A trigger of an event. */
typedef struct Trigger {
    Span span;
    uint32_t event;
} Trigger;

static int by_start(const void *a, const void *b)
{
    const Trigger *x = a, *y = b;
    if (x->span.start != y->span.start)
        return x->span.start < y->span.start ? -1 : 1;
    return (x->event > y->event) - (x->event < y->event);
}

/* All triggers of the document in order of the text. */
static Trigger *triggers_of(const Document *document, size_t *count)
{
    *count = 0;
    for (size_t e = 0; e < document->event_count; e++)
        *count += document->events[e].trigger_count;
    Trigger *triggers = ARENA_ARRAY(document->arena, Trigger, *count);
    size_t found = 0;
    for (uint32_t e = 0; e < document->event_count; e++)
        for (uint32_t t = 0; t < document->events[e].trigger_count; t++)
            triggers[found++] = (Trigger){ document->events[e].triggers[t], e };
    if (found)
        qsort(triggers, found, sizeof *triggers, by_start);
    return triggers;
}

static size_t first_trigger_behind(const Trigger *triggers, size_t count, uint32_t byte)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (triggers[middle].span.start < byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static int by_number(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* The events of which a trigger stands inside what is claimed. */
static void link_events(const Document *document, const Trigger *triggers, size_t count, Claim *claim)
{
    struct {
        uint32_t *items;
        size_t count, capacity;
    } events = { 0 };
    for (size_t i = first_trigger_behind(triggers, count, claim->content.start);
         i < count && triggers[i].span.start < claim->content.end; i++)
        if (triggers[i].span.end <= claim->content.end)
            *ARENA_PUSH(document->arena, &events) = triggers[i].event;
    if (events.count)
        qsort(events.items, events.count, sizeof *events.items, by_number);
    size_t kept = 0;
    for (size_t i = 0; i < events.count; i++)
        if (kept == 0 || events.items[i] != events.items[kept - 1])
            events.items[kept++] = events.items[i];
    claim->events = events.items;
    claim->event_count = (uint32_t)kept;
}

void claim_stage(Document *document, const Language *language)
{
    Claiming claiming = { .document = document, .lexicon = claim_lexicon_open(&language->lexicon) };
    if (!language->syntax.map || document->word_count == 0 || claiming.lexicon.cue_count == 0)
        return;
    claiming.used = ARENA_ARRAY(document->arena, bool, document->word_count);
    quotes_find(&claiming);
    for (size_t s = 0; s < document->sentence_count; s++) {
        claiming.sentence = &document->sentences[s];
        if (claiming.sentence->word_count == 0)
            continue;
        claiming.first = claiming.sentence->first_word;
        claiming.last = claiming.first + claiming.sentence->word_count - 1;
        size_t earlier = claiming.claims.count;
        find_formulas(&claiming);
        find_colon(&claiming);
        for (uint32_t word = claiming.first; word <= claiming.last; word++) {
            find_decline(&claiming, word);
            find_preposition(&claiming, word);
            find_passive(&claiming, word);
            find_verb(&claiming, word);
            find_noun(&claiming, word);
        }
        set_relayer(&claiming, earlier);
    }
    document->claims = claiming.claims.items;
    document->claim_count = claiming.claims.count;
}

void claim_events_stage(Document *document, const Language *language)
{
    (void)language;
    size_t trigger_count;
    const Trigger *triggers = triggers_of(document, &trigger_count);
    for (size_t i = 0; i < document->claim_count; i++)
        link_events(document, triggers, trigger_count, &document->claims[i]);
}
