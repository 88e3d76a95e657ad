#include "event/eventing.h"
#include "event/plover.h"
#include "names/lookup.h"

enum { MOST_DOWN = 3, MOST_MENTIONS = 8, MOST_BACK = 24, MOST_SENTENCES = 2, MOST_CLAIMS = 8 };

/* ---- entities ------------------------------------------------------------------------ */

/* What kind of place an entity is, asked once. */
static NameKind place_kind(const Eventing *eventing, uint32_t entity)
{
    const Document *document = eventing->document;
    const Entity *place = &document->entities[entity];
    if (eventing->place_kinds[entity] == 0) {
        NameKind kind = KIND_NONE;
        for (uint32_t i = 0; i < place->mention_count && i < MOST_MENTIONS && kind == KIND_NONE; i++)
            kind = names_place_kind(&eventing->names, document, span_str(document, place->mentions[i]));
        /* Only a country has a mention that is no name: "o Governo". */
        eventing->place_kinds[entity] = (uint8_t)(1 + kind);
    }
    return (NameKind)(eventing->place_kinds[entity] - 1);
}

void note_states(Eventing *eventing)
{
    const Document *document = eventing->document;
    table_init(&eventing->states, document->arena);
    for (uint32_t e = 0; e < document->entity_count; e++) {
        bool state = document->entities[e].type == RELATO_PLACE && place_kind(eventing, e) == KIND_COUNTRY, added;
        uint32_t *first = state ? table_put(&eventing->states, document->entities[e].country, &added) : NULL;
        if (first && added)
            *first = e;
    }
}

/* True for a place that stands for those who govern it. */
static bool is_state(const Eventing *eventing, uint32_t entity)
{
    const Entity *place = &eventing->document->entities[entity];
    if (place->type != RELATO_PLACE)
        return false;
    /* one that only its government is named for: "o governo sírio" */
    if (place->known.size && str_equal(place->known, place->country))
        return true;
    switch (place_kind(eventing, entity)) {
    case KIND_COUNTRY:
    case KIND_TERRITORY:
    case KIND_FORMER:
    case KIND_BREAKAWAY:
    case KIND_CAPITAL:
    case KIND_SEAT:
        return true;
    default:
        return false;
    }
}

uint64_t entity_kinds(const Eventing *eventing, uint32_t entity)
{
    static const int types[] = { [RELATO_PERSON] = ENTITY_PERSON,
                                 [RELATO_ORGANISATION] = ENTITY_ORGANISATION,
                                 [RELATO_PLACE] = ENTITY_PLACE,
                                 [RELATO_GROUP] = ENTITY_GROUP };
    const Entity *found = &eventing->document->entities[entity];
    uint64_t kinds = UINT64_C(1) << types[found->type];
    size_t sector;
    bool state = is_state(eventing, entity);
    if (plover_sector(found->sector, &sector) || (state && plover_sector(STR("GOV"), &sector)))
        kinds |= UINT64_C(1) << sector;
    if (plover_nonstate(found->country, &sector))
        kinds |= UINT64_C(1) << (ENTITY_CODE + sector);
    if (state)
        kinds |= UINT64_C(1) << ENTITY_COUNTRY;
    if (state || found->type != RELATO_PLACE)
        kinds |= UINT64_C(1) << ENTITY_ANY;
    return kinds;
}

/* True if the word hangs, as part of a description, on another word of the same mention. */
static bool is_inside_mention(const Document *document, uint32_t word, uint32_t entity)
{
    uint32_t head = document->nodes[word].head;
    return head != RELATO_NONE && entity_of_word(document, head) == entity &&
           (is_relation(document, word, REL_NMOD) || is_relation(document, word, REL_OBL) ||
            is_relation(document, word, REL_ACL)) &&
           dependent(document, word, REL_CASE, 0) != RELATO_NONE && !document->entities[entity].named;
}

/* ---- pronouns -------------------------------------------------------------------------- */

