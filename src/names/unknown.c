/* Names that the lexicon does not have: runs of words with capital letters,
 * held together by small words, and what stands in and beside them tells
 * whether they are persons, organisations or places. */
#include "core/utf8.h"
#include "names/search.h"

enum {
    LONGEST_NAME = 12, /* tokens */
    ROLE_REACH = 12,   /* tokens between an office and its name */
    LONGEST_HEAD = 4   /* tokens of a head that is looked for by its end */
};

static const Token *token_at(const Search *search, size_t token)
{
    return &search->document->tokens[token];
}

static Str text_of(const Search *search, size_t token)
{
    return token_str(search->document, token_at(search, token));
}

static const AtomNote *note_of(const Search *search, size_t token)
{
    return &search->notes[search->token_atom[token]];
}

static const NameHead *head_at(const Search *search, size_t token, unsigned uses)
{
    return search_head(search, search->token_atom[token], uses);
}

/* The token behind the head that begins at `token`. */
static size_t behind_head(const Search *search, size_t token)
{
    size_t atom = search->token_atom[token] + note_of(search, token)->head_count;
    while (token < search->document->token_count && search->token_atom[token] < atom)
        token++;
    return token;
}

static uint8_t person_bits(const Search *search, size_t token)
{
    uint32_t word = search->atoms.items[search->token_atom[token]].word;
    return word < search->names->person_count ? search->names->persons[word] : 0;
}

static Upos upos_of_token(const Search *search, size_t token)
{
    const Token *at = token_at(search, token);
    return at->word_count ? (Upos)search->document->words[at->first_word].upos : UPOS_NONE;
}

/* True if the token has a sign of currency: "R$", "US$". */
static bool is_money(Str form)
{
    for (size_t i = 0; i < form.size;)
        if (u_charType((UChar32)utf8_next(form, &i)) == U_CURRENCY_SYMBOL)
            return true;
    return false;
}

bool search_capital(const Search *search, size_t token)
{
    uint16_t shape = token_at(search, token)->shape;
    if (shape & SHAPE_CAPITAL || !(shape & SHAPE_LETTERS))
        return (shape & SHAPE_CAPITAL) && !is_money(text_of(search, token));
    size_t atom = search->token_atom[token];
    if (search->token_atom[token + 1] < atom + 3 ||
        search->atoms.items[atom].end - search->atoms.items[atom].start > 2 ||
        search->document->text.at[search->atoms.items[atom + 1].start] == '.')
        return false;
    return case_of(search_atom(search, atom + 2)).first_upper;
}

static bool is_byte(const Search *search, size_t token, char byte)
{
    Str form = text_of(search, token);
    return form.size == 1 && form.at[0] == byte;
}

/* ---- runs ---------------------------------------------------------------------- */

typedef struct Run {
    size_t first, end;   /* tokens */
    size_t begin, limit; /* tokens of its sentence */
} Run;

bool search_shouts(const Search *search, const Sentence *sentence)
{
    size_t small = 0, capitals = 0;
    for (size_t t = sentence->first_token; t < sentence->first_token + sentence->token_count; t++) {
        uint16_t shape = token_at(search, t)->shape;
        capitals += (shape & SHAPE_ALL_CAPITALS) != 0;
        small += (shape & SHAPE_LETTERS) && !(shape & (SHAPE_ALL_CAPITALS | SHAPE_CAPITAL));
    }
    return capitals > small;
}

/* True if a capital at the token may be due to its place: no word stands
 * before it in the sentence, or a quotation or clause begins. */
static bool opens(const Search *search, size_t token, size_t begin)
{
    return token == begin ||
           (token_at(search, token - 1)->shape & SHAPE_PUNCTUATION && !is_byte(search, token - 1, ',') &&
            !is_byte(search, token - 1, '(') && !is_byte(search, token - 1, ')'));
}

