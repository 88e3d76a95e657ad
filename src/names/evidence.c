#include "names/evidence.h"

#include "core/table.h"
#include "core/utf8.h"

enum {
    BRIDGE = 3,       /* most small words between two words of a name */
    LONGEST_HEAD = 4, /* tokens */
    TOWN = 50000,     /* people */
    METROPOLIS = 1000000
};

/* What a token looks like to the tagger. */
enum { LOOK_SMALL, LOOK_CAPITAL, LOOK_CAPITALS, LOOK_LONG_CAPITALS, LOOK_MIXED, LOOK_INITIAL, LOOK_NUMBER, LOOK_SIGN };

/* What lexicon and rules propose for a token. */
typedef struct Proposal {
    uint8_t type;   /* 1 + RelatoEntityType; 0: no name */
    uint8_t source; /* 1 + NameReason, or 32 + NameKind for a name of the lexicon */
    bool begins, doubtful;
    bool timely; /* it is in a time expression: a month, a weekday */
} Proposal;

/* What is known of a token, whatever stands around it. */
typedef struct Look {
    bool known; /* the rest is filled in */
    uint8_t shape, upos, person;
    uint8_t place; /* how large the place is that has the token as its name */
    uint8_t small; /* the report has the word in small letters too */
    uint32_t head; /* hash of what heads.tsv says of it */
    Str folded;
} Look;

/* How often a word belongs to certain names of each type. */
typedef struct Count {
    uint16_t types[RELATO_GROUP + 1], guesses[RELATO_GROUP + 1]; /* the latter of doubtful names too */
    uint16_t articles, capitals;                                 /* with an article before it; in all */
} Count;

struct Evidence {
    Search *search;
    Proposal *proposals; /* (token_count) */
    Look *looks;         /* (token_count) */
    Table small;         /* words in small letters */
    Table counted;       /* folded word -> 1 + item of counts */
    struct {
        Count *items;
        size_t count, capacity;
    } counts;
};

static const Document *document_of(const Evidence *evidence)
{
    return evidence->search->document;
}

static const Token *token_at(const Evidence *evidence, size_t token)
{
    return &document_of(evidence)->tokens[token];
}

static Str text_of(const Evidence *evidence, size_t token)
{
    return token_str(document_of(evidence), token_at(evidence, token));
}

static uint32_t mix(uint32_t a, uint32_t b)
{
    uint32_t hash = (a ^ b * 2654435761u) * 2246822519u;
    return hash ^ hash >> 15;
}

/* ---- the whole report ------------------------------------------------------------ */

static bool certain(const Proposal *proposal)
{
    return proposal->type && !proposal->doubtful && proposal->source != 1 + REASON_CAPITALS &&
           proposal->source != 1 + REASON_LOCATIVE && proposal->source != 1 + REASON_ACRONYM;
}

static void propose(Evidence *evidence, size_t first, size_t end, Proposal proposal)
{
    for (size_t t = first; t < end; t++) {
        proposal.begins = t == first;
        evidence->proposals[t] = proposal;
    }
}

/* True if the lexicon has several things of that name. */
static bool is_ambiguous(const Search *search, const Match *match)
{
    const NameNode *node = &search->names->nodes[match->node];
    uint32_t entry = RELATO_NONE;
    for (uint32_t i = 0; i < node->form_count; i++) {
        const NameForm *form = &search->names->forms[node->first_form + i];
        if (form->kind != FORM_NAME)
            continue;
        if (entry != RELATO_NONE && form->entry != entry)
            return true;
        entry = form->entry;
    }
    return false;
}

static void read_proposals(Evidence *evidence)
{
    const Search *search = evidence->search;
    for (size_t i = 0; i < search->matches.count; i++) {
        const Match *match = &search->matches.items[i];
        const NameEntry *entry = match_first_entry(search, match);
        if (match->dropped || !entry)
            continue;
        size_t first = search->atoms.items[match->first].token,
               end = search->atoms.items[match->first + match->count - 1].token + 1;
        propose(evidence, first, end,
                (Proposal){ (uint8_t)(1 + entry->type), (uint8_t)(32 + entry->kind), false, is_ambiguous(search, match),
                            false });
    }
    for (size_t i = 0; i < search->unknown.count; i++) {
        const Unknown *unknown = &search->unknown.items[i];
        propose(evidence, unknown->first, unknown->first + unknown->count,
                (Proposal){ (uint8_t)(1 + unknown->type), (uint8_t)(1 + unknown->reason), false, false, false });
    }
}