/* The value of a feature: "Sing" of "Number="; empty if it has none. */
static Str feature_of(const Document *document, uint32_t word, const char *name)
{
    Str features = document->words[word].features;
    while (features.at && features.size) {
        Str feature = str_cut(&features, '|');
        if (str_starts(feature, str_of(name)))
            return str_slice(feature, strlen(name), feature.size);
    }
    return STR("");
}

static bool differ(Str a, Str b)
{
    return a.size && b.size && !str_equal(a, b);
}

static bool is_first_person(const Document *document, uint32_t word)
{
    return has_feature(document, word, "Person=1");
}

/* Who says "I" or "we" at a word: the source of the shortest claim around it; RELATO_NONE. */
static uint32_t speaker(const Eventing *eventing, uint32_t word)
{
    const Document *document = eventing->document;
    uint32_t at = word_start(document, word), entity = RELATO_NONE, shortest = UINT32_MAX;
    /* Claims stand in order of their cues. */
    size_t low = document_first_span(document->claims, sizeof(Claim), offsetof(Claim, cue), document->claim_count, at);
    size_t end = low + MOST_CLAIMS < document->claim_count ? low + MOST_CLAIMS : document->claim_count;
    for (size_t i = low > MOST_CLAIMS ? low - MOST_CLAIMS : 0; i < end; i++) {
        const Claim *claim = &document->claims[i];
        uint32_t size = claim->content.end - claim->content.start;
        if (at < claim->content.start || at >= claim->content.end || size >= shortest)
            continue;
        shortest = size;
        entity = claim->entity;
    }
    return entity;
}

/* True if a pronoun, or a verb without a subject, may mean the one whom an earlier word names. */
static bool may_mean(const Eventing *eventing, uint32_t word, uint32_t earlier)
{
    const Document *document = eventing->document;
    const Entity *entity = &document->entities[entity_of_word(document, earlier)];
    Str gender = feature_of(document, word, "Gender="), other = feature_of(document, earlier, "Gender=");
    Str number = feature_of(document, word, "Number=");
    /* "o seu livro": what is owned agrees, not the owner. */
    if (document->words[word].upos == UPOS_DET)
        return true;
    bool conjoined = dependent(document, earlier, REL_CONJ, 0) != RELATO_NONE;
    if (differ(number, conjoined ? STR("Plur") : feature_of(document, earlier, "Number=")))
        return false;
    if (str_equal(gender, STR("Neut")))
        return entity->type != RELATO_PERSON;
    if (gender.size && other.size == 0 && str_equal(number, STR("Sing")))
        return entity->type == RELATO_PERSON;
    return !differ(gender, other);
}

/* The word of an earlier subject that a pronoun or a verb without subject means; RELATO_NONE. */
static uint32_t antecedent(const Eventing *eventing, uint32_t word)
{
    const Document *document = eventing->document;
    size_t back = 0;
    for (size_t i = eventing->subjects.count; i-- > 0 && back < MOST_BACK; back++) {
        uint32_t earlier = eventing->subjects.items[i];
        if (earlier >= word)
            continue;
        size_t here = document_sentence_of(document, document->words[word].token);
        if (document_sentence_of(document, document->words[earlier].token) + MOST_SENTENCES < here)
            return RELATO_NONE;
        if (may_mean(eventing, word, earlier))
            return earlier;
    }
    return RELATO_NONE;
}

static bool is_third_person(const Document *document, uint32_t word)
{
    Str person = feature_of(document, word, "Person=");
    return !differ(person, STR("3"));
}

void note_subjects(Eventing *eventing)
{
    const Document *document = eventing->document;
    for (uint32_t word = eventing->first; word <= eventing->last; word++)
        if (is_relation(document, word, REL_NSUBJ) && document->words[word].upos != UPOS_PRON &&
            entity_of_word(document, word) != RELATO_NONE)
            *ARENA_PUSH(document->arena, &eventing->subjects) = word;
}

