#include "core/utf8.h"
#include "names/search.h"

enum { AROUND = 100 /* atoms in which places of the same sentence count */ };

Str search_string(const Search *search, uint32_t offset)
{
    return lexicon_string(search->names->lexicon, offset);
}

Str search_atom(const Search *search, size_t index)
{
    const Atom *atom = &search->atoms.items[index];
    return str_slice(search->document->text, atom->start, atom->end);
}

/* ---- finding ---------------------------------------------------------------- */

Case case_of(Str s)
{
    Case found = { false, false };
    size_t letters = 0, upper = 0;
    for (size_t i = 0; i < s.size;) {
        UChar32 c = (UChar32)utf8_next(s, &i);
        bool capital = c >= 'A' && c <= 'Z';
        if (c < 0x80 ? !capital && (c < 'a' || c > 'z') : !u_isalpha(c))
            continue;
        capital = capital || (c >= 0x80 && (u_isupper(c) || u_istitle(c)));
        found.first_upper |= letters == 0 && capital;
        letters++;
        upper += capital;
    }
    found.all_upper = letters >= 2 && upper == letters;
    return found;
}

/* True if the text writes the form as the lexicon does: capitals where it has
 * them, an acronym in capitals; in a text in capitals everything agrees. */
static bool agrees(const Search *search, const NameForm *form, size_t first)
{
    Str name = search_string(search, form->form), atom;
    size_t index = first;
    for (size_t at = 0; atom_next(name, &at, &atom); index++) {
        Case wanted = case_of(atom), written = case_of(search_atom(search, index));
        if (wanted.all_upper ? !written.all_upper : wanted.first_upper && !written.first_upper)
            return false;
    }
    return true;
}

/* The first form of a kind at the node that agrees with the text, or NULL. */
static const NameForm *form_at(const Search *search, uint32_t node, NameFormKind kind, size_t first)
{
    const NameNode *at = &search->names->nodes[node];
    for (uint32_t i = 0; i < at->form_count; i++) {
        const NameForm *form = &search->names->forms[at->first_form + i];
        if (form->kind == (uint32_t)kind && agrees(search, form, first))
            return form;
    }
    return NULL;
}

/* The first head of a kind at the node (0: none) with one of the uses that agrees with the text, or NULL. */
static const NameHead *head_of_kind(const Search *search, uint32_t node, NameFormKind kind, size_t atom, unsigned uses)
{
    const NameNode *at = &search->names->nodes[node];
    for (uint32_t i = 0; node && i < at->form_count; i++) {
        const NameForm *form = &search->names->forms[at->first_form + i];
        const NameHead *head = form->kind == (uint32_t)kind ? &search->names->heads[form->entry] : NULL;
        if (head && (head->uses & uses) && agrees(search, form, atom))
            return head;
    }
    return NULL;
}

const NameHead *search_head(const Search *search, size_t atom, unsigned uses)
{
    const AtomNote *note = &search->notes[atom];
    const NameHead *head = head_of_kind(search, note->head, FORM_HEAD, atom, uses & ~(unsigned)HEAD_MENTION);
    return head || !(uses & HEAD_MENTION) ? head
                                          : head_of_kind(search, note->mention, FORM_MENTION, atom, HEAD_MENTION);
}

/* True if the atom is joined to a small word of three letters or more: "pro-Beijing"
 * is an adjective, "al-Assad" a name. */
static bool is_joined(const Search *search, size_t atom)
{
    const Atom *at = &search->atoms.items[atom];
    return atom >= 2 && at[-2].token == at->token && search->document->text.at[at[-1].start] == '-' &&
           at[-2].end - at[-2].start > 2 && !case_of(search_atom(search, atom - 2)).first_upper;
}

/* Walks the trie from an atom to the end of its sentence: returns the longest
 * name that begins there, and notes the longest adjective and head. */
