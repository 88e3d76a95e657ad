/* Participants without a name: noun phrases whose head the lexicon knows as
 * somebody who acts or speaks - "separatistas arménios", "fontes diplomáticas",
 * "riot police". They stand on the trees; without trees there are none. */
#include "names/search.h"

enum { LONGEST_FORM = 4 }; /* words of a form that ends with its noun */

/* The words of one sentence. */
typedef struct Tree {
    const Word *words; /* (count) */
    size_t count;
} Tree;

static bool has_relation(const Word *word, const char *relation)
{
    Str wanted = str_of(relation);
    return str_starts(word->relation, wanted) &&
           (word->relation.size == wanted.size || word->relation.at[wanted.size] == ':');
}

static bool has_feature(const Word *word, Str feature)
{
    for (Str rest = word->features; rest.at;)
        if (str_equal(str_cut(&rest, '|'), feature))
            return true;
    return false;
}

/* True if a dependent with this relation belongs to the phrase of a participant:
 * what describes it, not what is said of it. */
static bool belongs(const Word *word)
{
    static const char *const relations[] = { "det", "nummod", "amod", "nmod", "compound", "fixed", "flat" };
    if (str_equal(word->relation, STR("acl:relcl")))
        return false;
    for (size_t i = 0; i < sizeof relations / sizeof *relations; i++)
        if (has_relation(word, relations[i]))
            return true;
    return false;
}

/* True if a phrase hangs on its noun as part of who is meant, "opositores de Caracas", or
 * by no preposition; false for what only goes with it: "protesta de jubilados contra el gobierno". */
static bool is_joined(const Search *search, const Tree *tree, size_t word)
{
    for (size_t i = 0; i < word; i++)
        if (tree->words[i].head == word + 1 && has_relation(&tree->words[i], "case"))
            return search_head(search, search->token_atom[tree->words[i].token], HEAD_LINK | HEAD_LOCATIVE) != NULL;
    return true;
}

/* True if the way from a word up to `head` starts at the head with a dependent that belongs to it. */
static bool is_inside(const Search *search, const Tree *tree, size_t word, size_t head)
{
    for (size_t steps = 0; steps < tree->count; steps++) {
        uint32_t up = tree->words[word].head;
        if (up == 0 || up > tree->count)
            return false;
        if (up - 1 == head)
            return belongs(&tree->words[word]) && is_joined(search, tree, word);
        if (has_relation(&tree->words[word], "appos") || has_relation(&tree->words[word], "acl") ||
            has_relation(&tree->words[word], "punct"))
            return false;
        word = up - 1;
    }
    return false;
}

/* True if a word has a dependent with the relation. */
static bool has_dependent(const Tree *tree, size_t head, const char *relation, Upos upos)
{
    for (size_t i = 0; i < tree->count; i++)
        if (tree->words[i].head == head + 1 && has_relation(&tree->words[i], relation) &&
            (upos == UPOS_NONE || tree->words[i].upos == upos))
            return true;
    return false;
}

/* A noun, or one with a capital that is taken for a name: "el Gobierno", "Palestinians", and
 * whatever opens a sentence: "Manifestantes protestaram". */
static bool is_noun(const Tree *tree, size_t head)
{
    Upos upos = (Upos)tree->words[head].upos;
    return upos == UPOS_NOUN ||
           (upos == UPOS_PROPN &&
            (has_dependent(tree, head, "det", UPOS_DET) || has_feature(&tree->words[head], STR("Number=Plur")) ||
             (head == 0 && tree->count > 1 && tree->words[1].upos != UPOS_PROPN)));
}

/* True if the noun stands for somebody: no predicate, and no office of a name beside it. */
static bool refers(const Tree *tree, size_t head)
{
    const Word *word = &tree->words[head];
    if (!is_noun(tree, head) || word->head == RELATO_NONE || has_dependent(tree, head, "cop", UPOS_NONE) ||
        has_dependent(tree, head, "appos", UPOS_PROPN) || has_dependent(tree, head, "flat", UPOS_PROPN))
        return false;
    return !has_relation(word, "appos") && !has_relation(word, "compound") && !has_relation(word, "flat");
}

/* True if the noun has a definite article. */
static bool has_article(const Tree *tree, size_t head)
{
    for (size_t i = 0; i < tree->count; i++)
        if (tree->words[i].head == head + 1 && has_relation(&tree->words[i], "det") &&
            has_feature(&tree->words[i], STR("Definite=Def")))
            return true;
    return false;
}

/* True if nothing beside the noun and the words of its form tells who is meant; the
 * form goes from word `first` up to token `end`. */
static bool is_bare(const Tree *tree, size_t head, size_t first, uint32_t end)
{
    for (size_t i = 0; i < tree->count; i++) {
        const Word *word = &tree->words[i];
        if (word->head != head + 1 || (i >= first && word->token < end))
            continue;
        if (has_relation(word, "nmod") || has_relation(word, "amod") || has_relation(word, "compound") ||
            has_relation(word, "acl") || has_relation(word, "nummod"))
            return false;
    }
    return true;
}

/* True for a preposition that what it opens does not describe: "(the army) against the rebels". */
static bool parts_phrase(const Search *search, const Tree *tree, size_t word)
{
    return tree->words[word].upos == UPOS_ADP && has_relation(&tree->words[word], "case") &&
           !search_head(search, search->token_atom[tree->words[word].token], HEAD_LINK | HEAD_LOCATIVE);
}

