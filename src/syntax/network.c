#include "syntax/network.h"

void workspace_init(Workspace *workspace, const SyntaxModel *model, size_t rows, Arena *arena)
{
    size_t row = rows * sizeof(float), widest = 3 * model->width;
    workspace->states = arena_alloc(arena, row * model->width);
    workspace->normal = arena_alloc(arena, row * model->width);
    workspace->mixed = arena_alloc(arena, row * model->width);
    workspace->tags = arena_alloc(arena, row * model->width);
    workspace->gates = arena_alloc(arena, row * widest);
    workspace->scores = arena_alloc(arena, row * (model->upos.columns > model->relation.columns
                                                      ? model->upos.columns : model->relation.columns));
}

static void add_row(const SyntaxModel *model, const Rows *rows, size_t row, float *sum)
{
    size_t size = model->width / 2;
    model->kernels->add_scaled(sum, rows->weights + row * size, rows->scales[row], size);
}

void network_embed(const SyntaxModel *model, Str form, float *row)
{
    WordFeatures features = word_features(form);
    memcpy(row, model->input, model->width * sizeof *row);
    add_row(model, &model->words, keys_find(&model->vocabulary, features.word), row);
    for (size_t i = 0; i < PIECES; i++)
        add_row(model, &model->pieces, features.pieces[i] % model->pieces.count, row + model->width / 2);
}

void network_encode(const SyntaxModel *model, Workspace *workspace, const Stretch *stretches, size_t count)
{
    const Kernels *kernels = model->kernels;
    size_t width = model->width, rows = count ? stretches[count - 1].first + stretches[count - 1].count : 0;
    for (size_t l = 0; l < model->layer_count; l++) {
        const Layer *layer = &model->layers[l];
        if (l + 1 == model->layer_count)
            kernels->normalise(workspace->states, rows, width, model->tag_gain, model->tag_bias, workspace->tags);
        kernels->normalise(workspace->states, rows, width, layer->gain, layer->bias, workspace->normal);
        for (size_t i = 0; i < count; i++)
            kernels->convolve(workspace->normal + stretches[i].first * width, stretches[i].count, width, layer->taps,
                              workspace->mixed + stretches[i].first * width);
        kernels->multiply(&layer->gates, workspace->mixed, rows, workspace->gates);
        for (size_t i = 0; i < count; i++)
            kernels->recur(workspace->gates + stretches[i].first * 3 * width, stretches[i].count, width,
                           workspace->states + stretches[i].first * width);
    }
    kernels->normalise(workspace->states, rows, width, model->tree_gain, model->tree_bias, workspace->normal);
}
