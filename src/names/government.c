/* Words that stand for the government of a country, with what tells which. */
#include "names/making.h"

/* The country of what is noted of an atom: of an adjective, a state, a person; empty if none. */
static Str country_at(const Search *search, size_t atom, size_t *end)
{
    const AtomNote *note = &search->notes[atom];
    uint32_t entry = RELATO_NONE;
    if (note->match && search->matches.items[note->match - 1].first == atom) {
        const Match *match = &search->matches.items[note->match - 1];
        entry = match->dropped ? RELATO_NONE : match->entry;
        *end = atom + match->count;
        bool state = entry != RELATO_NONE && (search->names->entries[entry].kind == KIND_COUNTRY ||
                                              search->names->entries[entry].type == RELATO_PERSON);
        entry = state ? entry : RELATO_NONE;
    } else if (note->adjective) {
        entry = note->adjective - 1;
        *end = atom + note->adjective_count;
    }
    return entry == RELATO_NONE ? STR("") : search_string(search, search->names->entries[entry].country);
}

/* The atoms before `atom` that tell a country: "Syrian government"; where they begin. */
static Str country_before(const Search *search, size_t atom, size_t *begin)
{
    for (size_t back = 1; back <= 3 && back <= atom; back++) {
        size_t end;
        Str country = country_at(search, atom - back, &end);
        if (country.size && end == atom) {
            *begin = atom - back;
            return country;
        }
    }
    return STR("");
}

/* True if the word at an atom is a phrase of its own: an article stands before it
 * and no noun that it belongs to behind it ("the government", not "government forces"). */
static bool stands_alone(const Search *search, size_t atom)
{
    const Document *document = search->document;
    const Token *token = &document->tokens[search->atoms.items[atom].token], *next = token + 1;
    if (atom == 0 || token->end - token->start != search->atoms.items[atom].end - search->atoms.items[atom].start ||
        !search_head(search, atom - 1, HEAD_ARTICLE))
        return false;
    uint8_t upos = next < document->tokens + document->token_count && next->word_count
                       ? document->words[next->first_word].upos
                       : UPOS_NONE;
    return upos != UPOS_NOUN && upos != UPOS_PROPN;
}

/* A word that stands for the government of a country, with what tells which:
 * "o governo sírio", "Governo do Mali", "the Trump administration", "Gobierno". */
static void add_government(Making *making, size_t atom, const NameHead *head)
{
    Search *search = making->search;
    size_t begin = atom, end = atom + 1, behind = end;
    Str country = STR("");
    if (end < search->atoms.count && search_head(search, end, HEAD_LINK | HEAD_ARTICLE | HEAD_ORGANISATION_LINK))
        behind = end + 1;
    if (behind < search->atoms.count)
        country = country_at(search, behind, &end);
    if (country.size == 0) {
        end = atom + 1;
        country = country_before(search, atom, &begin);
    }
    if (country.size == 0 && head->type == RELATO_ORGANISATION && end == behind && stands_alone(search, atom))
        country = search_country(search);
    uint32_t entry = country.size ? entry_of_country(search, country) : RELATO_NONE;
    if (entry == RELATO_NONE)
        return;
    for (size_t i = begin; i < end; i++) {
        const AtomNote *note = &search->notes[i];
        Match *match = note->match ? &search->matches.items[note->match - 1] : NULL;
        if (match && match->entry != RELATO_NONE && search->names->entries[match->entry].type != RELATO_PERSON)
            match->dropped = true;
    }
    add_mention(making, entity_of_entry(making, entry),
                (Span){ search->atoms.items[begin].start, search->atoms.items[end - 1].end });
    making->mentions.items[making->mentions.count - 1].common = true;
}

void add_governments(Making *making)
{
    const Search *search = making->search;
    for (size_t i = 0; i < search->atoms.count; i++) {
        const NameHead *head = search->notes[i].head ? search_head(search, i, HEAD_GOVERNMENT) : NULL;
        bool named = search->notes[i].match && !search->matches.items[search->notes[i].match - 1].dropped;
        if (head && search->notes[i].head_count == 1 && !named)
            add_government(making, i, head);
    }
}
