#include "syntax/syntax.h"

#include <math.h>

#include "syntax/boundaries.h"
#include "syntax/features.h"
#include "syntax/lemma.h"
#include "syntax/network.h"
#include "syntax/tree.h"

/* Rows that are multiplied together: enough to be worth the walk over the
 * weights, few enough to stay in the cache. */
enum { BATCH = 64 };

typedef struct Analysis {
    const SyntaxModel *model;
    const LemmaLexicon *lemmas; /* may be NULL */
    Document *document;
    Arena scratch;
    Workspace workspace;
    Stretch stretches[BATCH + 1]; /* of the batch, by rows */
    Word *words[BATCH + 1];       /* the first word of each stretch */
    uint32_t before[BATCH + 1];   /* words of the sentence before it */
    uint32_t root;                /* root of the sentence being read in parts, 1 + position */
    size_t count, rows;
} Analysis;

/* ---- tags ---------------------------------------------------------------- */

static size_t highest(const float *scores, size_t count)
{
    size_t best = 0;
    for (size_t i = 1; i < count; i++)
        if (scores[i] > scores[best])
            best = i;
    return best;
}

/* The best features among those that the tag may have. */
static Str best_features(const SyntaxModel *model, const float *state, size_t tag)
{
    size_t first = model->bundle_first[tag], end = model->bundle_first[tag + 1], best = first;
    if (first == end)
        return (Str){ 0 };
    float best_score = -INFINITY;
    for (size_t i = first; i < end && end - first > 1; i++) {
        float score = model->kernels->dot(state, model->bundle_weights + i * model->width, model->width) +
                      model->bundle_biases[i];
        if (score > best_score) {
            best_score = score;
            best = i;
        }
    }
    return strings_at(&model->features, best);
}

/* Scripts that are looked at until one makes a lemma that the lexicon allows. */
enum { SCRIPT_TRIES = 16 };

/* What the lexicon says of the lemma of a word: the lemmas it may have, else how
 * it must end. */
typedef struct LemmaRule {
    const LemmaLexicon *lexicon;
    Str scripts[LEMMA_CHOICES];
    size_t count;
} LemmaRule;

static bool allows(const LemmaRule *rule, Str script, const Word *word, Arena *scratch)
{
    Str lemma = lemma_apply(script, word->form, scratch);
    for (size_t i = 0; i < rule->count; i++)
        if (str_equal(lemma, lemma_apply(rule->scripts[i], word->form, scratch)))
            return true;
    return rule->count == 0 && lemma_lexicon_fits(rule->lexicon, word->upos, lemma);
}

/* The network's scores of the scripts that the tag may take. */
static float *score_scripts(const SyntaxModel *model, const float *state, size_t tag, Arena *scratch)
{
    const float *biases = model->script_biases + tag * model->scripts.count;
    size_t first = model->script_first[tag], count = model->script_first[tag + 1] - first;
    float *scores = arena_alloc(scratch, (count + 1) * sizeof *scores);
    for (size_t i = 0; i < count; i++) {
        size_t script = model->script_allowed[first + i];
        scores[i] =
            model->kernels->dot(state, model->script_weights + script * model->width, model->width) + biases[script];
    }
    return scores;
}

/* The script of a word whose tag and features are known: the lexicon's if it
 * knows only one; else of those that the lexicon allows that of the table of
 * lemmas, or the best of the network's. */
static Str best_script(Analysis *a, const Word *word, const float *state)
{
    const SyntaxModel *model = a->model;
    LemmaRule rule = { .lexicon = a->lemmas };
    rule.count = lemma_lexicon_find(a->lemmas, word, rule.scripts);
    if (rule.count == 1)
        return rule.scripts[0];
    uint32_t known = keys_find(&model->lemmas, lemma_key(word->form, word->upos));
    if (known && allows(&rule, strings_at(&model->scripts, known - 1), word, &a->scratch))
        return strings_at(&model->scripts, known - 1);

    size_t tag = word->upos - 1u, first = model->script_first[tag], count = model->script_first[tag + 1] - first;
    float *scores = score_scripts(model, state, tag, &a->scratch);
    Str fallback = rule.count ? rule.scripts[0] : STR("k 0 ");
    for (size_t tries = 0; tries < count && tries < SCRIPT_TRIES; tries++) {
        size_t best = highest(scores, count);
        Str script = strings_at(&model->scripts, model->script_allowed[first + best]);
        if (allows(&rule, script, word, &a->scratch))
            return script;
        if (tries == 0 && rule.count == 0)
            fallback = script;
        scores[best] = -INFINITY;
    }
    return fallback;
}