/* True if the token can be part of a name. */
static bool names_something(const Search *search, size_t token, size_t begin, size_t limit)
{
    if (!search_capital(search, token) || head_at(search, token, HEAD_LINK | HEAD_ORGANISATION_LINK | HEAD_LOCATIVE))
        return false;
    if (note_of(search, token)->match || !opens(search, token, begin))
        return true;
    Upos upos = upos_of_token(search, token);
    if (upos == UPOS_PROPN)
        return true;
    bool followed = token + 1 < limit && search_capital(search, token + 1) && token_at(search, token)->space_after;
    return followed && (upos == UPOS_NONE || upos == UPOS_NOUN || upos == UPOS_X) &&
           (person_bits(search, token) || head_at(search, token, HEAD_NAME | HEAD_TITLE));
}

uint32_t search_name_end(const Search *search, size_t token)
{
    const Token *at = token_at(search, token);
    Str form = text_of(search, token), word = at->word_count > 1 ? search->document->words[at->first_word].form : form;
    return at->start + (uint32_t)(str_starts(form, word) ? word.size : form.size);
}

/* End of the small words from `token` on that lead to another word of the name;
 * `token` itself if they do not. */
static size_t past_links(const Search *search, size_t token, size_t limit, unsigned uses)
{
    size_t at = token;
    while (at < limit && at < token + 3 && head_at(search, at, uses) && !search_capital(search, at))
        at++;
    return at < limit && at > token && search_capital(search, at) ? at : token;
}

/* The run of name words from `first` on. */
static Run run_from(const Search *search, size_t first, size_t begin, size_t limit)
{
    Run run = { first, first + 1, begin, limit };
    const NameHead *head = head_at(search, first, HEAD_NAME);
    unsigned uses = HEAD_LINK | (head && head->type == RELATO_ORGANISATION ? HEAD_ORGANISATION_LINK : 0);
    while (run.end < limit && run.end - first < LONGEST_NAME &&
           search_name_end(search, run.end - 1) == token_at(search, run.end - 1)->end) {
        size_t next = past_links(search, run.end, limit, uses);
        bool linked = next > run.end;
        if (search_capital(search, next) && !head_at(search, next, HEAD_LOCATIVE))
            run.end = next + 1;
        else if (!linked && (token_at(search, next)->shape & SHAPE_NUMBER) && text_of(search, next).size <= 3)
            run.end = next + 1;
        else
            break;
    }
    return run;
}

/* ---- what stands beside a name -------------------------------------------------- */

/* The token at which a head begins that takes in the one at `token`:
 * "Secretary-General" rather than "General". */
static size_t head_over(const Search *search, size_t token, size_t begin)
{
    for (size_t back = 1; back <= 3 && token >= begin + back; back++)
        if (head_at(search, token - back, HEAD_TITLE) && behind_head(search, token - back) > token)
            return token - back;
    return token;
}

/* The token at which an office with what it is of before it begins: "UN special
 * envoy", "Japanese Prime Minister", "army spokesman Col.". */
static size_t with_owner(const Search *search, size_t token, size_t begin)
{
    while (token > begin) {
        const AtomNote *note = note_of(search, token - 1);
        if (note->match)
            token = search->atoms.items[search->matches.items[note->match - 1].first].token;
        else if (note->adjective || head_at(search, token - 1, HEAD_TITLE))
            token = head_over(search, token - 1, begin);
        else
            break;
    }
    return token < begin ? begin : token;
}

/* True if the words from a token on tell what something before them is of: "(the lawyer)
 * of the mayor". */
static bool is_complement(const Search *search, size_t token, size_t begin)
{
    return (token > begin && head_at(search, token - 1, HEAD_LINK)) ||
           (token > begin + 1 && head_at(search, token - 1, HEAD_ARTICLE) && head_at(search, token - 2, HEAD_LINK));
}

/* The office before a name: "o ministro da Justiça, X", "el canciller ruso X",
 * "President X". Fills the role and returns its head, or NULL. */