/* ---- who a word stands for ----------------------------------------------------------------- */

/* The entity that hangs on a word with one of two relations; RELATO_NONE. */
static uint32_t entity_below(const Eventing *eventing, uint32_t word, Relation relation, int depth);

static uint32_t entity_at_depth(const Eventing *eventing, uint32_t word, int depth)
{
    const Document *document = eventing->document;
    uint32_t entity = entity_of_word(document, word);
    if (is_first_person(document, word) &&
        (document->words[word].upos == UPOS_PRON || document->words[word].upos == UPOS_DET))
        return speaker(eventing, word);
    if (document->words[word].upos == UPOS_PRON) {
        bool personal = has_feature(document, word, "PronType=Prs") && is_third_person(document, word) &&
                        !has_feature(document, word, "Reflex=Yes");
        uint32_t earlier = personal ? antecedent(eventing, word) : RELATO_NONE;
        return earlier == RELATO_NONE ? RELATO_NONE : entity_of_word(document, earlier);
    }
    if (document->words[word].upos == UPOS_DET && has_feature(document, word, "Poss=Yes")) {
        uint32_t earlier = antecedent(eventing, word);
        return earlier == RELATO_NONE ? RELATO_NONE : entity_of_word(document, earlier);
    }
    if (entity != RELATO_NONE && is_inside_mention(document, word, entity))
        entity = RELATO_NONE;
    /* "o ministro, João Reis": who has a name is called by it. */
    if (depth < MOST_DOWN && (entity == RELATO_NONE || !document->entities[entity].named)) {
        uint32_t named = entity_below(eventing, word, REL_APPOS, depth + 1);
        if (named == RELATO_NONE)
            named = entity_below(eventing, word, REL_FLAT, depth + 1);
        if (named != RELATO_NONE && document->entities[named].type != RELATO_PLACE &&
            (entity == RELATO_NONE || document->entities[named].type == RELATO_PERSON))
            return named;
    }
    return entity;
}

static uint32_t entity_below(const Eventing *eventing, uint32_t word, Relation relation, int depth)
{
    const Document *document = eventing->document;
    for (uint32_t i = document->nodes[word].child; i != RELATO_NONE; i = document->nodes[i].next)
        if (document->nodes[i].relation == relation) {
            uint32_t entity = entity_at_depth(eventing, i, depth);
            if (entity != RELATO_NONE)
                return entity;
        }
    return RELATO_NONE;
}

/* True for a word that only counts or selects: "dezenas", "um grupo", "two". */
static bool is_measure(const Eventing *eventing, uint32_t word)
{
    uint32_t first, last;
    return eventing->numeral_at[eventing->document->words[word].token] ||
           class_covers(eventing, CLASS_PARTITIVE, word, &first, &last);
}

uint32_t entity_for(const Eventing *eventing, uint32_t word)
{
    const Document *document = eventing->document;
    uint32_t entity = RELATO_NONE;
    /* "thousands of Nigerians" are Nigerians, "dozens of houses" are nobody. */
    for (int step = 0; step < MOST_DOWN; step++) {
        uint32_t found = entity_at_depth(eventing, word, 0);
        if (found != RELATO_NONE)
            entity = found;
        uint32_t part = dependent(document, word, REL_NMOD, word + 1);
        if (part == RELATO_NONE || !is_measure(eventing, word))
            return entity;
        if (found != RELATO_NONE && entity_at_depth(eventing, part, 0) == RELATO_NONE)
            return eventing->numeral_at[document->words[word].token] ? RELATO_NONE : found;
        word = part;
    }
    return entity;
}

/* ---- parties ----------------------------------------------------------------------------------- */

static bool is_party(const Parties *parties, uint32_t entity, Str country)
{
    for (size_t i = 0; i < parties->count; i++)
        if (entity != RELATO_NONE ? parties->items[i].entity == entity : str_equal(parties->items[i].country, country))
            return true;
    return false;
}