static void mark_times(Evidence *evidence)
{
    const Document *document = document_of(evidence);
    size_t next = 0;
    for (size_t t = 0; t < document->token_count && next < document->time_count; t++) {
        while (next < document->time_count && document->times[next].span.end <= document->tokens[t].start)
            next++;
        if (next < document->time_count && document->times[next].span.start < document->tokens[t].end)
            evidence->proposals[t].timely = true;
    }
}

static Str folded_of(Evidence *evidence, size_t token)
{
    Look *look = &evidence->looks[token];
    if (!look->folded.at)
        look->folded = utf8_fold(document_of(evidence)->arena, text_of(evidence, token));
    return look->folded;
}

/* True if the proposal at a token tells by itself what a name is: one of a person's, or a whole name. */
static bool tells(const Evidence *evidence, size_t token)
{
    const Proposal *at = &evidence->proposals[token];
    bool alone = at->begins && (token + 1 == document_of(evidence)->token_count ||
                                evidence->proposals[token + 1].begins || !evidence->proposals[token + 1].type);
    return at->type && (at->type == 1 + RELATO_PERSON || alone);
}

static bool behind_article(const Evidence *evidence, size_t token)
{
    const Search *search = evidence->search;
    return token > 0 && search_head(search, search->token_atom[token - 1], HEAD_ARTICLE);
}

static void count_word(Evidence *evidence, size_t token)
{
    const Proposal *at = &evidence->proposals[token];
    uint32_t *index = table_put(&evidence->counted, folded_of(evidence, token), NULL);
    if (*index == 0) {
        ARENA_PUSH(document_of(evidence)->arena, &evidence->counts);
        *index = (uint32_t)evidence->counts.count;
    }
    Count *count = &evidence->counts.items[*index - 1];
    if (count->capitals == UINT16_MAX)
        return;
    count->capitals++;
    count->articles = (uint16_t)(count->articles + behind_article(evidence, token));
    if (tells(evidence, token)) {
        count->guesses[at->type - 1]++;
        count->types[at->type - 1] = (uint16_t)(count->types[at->type - 1] + certain(at));
    }
}

static void count_words(Evidence *evidence)
{
    const Document *document = document_of(evidence);
    for (size_t t = 0; t < document->token_count; t++) {
        uint16_t shape = document->tokens[t].shape;
        if ((shape & SHAPE_LETTERS) && !(shape & SHAPE_CAPITAL))
            table_put(&evidence->small, text_of(evidence, t), NULL);
        if (search_capital(evidence->search, t))
            count_word(evidence, t);
    }
}

Evidence *evidence_of(Search *search)
{
    const Document *document = search->document;
    Evidence *evidence = ARENA_ARRAY(document->arena, Evidence, 1);
    evidence->search = search;
    evidence->proposals = ARENA_ARRAY(document->arena, Proposal, document->token_count);
    evidence->looks = ARENA_ARRAY(document->arena, Look, document->token_count);
    table_init(&evidence->small, document->arena);
    table_init(&evidence->counted, document->arena);
    read_proposals(evidence);
    mark_times(evidence);
    count_words(evidence);
    return evidence;
}

/* ---- stretches --------------------------------------------------------------------- */

static bool may_be_name(const Evidence *evidence, size_t token)
{
    return evidence->proposals[token].type ||
           (search_capital(evidence->search, token) && !evidence->proposals[token].timely);
}

/* True if the token may stand inside a name although it has no capital. */
static bool may_link(const Evidence *evidence, size_t token)
{
    Str form = text_of(evidence, token);
    return search_head(evidence->search, evidence->search->token_atom[token], HEAD_LINK | HEAD_ORGANISATION_LINK) ||
           (token_at(evidence, token)->shape & SHAPE_NUMBER) || (form.size == 1 && memchr("-/&'", form.at[0], 4));
}

bool evidence_stretch(const Evidence *evidence, size_t from, Stretch *stretch)
{
    const Document *document = document_of(evidence);
    while (from < document->token_count && !may_be_name(evidence, from))
        from++;
    if (from == document->token_count)
        return false;
    const Sentence *sentence = &document->sentences[document_sentence_of(document, from)];
    *stretch = (Stretch){ from, from + 1, sentence->first_token, sentence->first_token + sentence->token_count };
    for (size_t t = from + 1, links = 0; t < stretch->limit; t++) {
        if (may_be_name(evidence, t)) {
            stretch->end = t + 1;
            links = 0;
        } else if (!may_link(evidence, t) || ++links > BRIDGE) {
            break;
        } else if (links == 1 && (token_at(evidence, t)->shape & SHAPE_NUMBER)) {
            stretch->end = t + 1;
        }
    }
    return true;
}