static Match walk(const Search *search, size_t first, uint32_t end, AtomNote *note)
{
    Match match = { .first = (uint32_t)first, .entry = RELATO_NONE };
    uint32_t node = 0;
    for (size_t i = first; i < search->atoms.count && search->atoms.items[i].end <= end; i++) {
        const NameForm *form;
        node = names_step(search->names, node, search->atoms.items[i].word);
        if (node == 0)
            break;
        if (search->names->nodes[node].form_count == 0)
            continue;
        if (form_at(search, node, FORM_NAME, first)) {
            match.node = node;
            match.count = (uint32_t)(i - first + 1);
        }
        if (note && i - first < UINT8_MAX && (form = form_at(search, node, FORM_ADJECTIVE, first))) {
            note->adjective = form->entry + 1;
            note->adjective_count = (uint8_t)(i - first + 1);
        }
        if (note && i - first < UINT8_MAX && (form = form_at(search, node, FORM_HEAD, first))) {
            note->head = node;
            note->head_count = (uint8_t)(i - first + 1);
        }
        if (note && i - first < UINT8_MAX && form_at(search, node, FORM_MENTION, first)) {
            note->mention = node;
            note->mention_count = (uint8_t)(i - first + 1);
        }
    }
    return match;
}

static void index_tokens(Search *search)
{
    const Document *document = search->document;
    size_t atom = 0;
    search->token_atom = ARENA_ARRAY(document->arena, uint32_t, document->token_count + 1);
    for (size_t t = 0; t <= document->token_count; t++) {
        while (atom < search->atoms.count && search->atoms.items[atom].token < t)
            atom++;
        search->token_atom[t] = (uint32_t)atom;
    }
}

void match_names(Search *search)
{
    const Document *document = search->document;
    size_t sentence = 0, covered = 0;
    search->notes = ARENA_ARRAY(document->arena, AtomNote, search->atoms.count);
    index_tokens(search);
    for (size_t i = 0; i < search->atoms.count; i++) {
        while (document->sentences[sentence].end <= search->atoms.items[i].start)
            sentence++;
        Match match = walk(search, i, document->sentences[sentence].end, &search->notes[i]);
        if (i < covered || match.count == 0 || is_joined(search, i))
            continue;
        covered = i + match.count;
        *ARENA_PUSH(document->arena, &search->matches) = match;
        for (size_t k = i; k < covered; k++)
            search->notes[k].match = (uint32_t)search->matches.count;
    }
}

/* ---- deciding ---------------------------------------------------------------- */

uint32_t match_candidate(const Search *search, const Match *match, uint32_t n)
{
    const NameNode *node = &search->names->nodes[match->node];
    uint32_t last = RELATO_NONE;
    for (uint32_t i = 0; i < node->form_count; i++) {
        const NameForm *form = &search->names->forms[node->first_form + i];
        if (form->kind != FORM_NAME || form->entry == last || !agrees(search, form, match->first))
            continue;
        if (n-- == 0)
            return form->entry;
        last = form->entry;
    }
    return RELATO_NONE;
}

const NameEntry *match_first_entry(const Search *search, const Match *match)
{
    uint32_t entry = match_candidate(search, match, 0);
    return entry == RELATO_NONE ? NULL : &search->names->entries[entry];
}

uint32_t search_votes(const Search *search, Str country)
{
    for (size_t i = 0; i < search->votes.count; i++)
        if (str_equal(search->votes.items[i].country, country))
            return search->votes.items[i].count;
    return 0;
}

void search_vote(Search *search, Str country)
{
    for (size_t i = 0; i < search->votes.count; i++)
        if (str_equal(search->votes.items[i].country, country)) {
            search->votes.items[i].count++;
            return;
        }
    if (country.size)
        *ARENA_PUSH(search->document->arena, &search->votes) = (Vote){ country, 1 };
}

const NameTerm *search_term(const Search *search, const NameEntry *entry)
{
    const NameTerm *terms = &search->names->terms[entry->first_term], *found = NULL;
    if (search->day == INT32_MAX)
        return &terms[entry->term_count - 1];
    for (uint32_t i = 0; i < entry->term_count; i++)
        if (terms[i].since <= search->day && search->day <= terms[i].until)
            found = &terms[i];
    return found;
}