static void tag_words(Analysis *a)
{
    const SyntaxModel *model = a->model;
    for (size_t s = 0; s < a->count; s++)
        for (size_t i = 0; i < a->stretches[s].count; i++) {
            size_t row = a->stretches[s].first + i;
            Word *word = &a->words[s][i];
            const float *state = a->workspace.tags + row * model->width;
            size_t tag = highest(a->workspace.upos + row * model->upos.columns, UPOS_COUNT - 1);
            word->upos = (uint8_t)(tag + 1);
            word->features = best_features(model, state, tag);
            word->lemma = best_script(a, word, state);
        }
}

/* ---- trees --------------------------------------------------------------- */

/* Room for rows of integers. */
static Codes codes_new(size_t count, size_t size, Arena *scratch)
{
    return (Codes){ arena_alloc(scratch, count * size * sizeof(int16_t)), arena_alloc(scratch, count * sizeof(float)) };
}

/* Scores (n, stride) of the arcs of a stretch of n words; column 0 is the root. */
static float *score_arcs(const SyntaxModel *model, Codes dependents, const float *heads, size_t n, size_t *stride,
                         Arena *scratch)
{
    const Kernels *kernels = model->kernels;
    size_t width = model->arc_width, columns = (n + 1 + PANEL - 1) / PANEL * PANEL;
    float *nodes = arena_alloc(scratch, (n + 1) * width * sizeof(float));
    Codes codes = codes_new(n + 1, width, scratch);
    float *scores = arena_alloc(scratch, n * columns * sizeof(float));
    float *biases = ARENA_ARRAY(scratch, float, columns);
    memcpy(nodes, model->root, width * sizeof(float));
    memcpy(nodes + width, heads, n * width * sizeof(float));
    for (size_t h = 0; h <= n; h++)
        biases[h] = kernels->dot(nodes + h * width, model->head_bias, width);
    kernels->encode(nodes, n + 1, width, codes);
    Matrix packed = matrix_pack_transposed(codes, n + 1, width, arena_alloc(scratch, columns * width * sizeof(int16_t)),
                                           arena_alloc(scratch, columns * sizeof(float)));
    packed.bias = biases;
    kernels->multiply(&packed, dependents, n, scores);
    for (size_t d = 0; d < n; d++)
        for (size_t h = 0; h < n; h++) {
            size_t offset = h + 16 < d ? 0 : h > d + 16 ? 32 : h + 16 - d;
            scores[d * columns + 1 + h] += model->distance[offset];
        }
    *stride = columns;
    return scores;
}

/* Index of the relation "root", or SIZE_MAX. */
static size_t root_relation(const SyntaxModel *model)
{
    for (size_t i = 0; i < model->relations.count; i++)
        if (str_equal(strings_at(&model->relations, i), STR("root")))
            return i;
    return SIZE_MAX;
}

/* Names the arc of each word of a stretch; `sums` (n, relation_width) holds the
 * dependents' part and is changed. */
static void name_relations(Analysis *a, const Stretch *stretch, Word *words, float *sums, const float *heads)
{
    const SyntaxModel *model = a->model;
    size_t width = model->relation_width, root = root_relation(model);
    for (size_t i = 0; i < stretch->count; i++) {
        const float *head = words[i].head ? heads + (words[i].head - 1) * width : model->relation_root;
        for (size_t k = 0; k < width; k++)
            sums[i * width + k] += head[k];
    }
    model->kernels->rectify(sums, stretch->count * width);
    float *all = arena_alloc(&a->scratch, stretch->count * model->relation.columns * sizeof(float));
    Codes codes = codes_new(stretch->count, width, &a->scratch);
    model->kernels->encode(sums, stretch->count, width, codes);
    model->kernels->multiply(&model->relation, codes, stretch->count, all);
    for (size_t i = 0; i < stretch->count; i++) {
        float *scores = all + i * model->relation.columns;
        if (words[i].head && root != SIZE_MAX)
            scores[root] = -INFINITY;
        size_t best = words[i].head || root == SIZE_MAX ? highest(scores, model->relations.count) : root;
        words[i].relation = strings_at(&model->relations, best);
    }
}

/* Hangs a later part of a long sentence from the root of its first part. */
static void join_parts(Analysis *a, Word *words, size_t n, uint32_t before)
{
    for (size_t i = 0; i < n; i++) {
        if (words[i].head)
            words[i].head += before;
        else if (before == 0)
            a->root = (uint32_t)i + 1;
        else {
            words[i].head = a->root;
            words[i].relation = STR("parataxis");
        }
    }
}

