#include "syntax/links.h"

#include "core/utf8.h"
#include "syntax/repair.h"

static const char *const relation_names[REL_COUNT] = {
    "",      "acl",      "advcl",     "advmod", "amod",       "appos", "aux",      "case",      "cc",         "ccomp",
    "clf",   "compound", "conj",      "cop",    "csubj",      "dep",   "det",      "discourse", "dislocated", "expl",
    "fixed", "flat",     "goeswith",  "iobj",   "list",       "mark",  "nmod",     "nsubj",     "nummod",     "obj",
    "obl",   "orphan",   "parataxis", "punct",  "reparandum", "root",  "vocative", "xcomp",
};

Relation relation_of(Str name)
{
    Str base = str_slice(name, 0, str_find_byte(name, ':', 0));
    for (int i = 1; i < REL_COUNT; i++)
        if (str_equal(base, str_of(relation_names[i])))
            return (Relation)i;
    return REL_NONE;
}

bool is_subtype(const Document *document, uint32_t word, const char *relation)
{
    return str_equal(document->words[word].relation, str_of(relation));
}

uint32_t dependent(const Document *document, uint32_t word, Relation relation, uint32_t from)
{
    const Node *nodes = document->nodes;
    for (uint32_t i = nodes[word].child; i != RELATO_NONE; i = nodes[i].next)
        if (i >= from && nodes[i].relation == relation)
            return i;
    return RELATO_NONE;
}

bool has_feature(const Document *document, uint32_t word, const char *feature)
{
    Str features = document->words[word].features;
    while (features.at && features.size)
        if (str_equal(str_cut(&features, '|'), str_of(feature)))
            return true;
    return false;
}

bool is_nominal(const Document *document, uint32_t word)
{
    uint8_t upos = document->words[word].upos;
    return upos == UPOS_NOUN || upos == UPOS_PROPN || upos == UPOS_PRON || upos == UPOS_X || upos == UPOS_NUM;
}

/* Widens what hangs on the heads of a word; stops where nothing is new. */
static void widen(Document *document, uint32_t word)
{
    for (uint32_t up = document->nodes[word].head; up != RELATO_NONE; up = document->nodes[up].head) {
        Node *node = &document->nodes[up];
        if (node->left <= word && node->right >= word)
            break;
        node->left = word < node->left ? word : node->left;
        node->right = word > node->right ? word : node->right;
    }
}

static void link_sentence(Document *document, const Sentence *sentence)
{
    const Word *words = document->words;
    uint32_t first = sentence->first_word, end = first + sentence->word_count;
    for (uint32_t i = end; i-- > first;) {
        if (words[i].head == 0 || words[i].head == RELATO_NONE || words[i].head > sentence->word_count)
            continue;
        Node *node = &document->nodes[i];
        node->head = first + words[i].head - 1;
        node->next = document->nodes[node->head].child;
        document->nodes[node->head].child = i;
    }
    for (uint32_t i = first; i < end; i++)
        widen(document, i);
}

static uint32_t lemma_id(const Document *document, const Repairs *repairs, const Word *word)
{
    Str lemma = utf8_fold(document->arena, word->lemma);
    uint32_t id = lexicon_word(repairs->lexicon, lemma, document->bare);
    return id ? id : repaired_lemma(repairs, word, lemma, document->bare);
}

static void link_trees(Document *document, const Language *language)
{
    Arena *arena = document->arena;
    Repairs repairs = repairs_open(&language->lexicon);
    document->nodes = ARENA_ARRAY(arena, Node, document->word_count);
    for (uint32_t i = 0; i < document->word_count; i++) {
        const Word *word = &document->words[i];
        document->nodes[i] =
            (Node){ .head = RELATO_NONE,
                    .child = RELATO_NONE,
                    .next = RELATO_NONE,
                    .left = i,
                    .right = i,
                    .lemma = lemma_id(document, &repairs, word),
                    .form = lexicon_word(&language->lexicon, utf8_fold(arena, word->form), document->bare),
                    .relation = (uint8_t)relation_of(word->relation) };
    }
    for (size_t i = 0; i < document->sentence_count; i++)
        link_sentence(document, &document->sentences[i]);
}

static void mark_entities(Document *document)
{
    uint32_t *size = ARENA_ARRAY(document->arena, uint32_t, document->token_count);
    document->entity_at = ARENA_ARRAY(document->arena, uint32_t, document->token_count);
    for (uint32_t e = 0; e < document->entity_count; e++)
        for (uint32_t m = 0; m < document->entities[e].mention_count; m++) {
            Span span = document->entities[e].mentions[m];
            for (size_t t = document_token_at(document, span.start);
                 t < document->token_count && document->tokens[t].start < span.end; t++)
                if (span.end - span.start > size[t]) {
                    size[t] = span.end - span.start;
                    document->entity_at[t] = e + 1;
                }
        }
}

void links_stage(Document *document, const Language *language)
{
    link_trees(document, language);
    mark_entities(document);
}