/* Adds an entity; a country that acts or is acted upon stands for its government. */
static void add_entity(const Eventing *eventing, Parties *parties, uint32_t entity, uint32_t word)
{
    const Entity *found = &eventing->document->entities[entity];
    if (is_party(parties, entity, found->country))
        return;
    Party party = { entity, word, found->country, found->sector };
    if (party.sector.size == 0 && is_state(eventing, entity))
        party.sector = STR("GOV");
    *ARENA_PUSH(eventing->document->arena, parties) = party;
}

/* Adds the country that an adjective tells, through its entity if the text names it. */
static void add_adjective(const Eventing *eventing, Parties *parties, uint32_t word)
{
    const Document *document = eventing->document;
    Str country = names_adjective_country(&eventing->names, document,
                                          token_str(document, &document->tokens[document->words[word].token]));
    if (country.size == 0)
        return;
    const uint32_t *entity = table_find(&eventing->states, country);
    if (entity)
        add_entity(eventing, parties, *entity, word);
    else if (!is_party(parties, RELATO_NONE, country))
        *ARENA_PUSH(document->arena, parties) = (Party){ RELATO_NONE, word, country, STR("GOV") };
}

static bool is_taken(const Parties *parties, uint32_t word)
{
    for (size_t i = 0; i < parties->count; i++)
        if (parties->items[i].word == word)
            return true;
    return false;
}

/* True for an adjective of nationality as a participant. */
static bool is_adjectival(const Eventing *eventing, const Choice *choice, uint32_t word)
{
    uint32_t kind = eventing->lexicon.slots[choice->path.slot + choice->path.count - 1].kind;
    return kind == SLOT_ADJECTIVE || (kind == SLOT_COMPOUND && eventing->document->words[word].upos == UPOS_ADJ);
}

/* Somebody in the phrase of a noun that is nobody itself: whose it is, of what
 * nation, and for whom it is done to also what it is of: "Israeli jets",
 * "a camp for Congolese refugees", "a village in western Cambodia". */
static void add_inside(const Eventing *eventing, Parties *parties, uint32_t noun, bool acting, int depth)
{
    const Document *document = eventing->document;
    size_t before = parties->count;
    for (uint32_t i = document->nodes[noun].child; i != RELATO_NONE && parties->count == before;
         i = document->nodes[i].next) {
        bool described = is_relation(document, i, REL_AMOD) || is_relation(document, i, REL_COMPOUND);
        bool owned = is_subtype(document, i, "nmod:poss") || has_feature(document, i, "Poss=Yes");
        bool other = !acting && is_relation(document, i, REL_NMOD) && !is_agent(eventing, i);
        if (!described && !owned && !other)
            continue;
        uint32_t entity = entity_for(eventing, i);
        if (entity != RELATO_NONE && (!acting || (entity_kinds(eventing, entity) >> ENTITY_ANY & 1)))
            add_entity(eventing, parties, entity, i);
        else if (entity == RELATO_NONE && described)
            add_adjective(eventing, parties, i);
        else if (entity == RELATO_NONE && other && depth > 0)
            add_inside(eventing, parties, i, acting, depth - 1);
    }
}

/* Adds an entity, and all whom an apposition lists: "os ministros, A e B". */
static void add_with_appositions(const Eventing *eventing, Parties *parties, uint32_t entity, uint32_t word)
{
    const Document *document = eventing->document;
    add_entity(eventing, parties, entity, word);
    uint32_t apposition = dependent(document, word, REL_APPOS, 0);
    if (apposition == RELATO_NONE || entity_of_word(document, apposition) != entity)
        return;
    for (uint32_t i = document->nodes[apposition].child; i != RELATO_NONE; i = document->nodes[i].next) {
        uint32_t other = is_relation(document, i, REL_CONJ) ? entity_of_word(document, i) : RELATO_NONE;
        if (other != RELATO_NONE && document->entities[other].type != RELATO_PLACE)
            add_entity(eventing, parties, other, i);
    }
}

