#include "syntax/boundaries.h"

#include "syntax/network.h"
#include "syntax/sentences.h"

/* Scores (the logarithm of the odds that a sentence ends) at which the network
 * overrules: to part what was one sentence, also between two words with capitals,
 * which may be one name, and to join what was two. */
static const float PART = 0.5f, PART_NAMES = 3, JOIN = -2;

/* Words of a paragraph that are read together, and rows of a batch. */
enum { LONGEST_STRETCH = 256, BATCH = 64 };

typedef struct Search {
    const SyntaxModel *model;
    Document *document;
    float *scores; /* (words of the document) */
    Stretch stretches[BATCH + 1];
    size_t first[BATCH + 1]; /* the first word of each */
    size_t count, rows;
    Arena *scratch;
} Search;

static void read_batch(Search *search)
{
    const SyntaxModel *model = search->model;
    Workspace workspace;
    if (search->count == 0)
        return;
    float *scores = arena_alloc(search->scratch, search->rows * sizeof *scores);
    workspace_init(&workspace, model, search->rows, search->scratch);
    for (size_t s = 0; s < search->count; s++)
        for (size_t i = 0; i < search->stretches[s].count; i++)
            network_embed(model, search->document->words[search->first[s] + i].form,
                          workspace.states + (search->stretches[s].first + i) * model->width);
    network_find_ends(model, &workspace, search->stretches, search->count, scores);
    for (size_t s = 0; s < search->count; s++)
        memcpy(search->scores + search->first[s], scores + search->stretches[s].first,
               search->stretches[s].count * sizeof *scores);
    arena_reset(search->scratch);
    search->count = search->rows = 0;
}

/* Scores the words [first, end) of a line. */
static void read_line(Search *search, size_t first, size_t end)
{
    for (; first < end; first += LONGEST_STRETCH) {
        size_t count = end - first < LONGEST_STRETCH ? end - first : LONGEST_STRETCH;
        search->stretches[search->count] = (Stretch){ search->rows, count };
        search->first[search->count++] = first;
        search->rows += count;
        if (search->rows >= BATCH)
            read_batch(search);
    }
}

static void read_lines(Search *search)
{
    const Document *document = search->document;
    size_t first = 0;
    for (size_t i = 1; i <= document->sentence_count; i++)
        if (i == document->sentence_count || document->sentences[i].opens_paragraph) {
            size_t end = i < document->sentence_count ? document->sentences[i].first_word : document->word_count;
            read_line(search, first, end);
            first = end;
        }
    read_batch(search);
}

static void add_sentence(Document *document, Sentence *sentence, size_t end_token)
{
    const Token *first = &document->tokens[sentence->first_token], *last = &document->tokens[end_token - 1];
    *sentence = (Sentence){
        .start = first->start,
        .end = last->end,
        .first_token = sentence->first_token,
        .token_count = (uint32_t)end_token - sentence->first_token,
        .first_word = first->first_word,
        .word_count = last->first_word + last->word_count - first->first_word,
        .opens_paragraph = sentence->opens_paragraph,
    };
}

/* Makes the sentences from the scores and the sentences that were. */
static void divide(const float *scores, Document *document)
{
    struct {
        Sentence *items;
        size_t count, capacity;
    } sentences = { 0 };
    bool open = false;
    for (size_t s = 0; s < document->sentence_count; s++) {
        const Sentence *old = &document->sentences[s];
        bool line_ends = s + 1 == document->sentence_count || document->sentences[s + 1].opens_paragraph;
        for (size_t t = old->first_token, end = t + old->token_count; t < end; t++) {
            if (!open) {
                Sentence *fresh = ARENA_PUSH(document->arena, &sentences);
                fresh->first_token = (uint32_t)t;
                fresh->opens_paragraph = t == old->first_token && old->opens_paragraph;
            }
            Sentence *sentence = &sentences.items[sentences.count - 1];
            const Token *token = &document->tokens[t];
            float score = scores[token->first_word + token->word_count - 1];
            bool names = t + 1 < end && token->shape & SHAPE_CAPITAL && token[1].shape & SHAPE_CAPITAL;
            float part = names ? PART_NAMES : PART;
            bool ends = t + 1 == end ? line_ends || score > JOIN : score > part;
            open = !ends && t + 1 - sentence->first_token < LONGEST_SENTENCE;
            if (!open)
                add_sentence(document, sentence, t + 1);
        }
    }
    document->sentences = sentences.items;
    document->sentence_count = sentences.count;
}

void boundaries_refine(const SyntaxModel *model, Document *document, Arena *scratch)
{
    if (document->sentence_count == 0)
        return;
    Search search = { .model = model, .document = document, .scratch = scratch };
    search.scores = ARENA_ARRAY(document->arena, float, document->word_count);
    read_lines(&search);
    divide(search.scores, document);
}