static void parse_words(Analysis *a)
{
    Arena *scratch = &a->scratch;
    const SyntaxModel *model = a->model;
    const Kernels *kernels = model->kernels;
    size_t arc = model->arc_width, relation = model->relation_width, rows = a->rows;
    Codes states = a->workspace.codes, codes = codes_new(rows, arc, scratch);
    float *dependents = arena_alloc(scratch, rows * arc * sizeof(float));
    float *heads = arena_alloc(scratch, rows * arc * sizeof(float));
    float *turned = arena_alloc(scratch, rows * arc * sizeof(float));
    float *sums = arena_alloc(scratch, rows * relation * sizeof(float));
    float *relation_heads = arena_alloc(scratch, rows * relation * sizeof(float));
    uint32_t *best = arena_alloc(scratch, rows * sizeof *best);
    kernels->multiply(&model->dependent, states, rows, dependents);
    kernels->multiply(&model->head, states, rows, heads);
    kernels->rectify(dependents, rows * arc);
    kernels->rectify(heads, rows * arc);
    kernels->encode(dependents, rows, arc, codes);
    kernels->multiply(&model->biaffine, codes, rows, turned);
    kernels->encode(turned, rows, arc, codes);
    kernels->multiply(&model->relation_dependent, states, rows, sums);
    kernels->multiply(&model->relation_head, states, rows, relation_heads);
    for (size_t s = 0; s < a->count; s++) {
        const Stretch *stretch = &a->stretches[s];
        Word *words = a->words[s];
        size_t stride, first = stretch->first;
        float *scores = score_arcs(model, (Codes){ codes.values + first * arc, codes.scales + first },
                                   heads + first * arc, stretch->count, &stride, scratch);
        tree_best(scores, stretch->count, stride, best, scratch);
        for (size_t i = 0; i < stretch->count; i++)
            words[i].head = best[i];
        name_relations(a, stretch, words, sums + first * relation, relation_heads + first * relation);
        join_parts(a, words, stretch->count, a->before[s]);
    }
}

/* ---- the document -------------------------------------------------------- */

/* All memory of a batch is scratch, given back at its end. */
static void read_batch(Analysis *a)
{
    const SyntaxModel *model = a->model;
    if (a->count == 0)
        return;
    workspace_init(&a->workspace, model, a->rows, &a->scratch);
    for (size_t s = 0; s < a->count; s++)
        for (size_t i = 0; i < a->stretches[s].count; i++)
            network_embed(model, a->words[s][i].form, a->workspace.states + (a->stretches[s].first + i) * model->width);
    network_encode(model, &a->workspace, a->stretches, a->count);
    tag_words(a);
    parse_words(a);
    arena_reset(&a->scratch);
    a->count = a->rows = 0;
}

static void read_sentence(Analysis *a, const Sentence *sentence)
{
    for (uint32_t before = 0; before < sentence->word_count; before += SYNTAX_LONGEST) {
        uint32_t left = sentence->word_count - before, count = left < SYNTAX_LONGEST ? left : SYNTAX_LONGEST;
        a->stretches[a->count] = (Stretch){ a->rows, count };
        a->words[a->count] = a->document->words + sentence->first_word + before;
        a->before[a->count] = before;
        a->count++;
        a->rows += count;
        if (a->rows >= BATCH)
            read_batch(a);
    }
}

/* Until now the place of a lemma held its script. */
static void make_lemmas(Document *document)
{
    for (size_t i = 0; i < document->word_count; i++) {
        Word *word = &document->words[i];
        if (word->upos != UPOS_NONE)
            word->lemma = lemma_apply(word->lemma, word->form, document->arena);
    }
}

/* Reads all sentences; false if the scratch memory could not be had. */
static bool read_sentences(Analysis *a)
{
    jmp_buf escape;
    arena_init(&a->scratch, 0, &escape);
    volatile bool read = false;
    if (setjmp(escape) == 0) {
        if (!a->document->words_given)
            boundaries_refine(a->model, a->document, &a->scratch);
        for (size_t i = 0; i < a->document->sentence_count; i++)
            read_sentence(a, &a->document->sentences[i]);
        read_batch(a);
        read = true;
    }
    arena_free(&a->scratch);
    return read;
}

void syntax_analyse(const SyntaxModel *model, const LemmaLexicon *lemmas, Document *document)
{
    Analysis a = { .model = model, .lemmas = lemmas, .document = document };
    if (!read_sentences(&a))
        longjmp(*document->arena->escape, 1);
    make_lemmas(document);
}

void syntax_stage(Document *document, const Language *language)
{
    LemmaLexicon lemmas = lemma_lexicon_open(&language->lexicon);
    if (language->syntax.map)
        syntax_analyse(&language->syntax, &lemmas, document);
}
