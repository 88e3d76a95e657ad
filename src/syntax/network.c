#include "syntax/network.h"

#include <math.h>

void workspace_init(Workspace *workspace, const SyntaxModel *model, size_t rows, Arena *arena)
{
    size_t row = rows * model->width * sizeof(float);
    workspace->states = arena_alloc(arena, row);
    workspace->normal = arena_alloc(arena, row);
    workspace->mixed = arena_alloc(arena, row);
    workspace->tags = arena_alloc(arena, row);
    workspace->gates = arena_alloc(arena, 3 * row);
    workspace->codes.values = arena_alloc(arena, rows * model->width * sizeof(int16_t));
    workspace->codes.scales = arena_alloc(arena, rows * sizeof(float));
    workspace->upos = arena_alloc(arena, rows * model->upos.columns * sizeof(float));
}

static void add_row(const SyntaxModel *model, const Rows *rows, size_t row, float *sum)
{
    size_t size = model->width / 2;
    model->kernels->add_scaled(sum, rows->weights + row * size, rows->scales[row], size);
}

/* Single quotation marks are read as the straight one: texts that models learn from hardly have others. */
static Str plain_form(Str form)
{
    return str_equal(form, STR("\u2018")) || str_equal(form, STR("\u2019")) ? STR("'") : form;
}

void network_embed(const SyntaxModel *model, Str form, float *row)
{
    WordFeatures features = word_features(plain_form(form));
    memcpy(row, model->input, model->width * sizeof *row);
    add_row(model, &model->words, keys_find(&model->vocabulary, features.word), row);
    for (size_t i = 0; i < PIECES; i++)
        add_row(model, &model->pieces, features.pieces[i] % model->pieces.count, row + model->width / 2);
}

/* Scores the tags and adds what is made of their probabilities to the states. */
static void tag_rows(const SyntaxModel *model, Workspace *workspace, size_t rows)
{
    const Kernels *kernels = model->kernels;
    size_t columns = model->upos.columns, tags = UPOS_COUNT - 1;
    kernels->normalise(workspace->states, rows, model->width, model->tag_gain, model->tag_bias, workspace->tags);
    kernels->encode(workspace->tags, rows, model->width, workspace->codes);
    kernels->multiply(&model->upos, workspace->codes, rows, workspace->upos);
    float *chances = workspace->gates; /* (rows, columns): free between layers */
    for (size_t row = 0; row < rows; row++) {
        const float *scores = workspace->upos + row * columns;
        float *chance = chances + row * columns, most = scores[0], sum = 0;
        for (size_t i = 1; i < tags; i++)
            most = scores[i] > most ? scores[i] : most;
        for (size_t i = 0; i < tags; i++)
            sum += chance[i] = expf(scores[i] - most);
        for (size_t i = 0; i < columns; i++)
            chance[i] = i < tags ? chance[i] / sum : 0;
    }
    kernels->encode(chances, rows, columns, workspace->codes);
    kernels->multiply(&model->feedback, workspace->codes, rows, workspace->mixed);
    for (size_t i = 0; i < rows * model->width; i++)
        workspace->states[i] += workspace->mixed[i];
}

/* One layer over the rows of workspace->states, (rows, width). */
static void run_layer(const Kernels *kernels, const Layer *layer, size_t width, Workspace *workspace,
                      const Stretch *stretches, size_t count, size_t rows)
{
    kernels->normalise(workspace->states, rows, width, layer->gain, layer->bias, workspace->normal);
    for (size_t i = 0; i < count; i++)
        kernels->convolve(workspace->normal + stretches[i].first * width, stretches[i].count, width, layer->taps,
                          workspace->mixed + stretches[i].first * width);
    kernels->encode(workspace->mixed, rows, width, workspace->codes);
    kernels->multiply(&layer->gates, workspace->codes, rows, workspace->gates);
    for (size_t i = 0; i < count; i++)
        kernels->recur(workspace->gates + stretches[i].first * 3 * width, stretches[i].count, width,
                       workspace->states + stretches[i].first * width);
}

static size_t row_count(const Stretch *stretches, size_t count)
{
    return count ? stretches[count - 1].first + stretches[count - 1].count : 0;
}

void network_encode(const SyntaxModel *model, Workspace *workspace, const Stretch *stretches, size_t count)
{
    size_t width = model->width, rows = row_count(stretches, count);
    for (size_t l = 0; l < model->layer_count; l++) {
        if (l + 1 == model->layer_count)
            tag_rows(model, workspace, rows);
        run_layer(model->kernels, &model->layers[l], width, workspace, stretches, count, rows);
    }
    model->kernels->normalise(workspace->states, rows, width, model->tree_gain, model->tree_bias, workspace->normal);
    model->kernels->encode(workspace->normal, rows, width, workspace->codes);
}

void network_find_ends(const SyntaxModel *model, Workspace *workspace, const Stretch *stretches, size_t count,
                       float *scores)
{
    const Kernels *kernels = model->kernels;
    size_t width = model->ends_width, rows = row_count(stretches, count);
    kernels->normalise(workspace->states, rows, model->width, model->ends_gain, model->ends_bias, workspace->normal);
    kernels->encode(workspace->normal, rows, model->width, workspace->codes);
    kernels->multiply(&model->ends_reduce, workspace->codes, rows, workspace->states);
    for (size_t l = 0; l < ENDS_LAYERS; l++)
        run_layer(kernels, &model->ends_layers[l], width, workspace, stretches, count, rows);
    kernels->normalise(workspace->states, rows, width, model->ends_last_gain, model->ends_last_bias, workspace->normal);
    kernels->encode(workspace->normal, rows, width, workspace->codes);
    kernels->multiply(&model->ends, workspace->codes, rows, workspace->gates);
    for (size_t row = 0; row < rows; row++)
        scores[row] = workspace->gates[row * model->ends.columns];
}