static const NameHead *office_before(const Search *search, const Run *run, Span *role)
{
    if (run->first == run->begin)
        return NULL;
    size_t end = run->first;
    bool comma = is_byte(search, end - 1, ',');
    size_t reach = comma ? ROLE_REACH : 4;
    end -= comma;
    if (!comma && head_at(search, end - 1, HEAD_LINK))
        return NULL; /* what the office is of: "presidente da X" */
    const NameHead *found = NULL;
    for (size_t at = end; at > run->begin && at + reach > end; at--) {
        size_t token = at - 1;
        const AtomNote *note = note_of(search, token);
        if (head_at(search, token, HEAD_TITLE) && behind_head(search, token) <= end) {
            token = head_over(search, token, run->begin);
            *role = token_span(search->document, with_owner(search, token, run->begin), end - 1);
            found = head_at(search, token, HEAD_TITLE);
            if (!comma || !is_complement(search, token, run->begin))
                return found;
        }
        Upos upos = upos_of_token(search, token);
        bool passes = note->adjective || note->match || search_capital(search, token) || upos == UPOS_ADJ ||
                      head_at(search, token, HEAD_LINK | HEAD_ORGANISATION_LINK) ||
                      (comma && !(token_at(search, token)->shape & SHAPE_PUNCTUATION));
        if (!passes || upos == UPOS_VERB || upos == UPOS_AUX)
            break;
    }
    return found;
}

/* The office behind a name: "X, ministro da Justiça,". */
static const NameHead *office_behind(const Search *search, const Run *run, Span *role)
{
    if (run->end + 1 >= run->limit || !is_byte(search, run->end, ','))
        return NULL;
    for (size_t token = run->end + 1; token < run->limit && token < run->end + 4; token++) {
        if (token_at(search, token)->shape & SHAPE_PUNCTUATION)
            return NULL;
        if (!head_at(search, token, HEAD_TITLE))
            continue;
        size_t end = behind_head(search, token), last = end;
        while (end < run->limit && end < token + ROLE_REACH && !(token_at(search, end)->shape & SHAPE_PUNCTUATION))
            last = ++end;
        if (end >= run->limit || !is_byte(search, end, ','))
            last = behind_head(search, token);
        *role = token_span(search->document, token, last - 1);
        return head_at(search, token, HEAD_TITLE);
    }
    return NULL;
}

/* The longest head with one of the uses that ends before the token: "na região de". */
static const NameHead *head_ending(const Search *search, size_t token, size_t begin, unsigned uses)
{
    const NameHead *longest = NULL;
    for (size_t back = 1; back <= LONGEST_HEAD && token >= begin + back; back++) {
        const NameHead *head = head_at(search, token - back, uses);
        longest = head && behind_head(search, token - back) == token ? head : longest;
    }
    return longest;
}

bool search_locative(const Search *search, size_t token, size_t begin)
{
    return head_ending(search, token, begin, HEAD_LOCATIVE) != NULL;
}

/* The common noun before a name that tells what it is: "o jornal X". */
static const NameHead *noun_before(const Search *search, const Run *run)
{
    const NameHead *noun = head_ending(search, run->first, run->begin, HEAD_BEFORE);
    if (!noun && run->first > run->begin && head_at(search, run->first - 1, HEAD_LINK))
        noun = head_ending(search, run->first - 1, run->begin, HEAD_BEFORE);
    return noun;
}

/* An age behind a name: "X, 58," or "X (58)". */
static bool has_age(const Search *search, const Run *run)
{
    return run->end + 2 < run->limit && (is_byte(search, run->end, ',') || is_byte(search, run->end, '(')) &&
           (token_at(search, run->end + 1)->shape & SHAPE_NUMBER) && text_of(search, run->end + 1).size == 2 &&
           (is_byte(search, run->end + 2, ',') || is_byte(search, run->end + 2, ')'));
}

/* True if an article stands before the name: persons have none in news. */
static bool has_article(const Search *search, const Run *run)
{
    return run->first > run->begin && head_at(search, run->first - 1, HEAD_ARTICLE);
}

static bool is_quote(const Search *search, size_t token)
{
    Str form = text_of(search, token);
    size_t at = 0;
    UChar32 c = form.size ? (UChar32)utf8_next(form, &at) : 0;
    return at == form.size && form.size && u_hasBinaryProperty(c, UCHAR_QUOTATION_MARK);
}

