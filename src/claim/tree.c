#include "claim/claiming.h"
#include "core/utf8.h"

/* Widens what hangs on the heads of a word; stops where nothing is new. */
static void widen(Claiming *claiming, uint32_t word)
{
    for (uint32_t up = claiming->nodes[word].head; up != RELATO_NONE; up = claiming->nodes[up].head) {
        Node *node = &claiming->nodes[up];
        if (node->left <= word && node->right >= word)
            break;
        node->left = word < node->left ? word : node->left;
        node->right = word > node->right ? word : node->right;
    }
}

static void link_sentence(Claiming *claiming, const Sentence *sentence)
{
    const Word *words = claiming->document->words;
    uint32_t first = sentence->first_word, end = first + sentence->word_count;
    for (uint32_t i = end; i-- > first;) {
        if (words[i].head == 0 || words[i].head == RELATO_NONE || words[i].head > sentence->word_count)
            continue;
        Node *node = &claiming->nodes[i];
        node->head = first + words[i].head - 1;
        node->next = claiming->nodes[node->head].child;
        claiming->nodes[node->head].child = i;
    }
    for (uint32_t i = first; i < end; i++)
        widen(claiming, i);
}

void tree_link(Claiming *claiming, const Language *language)
{
    Document *document = claiming->document;
    Arena *arena = document->arena;
    claiming->nodes = ARENA_ARRAY(arena, Node, document->word_count);
    for (uint32_t i = 0; i < document->word_count; i++) {
        const Word *word = &document->words[i];
        claiming->nodes[i] =
            (Node){ .head = RELATO_NONE,
                    .child = RELATO_NONE,
                    .next = RELATO_NONE,
                    .left = i,
                    .right = i,
                    .lemma = lexicon_word(&language->lexicon, utf8_fold(arena, word->lemma), false),
                    .form = lexicon_word(&language->lexicon, utf8_fold(arena, word->form), document->bare) };
    }
    for (size_t i = 0; i < document->sentence_count; i++)
        link_sentence(claiming, &document->sentences[i]);
}

bool is_relation(const Claiming *claiming, uint32_t word, const char *relation)
{
    Str found = claiming->document->words[word].relation, wanted = str_of(relation);
    return str_starts(found, wanted) && (found.size == wanted.size || found.at[wanted.size] == ':');
}

uint32_t dependent(const Claiming *claiming, uint32_t word, const char *relation, uint32_t from)
{
    for (uint32_t i = claiming->nodes[word].child; i != RELATO_NONE; i = claiming->nodes[i].next)
        if (i >= from && is_relation(claiming, i, relation))
            return i;
    return RELATO_NONE;
}

bool has_feature(const Claiming *claiming, uint32_t word, const char *feature)
{
    Str features = claiming->document->words[word].features;
    while (features.at && features.size)
        if (str_equal(str_cut(&features, '|'), str_of(feature)))
            return true;
    return false;
}

bool is_nominal(const Claiming *claiming, uint32_t word)
{
    uint8_t upos = claiming->document->words[word].upos;
    return upos == UPOS_NOUN || upos == UPOS_PROPN || upos == UPOS_PRON || upos == UPOS_X || upos == UPOS_NUM;
}

uint32_t word_start(const Claiming *claiming, uint32_t word)
{
    return claiming->document->tokens[claiming->document->words[word].token].start;
}

uint32_t word_end(const Claiming *claiming, uint32_t word)
{
    return claiming->document->tokens[claiming->document->words[word].token].end;
}

Str word_text(const Claiming *claiming, uint32_t word)
{
    return claiming->document->words[word].form;
}

uint32_t phrase_match(const Claiming *claiming, const Phrase *phrase, uint32_t word)
{
    const uint32_t *tail = claiming->lexicon.tails + phrase->tail;
    if (word + phrase->tail_count > claiming->last)
        return 0;
    for (uint32_t i = 0; i < phrase->tail_count; i++) {
        const Node *node = &claiming->nodes[word + i + 1];
        if (node->lemma != tail[i] && node->form != tail[i])
            return 0;
    }
    return phrase->tail_count + 1;
}