static Upos upos_at(const Document *document, size_t token)
{
    return (Upos)document->words[document->tokens[token].first_word].upos;
}

/* True if the token belongs to how many there are, not to who they are: "at least". */
static bool is_measure(const Document *document, size_t token)
{
    const Word *word = &document->words[document->tokens[token].first_word];
    return word->upos == UPOS_ADV || word->upos == UPOS_ADP || has_relation(word, "advmod") ||
           has_relation(word, "fixed");
}

/* True if a longer form before the noun holds it: "refugees" in "campo de refugiados". */
static bool is_held(const Search *search, size_t token, size_t begin)
{
    size_t atom = search->token_atom[token];
    for (size_t back = 1; back < LONGEST_FORM && token >= begin + back; back++) {
        size_t first = search->token_atom[token - back];
        const NameHead *head = search->notes[first].head ? search_head(search, first, HEAD_BEFORE) : NULL;
        if (head && head->type == RELATO_PLACE && first + search->notes[first].head_count > atom)
            return true;
    }
    return false;
}

/* The tokens of the phrase around its head, without an article before it. */
static void find_phrase(const Search *search, const Tree *tree, size_t first_word, size_t head, Unnamed *unnamed)
{
    size_t first = head, last = head;
    while (first > 0 && is_inside(search, tree, first - 1, head))
        first--;
    while (last + 1 < tree->count && is_inside(search, tree, last + 1, head) && !parts_phrase(search, tree, last + 1))
        last++;
    const Word *words = &search->document->words[first_word];
    uint32_t begin = words[first].token, end = words[last].token + 1, noun = words[head].token;
    while (begin < noun && (search_head(search, search->token_atom[begin], HEAD_ARTICLE | HEAD_LINK | HEAD_LOCATIVE) ||
                            is_measure(search->document, begin)))
        begin++;
    for (uint32_t t = begin; t < noun; t++)
        if (upos_at(search->document, t) == UPOS_NUM) {
            begin = t; /* what stands before a number is of it: "at least" */
            break;
        }
    unnamed->first = begin;
    unnamed->count = end - begin;
}

/* The head of the lexicon for a noun: of the longest form that begins at it, or
 * ends at it with what describes it ("riot police", "rebel commander"), which then
 * begins at word *begin; or NULL. */
static const NameHead *head_for(const Search *search, const Tree *tree, size_t noun, size_t *begin)
{
    size_t atom = search->token_atom[tree->words[noun].token];
    const NameHead *head = search_head(search, atom, HEAD_MENTION);
    for (size_t i = noun; i-- > 0 && i + LONGEST_FORM > noun;) {
        size_t first = search->token_atom[tree->words[i].token];
        const AtomNote *note = &search->notes[first];
        if (note->mention && first + note->mention_count == atom + 1 && is_inside(search, tree, i, noun)) {
            head = search_head(search, first, HEAD_MENTION);
            *begin = i;
        }
    }
    return head;
}

/* People by their country alone, "os palestinos", "un estadounidense": nouns that are its
 * demonym. One with the definite article may be a language: "el francés". NULL for others. */
static const NameHead *people_for(const Search *search, const Tree *tree, size_t noun)
{
    static const NameHead people = { .type = RELATO_GROUP }, citizen = { .type = RELATO_PERSON };
    const AtomNote *note = &search->notes[search->token_atom[tree->words[noun].token]];
    if (!note->adjective || note->adjective_count != 1 || note->head)
        return NULL;
    if (has_feature(&tree->words[noun], STR("Number=Plur")))
        return &people;
    for (size_t i = 0; i < tree->count; i++)
        if (tree->words[i].head == noun + 1 && has_relation(&tree->words[i], "det") &&
            has_feature(&tree->words[i], STR("Definite=Ind")))
            return &citizen;
    return NULL;
}

/* The token behind the form that begins with the noun at a token. */
static uint32_t form_end(const Search *search, size_t token)
{
    size_t atom = search->token_atom[token], last = atom + search->notes[atom].mention_count;
    return last > atom ? search->atoms.items[last - 1].token + 1 : (uint32_t)token + 1;
}

static void look_at_sentence(Search *search, const Sentence *sentence)
{
    const Document *document = search->document;
    Tree tree = { &document->words[sentence->first_word], sentence->word_count };
    for (size_t i = 0; i < tree.count; i++) {
        size_t token = tree.words[i].token, atom = search->token_atom[token];
        if (!is_noun(&tree, i) || search->token_atom[token + 1] == atom || search->notes[atom].match)
            continue;
        size_t begin = i;
        const NameHead *head = head_for(search, &tree, i, &begin);
        head = head ? head : people_for(search, &tree, i);
        if (!head || !refers(&tree, i) || is_held(search, token, sentence->first_token))
            continue;
        Unnamed *unnamed = ARENA_PUSH(document->arena, &search->unnamed);
        unnamed->head = head;
        unnamed->noun = (uint32_t)token;
        unnamed->article = has_article(&tree, i);
        unnamed->definite = unnamed->article && is_bare(&tree, i, begin, form_end(search, token));
        find_phrase(search, &tree, sentence->first_word, i, unnamed);
    }
}

void unnamed_participants(Search *search)
{
    for (size_t i = 0; i < search->document->sentence_count; i++)
        look_at_sentence(search, &search->document->sentences[i]);
}