/* ---- looking ----------------------------------------------------------------------- */

static uint8_t shape_of(const Evidence *evidence, size_t token)
{
    const Token *at = token_at(evidence, token);
    Str form = text_of(evidence, token);
    if (at->shape & SHAPE_NUMBER)
        return LOOK_NUMBER;
    if (at->shape & SHAPE_PUNCTUATION) {
        static const char signs[] = ",.()-:;/'\"";
        const char *sign = form.size == 1 ? strchr(signs, form.at[0]) : NULL;
        return (uint8_t)(LOOK_SIGN + (sign && *sign ? 1 + (sign - signs) : 0));
    }
    if (at->shape & SHAPE_ALL_CAPITALS)
        return form.size <= 5 ? LOOK_CAPITALS : LOOK_LONG_CAPITALS;
    if (!(at->shape & SHAPE_CAPITAL))
        return LOOK_SMALL;
    if (form.size <= 2)
        return LOOK_INITIAL;
    return case_of(str_slice(form, 2, form.size)).first_upper || (at->shape & SHAPE_DIGITS) ? LOOK_MIXED : LOOK_CAPITAL;
}

/* How large a place of that name is: 0 none, 1 a village, 2 a town, 3 a metropolis, 4 a country or division. */
static uint8_t place_of(const Evidence *evidence, Str name)
{
    GazetteerFound found = gazetteer_find(evidence->search->gazetteer, document_of(evidence)->arena, name);
    uint8_t size = 0;
    for (size_t i = 0; i < found.count; i++) {
        bool usual;
        const GazetteerPlace *place = gazetteer_place(found, i, &usual);
        if (!place || !usual)
            continue;
        uint8_t one = place->kind == PLACE_DIVISION || place->kind == PLACE_COUNTRY ? 4
                      : place->population >= METROPOLIS                             ? 3
                      : place->population >= TOWN                                   ? 2
                                                                                    : 1;
        size = one > size ? one : size;
    }
    return size;
}

static uint32_t head_of(const Search *search, size_t atom)
{
    const NameHead *head = search_head(search, atom, ~0u & ~(unsigned)HEAD_MENTION),
                   *mention = search_head(search, atom, HEAD_MENTION);
    uint32_t hash = head ? mix(1u + head->uses, head->type) : 0;
    return mention ? mix(hash, 7u + mention->type) : hash;
}

static const Look *look_at(Evidence *evidence, size_t token)
{
    const Search *search = evidence->search;
    const Document *document = document_of(evidence);
    Look *look = &evidence->looks[token];
    if (look->known)
        return look;
    const Token *at = &document->tokens[token];
    size_t atom = search->token_atom[token];
    look->known = true;
    look->shape = shape_of(evidence, token);
    look->upos = at->word_count ? document->words[at->first_word].upos : UPOS_NONE;
    Str folded = folded_of(evidence, token);
    if (atom < search->token_atom[token + 1]) {
        uint32_t word = search->atoms.items[atom].word;
        look->person = word < search->names->person_count ? search->names->persons[word] : 0;
        look->head = head_of(search, atom);
    }
    if (at->shape & SHAPE_CAPITAL) {
        look->small = table_find(&evidence->small, folded) != NULL;
        look->place = place_of(evidence, folded);
    }
    return look;
}

/* 1 + the type with the highest count, not counting `own`; 0 if there is none. */
static uint8_t most_of(const uint16_t counts[RELATO_GROUP + 1], uint8_t own)
{
    uint8_t best = 0;
    uint16_t most = 0;
    for (uint8_t type = 0; type <= RELATO_GROUP; type++) {
        uint16_t count = (uint16_t)(counts[type] - (own == 1 + type));
        if (count > most) {
            most = count;
            best = (uint8_t)(1 + type);
        }
    }
    return best;
}

/* What other places of the report tell of a word: 1 + its type, 0 if none tells it. */
typedef struct Elsewhere {
    uint8_t certain, guessed, article; /* article: 0 it stands nowhere else, 1 never behind one, 2 at times */
} Elsewhere;

