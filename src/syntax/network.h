/* The network: from words to states, from states to labels and arcs. See
 * docs/syntax.md and its twin train/network.py. */
#ifndef RELATO_SYNTAX_NETWORK_H
#define RELATO_SYNTAX_NETWORK_H

#include "syntax/features.h"
#include "syntax/model.h"

/* Words of one sentence, or of a part of a long one, among the rows of a batch. */
typedef struct Stretch {
    size_t first, count;
} Stretch;

/* Arrays for a batch of rows. */
typedef struct Workspace {
    float *states;         /* (rows, width) */
    float *normal, *mixed; /* (rows, width): within a layer */
    float *gates;          /* (rows, 3 * width) */
    float *tags;           /* (rows, width): states for the tagger, normalised */
    Codes codes;           /* (rows, width): the integers that were last made */
    float *upos;           /* (rows, columns of the model's upos): scores of the tags */
} Workspace;

/* Room for a batch of `rows`, uncleared. */
void workspace_init(Workspace *workspace, const SyntaxModel *model, size_t rows, Arena *arena);

/* Writes the input row (width) of a word. */
void network_embed(const SyntaxModel *model, Str form, float *row);

/* Runs the layers over the rows of workspace->states: leaves in `tags` and
 * `upos` what the tagger goes on from and the scores of the tags, and in `codes`
 * what the parser goes on from. */
void network_encode(const SyntaxModel *model, Workspace *workspace, const Stretch *stretches, size_t count);

/* For each row of workspace->states, as network_embed wrote it, a score above 0
 * where a sentence ends with the word. Stretches are paragraphs. */
void network_find_ends(const SyntaxModel *model, Workspace *workspace, const Stretch *stretches, size_t count,
                       float *scores);

#endif