/* True if quotation marks enclose the name: then it is rather a title. */
static bool is_quoted(const Search *search, const Run *run)
{
    return run->first > run->begin && run->end < run->limit && is_quote(search, run->first - 1) &&
           is_quote(search, run->end);
}

/* ---- typing ---------------------------------------------------------------------- */

/* The last head in the run that may end a name: "Treasury Department". */
static const NameHead *last_head(const Search *search, const Run *run)
{
    return run->end - run->first > 1 ? head_at(search, run->end - 1, HEAD_LAST) : NULL;
}

/* True if a word that may end a name is rather the surname of somebody: "Grace Park", not
 * "Howard University". */
static bool may_end_person(const Search *search, const Run *run, const NameHead *last)
{
    return run->end - run->first == 2 && (person_bits(search, run->first) & PERSON_GIVEN) &&
           (last->type == RELATO_PLACE || (person_bits(search, run->end - 1) & PERSON_FAMILY));
}

static bool only_letters(const Search *search, const Run *run)
{
    for (size_t t = run->first; t < run->end; t++)
        if (token_at(search, t)->shape & (SHAPE_DIGITS | SHAPE_ALL_CAPITALS))
            return false;
    return true;
}

static bool all_capitals(const Search *search, const Run *run)
{
    for (size_t t = run->first; t < run->end; t++)
        if (search_capital(search, t) && !(token_at(search, t)->shape & SHAPE_ALL_CAPITALS))
            return false;
    return true;
}

static Unknown unknown_of(const Search *search, const Run *run)
{
    return (Unknown){ .first = (uint32_t)run->first,
                      .count = (uint32_t)(run->end - run->first),
                      .span = { token_at(search, run->first)->start, search_name_end(search, run->end - 1) } };
}

static bool settle(Unknown *unknown, RelatoEntityType type, const NameHead *head, NameReason reason)
{
    unknown->type = type;
    unknown->head = head;
    unknown->reason = reason;
    return true;
}

/* Decides by what stands in the run and beside it; false if nothing there tells. */
static bool type_by_words(const Search *search, const Run *run, Unknown *unknown)
{
    size_t length = run->end - run->first;
    const NameHead *head = head_at(search, run->first, HEAD_NAME), *last = last_head(search, run), *before;
    if (length > 1 && head)
        return settle(unknown, (RelatoEntityType)head->type, head, REASON_FIRST);
    if (last && !may_end_person(search, run, last))
        return settle(unknown, (RelatoEntityType)last->type, last, REASON_LAST);
    if (all_capitals(search, run) && (length > 1 || head_at(search, run->first, ~0u)))
        return false;
    if ((before = noun_before(search, run)) && before->type == RELATO_PLACE)
        return settle(unknown, RELATO_PLACE, NULL, REASON_PLACE);
    const NameHead *office = office_before(search, run, &unknown->role);
    if (!office && length > 1)
        office = office_behind(search, run, &unknown->role);
    if (office && only_letters(search, run))
        return settle(unknown, RELATO_PERSON, office, REASON_OFFICE);
    unknown->role = (Span){ 0, 0 };
    if (length > 1 && (person_bits(search, run->first) & PERSON_GIVEN))
        return settle(unknown, RELATO_PERSON, NULL, REASON_GIVEN);
    if (before)
        return settle(unknown, (RelatoEntityType)before->type, before, REASON_NOUN);
    return has_age(search, run) && settle(unknown, RELATO_PERSON, NULL, REASON_AGE);
}