static Elsewhere look_elsewhere(const Evidence *evidence, size_t token)
{
    const uint32_t *index = table_find(&evidence->counted, evidence->looks[token].folded);
    const Proposal *at = &evidence->proposals[token];
    Elsewhere elsewhere = { 0, 0, 0 };
    if (!index || !search_capital(evidence->search, token))
        return elsewhere;
    const Count *count = &evidence->counts.items[*index - 1];
    uint8_t own = tells(evidence, token) && count->capitals < UINT16_MAX ? at->type : 0;
    elsewhere.certain = most_of(count->types, own && certain(at) ? own : 0);
    elsewhere.guessed = most_of(count->guesses, own);
    if (count->capitals > 1)
        elsewhere.article = count->articles > behind_article(evidence, token) ? 2 : 1;
    return elsewhere;
}

/* ---- features ---------------------------------------------------------------------- */

typedef struct Features {
    uint32_t *items;
    size_t count;
    uint32_t name; /* of the next one */
} Features;

/* Adds a feature by its place in the order of calls, which must be the same for all tokens. */
static void add(Features *features, uint32_t value)
{
    features->name++;
    if (value)
        features->items[features->count++] = mix(mix(features->name, 97), value);
}

static uint32_t proposal_hash(const Proposal *proposal)
{
    return 1u + proposal->type + 8u * proposal->source + 1024u * proposal->begins + 2048u * proposal->doubtful;
}

static uint32_t suffix_hash(Str word, size_t letters)
{
    size_t at = word.size;
    while (at > 0 && letters-- > 0)
        utf8_previous(word, &at);
    return str_hash(str_slice(word, at, word.size)) | 1;
}

static uint32_t prefix_hash(Str word, size_t letters)
{
    size_t at = 0;
    while (at < word.size && letters-- > 0)
        utf8_next(word, &at);
    return str_hash(str_slice(word, 0, at)) | 1;
}

/* Hash of the head that ends before a token: an office, a preposition of several words. */
static uint32_t head_before(const Evidence *evidence, const Stretch *stretch, size_t token)
{
    const Search *search = evidence->search;
    for (size_t back = LONGEST_HEAD; back >= 1; back--) {
        if (token < stretch->begin + back)
            continue;
        size_t atom = search->token_atom[token - back];
        if (search->notes[atom].head && atom + search->notes[atom].head_count == search->token_atom[token])
            return head_of(search, atom);
    }
    return 0;
}

/* Quotation marks open before the token in its sentence, modulo two. */
static uint32_t inside_quotes(const Evidence *evidence, const Stretch *stretch, size_t token)
{
    const Document *document = document_of(evidence);
    uint32_t open = 0;
    for (size_t t = stretch->begin; t < token; t++) {
        Str form = text_of(evidence, t);
        size_t at = 0;
        if ((document->tokens[t].shape & SHAPE_PUNCTUATION) &&
            u_hasBinaryProperty((UChar32)utf8_next(form, &at), UCHAR_QUOTATION_MARK))
            open ^= 1;
    }
    return open;
}

typedef struct Around {
    const Look *look[5]; /* of tokens - 2 … + 2; NULL outside the sentence */
    Proposal proposal[5];
    Str word[5];
} Around;

static Around look_around(Evidence *evidence, const Stretch *stretch, size_t token)
{
    Around around = { 0 };
    for (size_t i = 0; i < 5; i++) {
        if (token + i < stretch->begin + 2 || token + i >= stretch->limit + 2)
            continue;
        around.look[i] = look_at(evidence, token + i - 2);
        around.proposal[i] = evidence->proposals[token + i - 2];
        around.word[i] = around.look[i]->folded;
    }
    return around;
}