/* Adds who stands at one place; `others` are those whose words are taken. Places
 * that do not act are left out of the actors. */
static void add_choice(const Eventing *eventing, const Mention *mention, const Choice *choice, bool acting,
                       const Parties *others, Parties *parties)
{
    const Document *document = eventing->document;
    Words words;
    path_words(eventing, &mention->site, choice->path, &words);
    for (uint32_t i = 0; i < words.count; i++) {
        uint32_t word = words.items[i];
        if (is_taken(others, word))
            continue;
        uint32_t entity = entity_for(eventing, word);
        if (entity == RELATO_NONE && is_adjectival(eventing, choice, word))
            add_adjective(eventing, parties, word);
        else if (entity != RELATO_NONE && (!acting || (entity_kinds(eventing, entity) >> ENTITY_ANY & 1)))
            add_with_appositions(eventing, parties, entity, word);
        else if (entity == RELATO_NONE && document->words[word].upos == UPOS_NOUN)
            add_inside(eventing, parties, word, acting, 1);
    }
}

/* The first of the choices that holds somebody, with all that are joined to it. */
static void add_choices(const Eventing *eventing, const Mention *mention, Choices choices, bool acting,
                        const Parties *others, Parties *parties)
{
    const Choice *list = &eventing->lexicon.choices[choices.count ? choices.first : 0];
    for (uint32_t i = 0; i < choices.count && parties->count == 0;) {
        do
            add_choice(eventing, mention, &list[i++], acting, others, parties);
        while (i < choices.count && list[i].joined);
    }
}

/* The verb whose subject acts or, if `undergoing`, whose subject it is done to; RELATO_NONE. */
static uint32_t verb_with_subject(const Document *document, const Mention *mention, bool undergoing)
{
    const Site *site = &mention->site;
    if (site->part == PART_VERB)
        return is_passive(document, site->word) == undergoing ? site->word : RELATO_NONE;
    bool light = site->light_class == (undergoing ? CLASS_UNDERGO : CLASS_LIGHT);
    return site->light != RELATO_NONE && light && !is_passive(document, site->light) ? site->light : RELATO_NONE;
}

/* The subject that a verb leaves out: who was the last one to act, or the speaker. He does it or,
 * if `undergoing`, it is done to him: "Foi libertado ontem.", "Sofreu um atentado." */
static void add_omitted(const Eventing *eventing, const Mention *mention, bool undergoing, Parties *parties)
{
    const Document *document = eventing->document;
    uint32_t verb = verb_with_subject(document, mention, undergoing);
    if (verb == RELATO_NONE || grammatical_subject(document, verb) != RELATO_NONE)
        return;
    uint32_t finite = is_passive(document, verb) ? dependent(document, verb, REL_AUX, 0) : verb;
    if (finite == RELATO_NONE || !has_feature(document, finite, "VerbForm=Fin"))
        return;
    uint32_t source = is_first_person(document, finite) ? speaker(eventing, verb) : RELATO_NONE;
    if (source != RELATO_NONE)
        add_entity(eventing, parties, source, verb);
    if (!is_third_person(document, finite) || is_reflexive(document, verb) || document->nodes[verb].head != RELATO_NONE)
        return;
    uint32_t earlier = antecedent(eventing, verb);
    if (earlier != RELATO_NONE)
        add_entity(eventing, parties, entity_of_word(document, earlier), earlier);
}

/* Whom a threat, demand, refusal or promise is about, where only what is threatened
 * or promised tells it: "threatened to cut off electricity to Armenia". */