Str search_country(const Search *search)
{
    const Vote *most = NULL;
    for (size_t i = 0; i < search->votes.count; i++) {
        const Vote *one = &search->votes.items[i];
        if (one->country.size == 3 && (!most || one->count > most->count))
            most = one;
    }
    return most ? most->country : search->home;
}

/* The only country whose places the words of a sentence around a token name; empty if
 * there are none or several. */
static Str country_around(const Search *search, const Sentence *sentence, size_t token)
{
    size_t first = search->token_atom[sentence->first_token], here = search->token_atom[token],
           end = search->token_atom[sentence->first_token + sentence->token_count];
    first = here - first > AROUND ? here - AROUND : first;
    end = end - here > AROUND ? here + AROUND : end;
    Str found = STR("");
    for (size_t i = first; i < end; i++) {
        const AtomNote *note = &search->notes[i];
        uint32_t entry = note->match ? search->matches.items[note->match - 1].entry : RELATO_NONE;
        if (entry == RELATO_NONE || search->names->entries[entry].type != RELATO_PLACE)
            continue;
        Str country = search_string(search, search->names->entries[entry].country);
        if (country.size != 3 || str_equal(country, found))
            continue;
        if (found.size)
            return STR("");
        found = country;
    }
    return found;
}

Str search_country_near(const Search *search, Span span)
{
    const Document *document = search->document;
    size_t token = document_token_at(document, span.start), index = document_sentence_of(document, token);
    const Sentence *sentence = &document->sentences[index];
    Str near = country_around(search, sentence, token);
    bool first = index == 0 || sentence->opens_paragraph;
    return near.size || first ? near : country_around(search, sentence - 1, sentence->first_token - 1);
}

Str search_dominant(const Search *search)
{
    uint32_t all = 0;
    Str most = search_country(search);
    for (size_t i = 0; i < search->votes.count; i++)
        all += search->votes.items[i].country.size == 3 ? search->votes.items[i].count : 0;
    uint32_t count = search_votes(search, most);
    return count >= 2 && 10 * count >= 7 * all ? most : STR("");
}

/* How well an entry fits the report: countries that it speaks of, its own
 * country, offices held at its date, states before towns. */
static uint32_t fitness(const Search *search, uint32_t index)
{
    static const uint8_t rank[KIND_COUNT] = {
        [KIND_COUNTRY] = 5, [KIND_CAPITAL] = 4, [KIND_IGO] = 4, [KIND_CITY] = 2, [KIND_REGION] = 2, [KIND_TERRITORY] = 2
    };
    const NameEntry *entry = &search->names->entries[index];
    Str country = search_string(search, entry->country);
    uint32_t score = rank[entry->kind] + 10 * (country.size ? search_votes(search, country) : 0);
    score += country.size && str_equal(country, search->home) ? 5 : 0;
    score += entry->type == RELATO_PERSON && search_term(search, entry) ? 3 : 0;
    return score;
}

void match_decide(Search *search)
{
    for (size_t i = 0; i < search->matches.count; i++) {
        Match *match = &search->matches.items[i];
        uint32_t only = match->dropped ? RELATO_NONE : match_candidate(search, match, 0);
        if (match->dropped || match_candidate(search, match, 1) != RELATO_NONE)
            continue;
        match->entry = only;
        search_vote(search, search_string(search, search->names->entries[only].country));
    }
    for (size_t i = 0; i < search->matches.count; i++) {
        Match *match = &search->matches.items[i];
        uint32_t best = RELATO_NONE, entry;
        if (match->dropped || match->entry != RELATO_NONE)
            continue;
        for (uint32_t n = 0; (entry = match_candidate(search, match, n)) != RELATO_NONE; n++)
            if (best == RELATO_NONE || fitness(search, entry) > fitness(search, best))
                best = entry;
        match->entry = best;
    }
}

uint32_t match_place(const Search *search, size_t atom, size_t limit, uint32_t *count)
{
    Match match = walk(search, atom, search->atoms.items[limit - 1].end, NULL);
    *count = match.count;
    uint32_t entry = match.count ? match_candidate(search, &match, 0) : RELATO_NONE;
    return entry != RELATO_NONE && search->names->entries[entry].type == RELATO_PLACE ? entry : RELATO_NONE;
}