/* Decides by the looks of a run that nothing else tells of; false if it is no name. */
static bool type_by_shape(const Search *search, const Run *run, Unknown *unknown)
{
    size_t length = run->end - run->first;
    if (all_capitals(search, run) && (length > 1 || head_at(search, run->first, ~0u)))
        return false;
    if (length == 1 && (token_at(search, run->first)->shape & SHAPE_ALL_CAPITALS) &&
        text_of(search, run->first).size <= 6)
        return settle(unknown, RELATO_ORGANISATION, NULL, REASON_ACRONYM);
    if (search_locative(search, run->first, run->begin) && only_letters(search, run))
        return settle(unknown, RELATO_PLACE, NULL, REASON_LOCATIVE) && length <= 3;
    if (is_quoted(search, run))
        return false;
    bool proper = upos_of_token(search, run->first) == UPOS_PROPN;
    if (length == 1 && (head_at(search, run->first, ~0u) ||
                        (!proper && (has_article(search, run) || opens(search, run->first, run->begin)))))
        return false;
    bool person = only_letters(search, run) && length <= 4 && !has_article(search, run);
    return settle(unknown, person ? RELATO_PERSON : RELATO_ORGANISATION, NULL, REASON_CAPITALS);
}

/* Decides what a run is; false if nothing tells that it is a name at all. */
static bool type_run(const Search *search, const Run *run, Unknown *unknown)
{
    *unknown = unknown_of(search, run);
    return type_by_words(search, run, unknown) || type_by_shape(search, run, unknown);
}

Unknown unknown_describe(const Search *search, size_t first, size_t end, size_t begin, size_t limit,
                         RelatoEntityType type)
{
    Run run = { first, end, begin, limit };
    Unknown unknown = unknown_of(search, &run);
    if (type_by_words(search, &run, &unknown) && unknown.type == type)
        return unknown;
    unknown = unknown_of(search, &run);
    const NameHead *head = type == RELATO_ORGANISATION ? head_at(search, first, HEAD_NAME) : NULL;
    settle(&unknown, type, head && head->type == type ? head : NULL, REASON_WEIGHTS);
    return unknown;
}

/* ---- runs and matches ---------------------------------------------------------------- */

/* The match that covers the token; NULL if none does. */
static Match *match_of(Search *search, size_t token)
{
    uint32_t match = note_of(search, token)->match;
    return match ? &search->matches.items[match - 1] : NULL;
}

/* The token behind a match. */
static size_t behind_match(const Search *search, const Match *match)
{
    return search->atoms.items[match->first + match->count - 1].token + 1;
}

/* True if the run begins in a time expression. Runs come in order of the text, and
 * so do times: what lies before one run lies before all that follow. */
static bool in_time(Search *search, const Run *run)
{
    const Document *document = search->document;
    const Token *token = token_at(search, run->first);
    while (search->next_time < document->time_count && document->times[search->next_time].span.end <= token->start)
        search->next_time++;
    return search->next_time < document->time_count && document->times[search->next_time].span.start < token->end;
}

/* Takes titles and adjectives off the head of a run: "President X", "Iraqi X". */
static void strip_front(const Search *search, Run *run)
{
    while (run->first < run->end) {
        const AtomNote *note = note_of(search, run->first);
        if (head_at(search, run->first, HEAD_TITLE) && !head_at(search, run->first, HEAD_NAME))
            run->first = behind_head(search, run->first);
        else if (note->adjective && !note->match)
            run->first = search->atoms.items[search->token_atom[run->first] + note->adjective_count - 1].token + 1;
        else
            break;
        while (run->first < run->end && !search_capital(search, run->first))
            run->first++;
    }
    if (run->first > run->end)
        run->first = run->end;
}

/* True if a word that may be a title is a surname in the run: "Marcos Bispo da Silva",
 * where a given name stands right before it and none behind. */
static bool is_surname(const Search *search, const Run *run, size_t token)
{
    size_t end = behind_head(search, token);
    return token > run->first && (person_bits(search, token - 1) & PERSON_GIVEN) && end == token + 1 &&
           !(person_bits(search, end) & PERSON_GIVEN);
}

/* The token in a run at which a person's name begins, where an office or what it
 * is of stands before it: "Correspondent X Y", "(ministro de) Justicia X Y"; the
 * run's end if there is no name in it, its beginning if nothing stands before. */