static void add_from_complement(const Eventing *eventing, const Mention *mention, Parties *parties)
{
    const Document *document = eventing->document;
    for (uint32_t i = document->nodes[mention->site.word].child; i != RELATO_NONE; i = document->nodes[i].next) {
        bool complement = is_relation(document, i, REL_XCOMP) || is_relation(document, i, REL_CCOMP) ||
                          (has_feature(document, i, "VerbForm=Inf") && i > mention->site.word);
        for (uint32_t k = complement ? document->nodes[i].child : RELATO_NONE; k != RELATO_NONE && parties->count == 0;
             k = document->nodes[k].next) {
            bool argument = is_relation(document, k, REL_OBJ) || is_relation(document, k, REL_OBL) ||
                            is_relation(document, k, REL_IOBJ) || is_relation(document, k, REL_NSUBJ);
            uint32_t entity = argument ? entity_for(eventing, k) : RELATO_NONE;
            bool promised =
                mention->pattern->type == RELATO_AGREE && entity != RELATO_NONE && !document->entities[entity].named;
            if (entity != RELATO_NONE && !promised && !is_taken(&mention->actors, k))
                add_entity(eventing, parties, entity, k);
            else if (argument && entity == RELATO_NONE && document->words[k].upos == UPOS_NOUN)
                add_inside(eventing, parties, k, false, 1);
        }
    }
}

static bool is_about_another_act(uint8_t type)
{
    return type == RELATO_THREATEN || type == RELATO_REQUEST || type == RELATO_REJECT || type == RELATO_AGREE;
}

/* Nobody does anything to himself: who acts is not acted upon. */
static void drop_selves(const Parties *actors, Parties *recipients)
{
    size_t kept = 0;
    for (size_t i = 0; i < recipients->count; i++)
        if (!is_party(actors, recipients->items[i].entity, recipients->items[i].country))
            recipients->items[kept++] = recipients->items[i];
    recipients->count = kept;
}

void add_place_as_recipient(const Eventing *eventing, Mention *mention)
{
    const Entity *place = &eventing->document->entities[mention->place];
    if (mention->type != RELATO_ASSAULT || mention->recipients.count || mention->actors.count == 0 ||
        place->country.size == 0)
        return;
    for (size_t i = 0; i < mention->actors.count; i++)
        if (mention->actors.items[i].country.size == 0 || str_equal(mention->actors.items[i].country, place->country))
            return;
    add_entity(eventing, &mention->recipients, mention->place, mention->site.word);
}

void find_participants(const Eventing *eventing, Mention *mention)
{
    static const Parties nobody;
    const Pattern *pattern = mention->pattern;
    const Frame *frame = &eventing->lexicon.frames[pattern->frame];
    uint32_t part = mention->site.part == PART_VERB ? 0 : mention->site.part == PART_NOUN ? 1 : 2;
    const struct FrameRow *row = &frame->rows[part];
    bool known = frame->parts >> part & 1;
    Choices actor = pattern->actor.first != RELATO_NONE ? pattern->actor : known ? row->actor : (Choices){ 0, 0 };
    Choices recipient = pattern->recipient.first != RELATO_NONE ? pattern->recipient
                        : known                                 ? row->recipient
                                                                : (Choices){ 0, 0 };
    if (actor.first == RELATO_NONE)
        actor.count = 0;
    if (recipient.first == RELATO_NONE)
        recipient.count = 0;
    if (known && row->recipient_first) {
        add_choices(eventing, mention, recipient, false, &nobody, &mention->recipients);
        add_choices(eventing, mention, actor, true, &mention->recipients, &mention->actors);
    } else {
        add_choices(eventing, mention, actor, true, &nobody, &mention->actors);
        add_choices(eventing, mention, recipient, false, &mention->actors, &mention->recipients);
    }
    if (mention->actors.count == 0 && actor.count)
        add_omitted(eventing, mention, false, &mention->actors);
    if (mention->recipients.count == 0 && recipient.count)
        add_omitted(eventing, mention, true, &mention->recipients);
    if (mention->recipients.count == 0 && is_about_another_act(mention->pattern->type))
        add_from_complement(eventing, mention, &mention->recipients);
    drop_selves(&mention->actors, &mention->recipients);
}