static void add_common(Features *features, Evidence *evidence, const Stretch *stretch, size_t token,
                       const Around *around)
{
    const Document *document = document_of(evidence);
    uint32_t shape[5], upos[5], head[5], rule[5];
    for (size_t i = 0; i < 5; i++) {
        const Look *look = around->look[i];
        shape[i] = look ? 1u + look->shape : 99;
        upos[i] = look ? 1u + look->upos : 99;
        head[i] = look ? look->head : 99;
        rule[i] = look ? proposal_hash(&around->proposal[i]) : 99;
        add(features, shape[i]);
        add(features, upos[i]);
        add(features, head[i]);
        add(features, rule[i]);
    }
    const Look *at = around->look[2];
    uint32_t type = around->proposal[2].type, opens = token == stretch->first, starts = token == stretch->begin;
    uint32_t before = head_before(evidence, stretch, token);
    Elsewhere other = look_elsewhere(evidence, token);
    uint32_t elsewhere = other.certain;
    uint32_t first = look_at(evidence, stretch->first)->head, ahead = head_before(evidence, stretch, stretch->first);
    add(features, 1);
    add(features, mix(rule[2], shape[2] + 32u * starts));
    add(features, mix(rule[2], rule[1]));
    add(features, mix(rule[2], rule[3]));
    add(features, mix(rule[2], upos[2]));
    add(features, mix(rule[2], head[1]));
    add(features, mix(rule[2], before));
    add(features, mix(rule[2], ahead));
    add(features, mix(rule[2], first));
    add(features, mix(shape[1], mix(shape[2], shape[3])));
    add(features, mix(upos[1], mix(upos[2], upos[3])));
    add(features, before);
    add(features, ahead);
    add(features, opens ? mix(2, first) : mix(3, first));
    add(features, 1u + at->person + 4u * (around->look[1] ? around->look[1]->person : 0) +
                      16u * (around->look[3] ? around->look[3]->person : 0));
    add(features, mix(1u + at->person, type));
    add(features, mix(1u + at->place, type));
    add(features, mix(1u + at->place, upos[2] + 32u * opens));
    add(features, 1u + at->place + 8u * (around->look[1] ? around->look[1]->place : 5));
    add(features, mix(1u + elsewhere, type));
    add(features, 1u + elsewhere);
    add(features, mix(1u + elsewhere, shape[2] + 32u * opens));
    add(features, mix(1u + other.guessed, type));
    add(features, mix(1u + other.article, type));
    add(features, 1u + other.certain + 8u * other.guessed + 64u * other.article);
    add(features, 1u + at->small + 2u * starts + 4u * opens);
    add(features, 1u + inside_quotes(evidence, stretch, token) + 2u * type);
    add(features, (uint32_t)(stretch->end - stretch->first > 6 ? 7 : stretch->end - stretch->first) + 8u * opens);
    const Token *here = &document->tokens[token];
    if (here->word_count) {
        const Word *word = &document->words[here->first_word];
        uint32_t relation = str_hash(word->relation) | 1;
        size_t first_word = document->tokens[stretch->begin].first_word;
        const Word *up = word->head && word->head != RELATO_NONE ? &document->words[first_word + word->head - 1] : NULL;
        add(features, relation);
        add(features, mix(relation, up ? 1u + up->upos : 31u));
        add(features, mix(relation, type));
    } else {
        features->name += 3;
    }
    Str word = at->folded;
    add(features, mix(suffix_hash(word, 3), shape[2]));
    add(features, mix(suffix_hash(word, 2), shape[2]));
    add(features, mix(prefix_hash(word, 3), shape[2]));
    add(features, around->look[1] && opens ? mix(1, shape[1]) : 0);
}

/* Features of single words: they hold in one language. */
static void add_words(Features *features, const Evidence *evidence, const Stretch *stretch, size_t token,
                      const Around *around)
{
    const Document *document = document_of(evidence);
    uint32_t word[5];
    for (size_t i = 0; i < 5; i++) {
        word[i] = around->look[i] ? str_hash(around->word[i]) | 1 : 98;
        add(features, word[i]);
    }
    add(features, mix(word[1], word[2]));
    add(features, mix(word[2], word[3]));
    add(features, mix(word[1], around->proposal[2].type));
    add(features, mix(word[3], around->proposal[2].type));
    size_t first = stretch->first;
    add(features, first > stretch->begin ? str_hash(text_of(evidence, first - 1)) | 1 : 98);
    add(features, first > stretch->begin + 1 ? str_hash(text_of(evidence, first - 2)) | 1 : 98);
    add(features, stretch->end < stretch->limit ? str_hash(text_of(evidence, stretch->end)) | 1 : 98);
    const Token *here = &document->tokens[token];
    const Word *at = here->word_count ? &document->words[here->first_word] : NULL;
    if (at && at->head && at->head != RELATO_NONE) {
        const Word *up = &document->words[document->tokens[stretch->begin].first_word + at->head - 1];
        add(features, mix(str_hash(up->lemma), str_hash(at->relation)));
    }
}

size_t evidence_features(Evidence *evidence, const Stretch *stretch, size_t token, uint32_t features[MOST_FEATURES],
                         size_t *common)
{
    Features list = { features, 0, 0 };
    Around around = look_around(evidence, stretch, token);
    add_common(&list, evidence, stretch, token, &around);
    *common = list.count;
    list.name = 1000;
    add_words(&list, evidence, stretch, token, &around);
    return list.count;
}