static size_t behind_office(const Search *search, const Run *run)
{
    for (size_t t = run->end; t-- > run->first + 1;)
        if (head_at(search, t, HEAD_TITLE) && behind_head(search, t) < run->end && !is_surname(search, run, t))
            return behind_head(search, t);
    bool complement = run->first >= run->begin + 2 && head_at(search, run->first - 1, HEAD_LINK) &&
                      head_at(search, run->first - 2, HEAD_TITLE);
    if (!complement)
        return run->first;
    for (size_t t = run->first + 1; t < run->end; t++)
        if ((person_bits(search, t) & PERSON_GIVEN) && search_capital(search, t - 1))
            return t;
    if (run->end - run->first == 3 && search_capital(search, run->first + 1) && !head_at(search, run->first, HEAD_NAME))
        return run->first + 1;
    const NameHead *office = head_at(search, run->first - 2, HEAD_TITLE);
    bool state = str_equal(search_string(search, office->sector), STR("GOV"));
    if (state && run->end - run->first == 1 && !note_of(search, run->first)->match)
        return run->end;
    return state && !head_at(search, run->first, HEAD_NAME) && !note_of(search, run->first)->match ? run->end
                                                                                                   : run->first;
}

size_t unknown_front(const Search *search, size_t first, size_t end, size_t begin, bool person)
{
    Run run = { first, end, begin, end };
    strip_front(search, &run);
    return person && run.first < end ? behind_office(search, &run) : run.first;
}

/* True if a match may be part of an unknown name around it: a place or a single
 * word beside words that are not its own, with no small word between. */
static bool absorbs(const Search *search, const Run *run, const Match *match)
{
    size_t first = search->atoms.items[match->first].token, end = behind_match(search, match);
    bool before = first > run->first && search_capital(search, first - 1);
    bool behind = end < run->end && search_capital(search, end);
    bool organisation = head_at(search, run->first, HEAD_NAME) || last_head(search, run);
    if (first == run->first && behind && !organisation)
        return match->count == 1 && (person_bits(search, first) & PERSON_GIVEN);
    Upos upos = before ? upos_of_token(search, first - 1) : UPOS_NONE;
    return !organisation && before && match->count == 1 && !note_of(search, first - 1)->head &&
           !note_of(search, first - 1)->adjective && (upos == UPOS_NONE || upos == UPOS_PROPN);
}

/* Handles one run: what of it is known stays so, what is left is an unknown name. */
static void take_run(Search *search, Run run)
{
    strip_front(search, &run);
    run.first = run.first < run.end ? behind_office(search, &run) : run.first;
    if (run.first >= run.end || in_time(search, &run))
        return;
    bool organisation = head_at(search, run.first, HEAD_NAME) || last_head(search, &run);
    for (size_t t = run.first; t < run.end; t++) {
        Match *match = match_of(search, t);
        if (!match)
            continue;
        size_t first = search->atoms.items[match->first].token, end = behind_match(search, match);
        if (first <= run.first && end >= run.end)
            return;
        if (absorbs(search, &run, match)) {
            match->dropped = true;
            continue;
        }
        if (organisation && !(first == run.first && head_at(search, run.first, HEAD_NAME)))
            continue;
        /* A known name: what stands before it is one of its own, what follows goes on. */
        Run front = { run.first, first, run.begin, run.limit }, rest = { end, run.end, run.begin, run.limit };
        while (front.end > front.first && !search_capital(search, front.end - 1))
            front.end--;
        while (rest.first < rest.end && !search_capital(search, rest.first))
            rest.first++;
        if (front.first < front.end)
            take_run(search, front);
        if (rest.first < rest.end)
            take_run(search, rest);
        return;
    }
    Unknown unknown;
    if (type_run(search, &run, &unknown))
        *ARENA_PUSH(search->document->arena, &search->unknown) = unknown;
}

void unknown_names(Search *search)
{
    const Document *document = search->document;
    for (size_t s = 0; s < document->sentence_count; s++) {
        const Sentence *sentence = &document->sentences[s];
        size_t begin = sentence->first_token, limit = begin + sentence->token_count;
        if (search_shouts(search, sentence))
            continue;
        for (size_t t = begin; t < limit; t++) {
            if (!names_something(search, t, begin, limit))
                continue;
            Run run = run_from(search, t, begin, limit);
            take_run(search, run);
            t = run.end - 1;
        }
    }
}
