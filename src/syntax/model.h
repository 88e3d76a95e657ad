/* The weights of one language, mapped from a file in models/. The file is
 * described in docs/syntax.md; train/export.py writes it. */
#ifndef RELATO_SYNTAX_MODEL_H
#define RELATO_SYNTAX_MODEL_H

#include "core/error.h"
#include "core/str.h"
#include "document/document.h"
#include "syntax/matrix.h"

enum {
    MODEL_LAYERS = 8, /* most layers of the network */
    ENDS_LAYERS = 2   /* layers of the one that finds the ends of sentences */
};

/* Strings one after another. */
typedef struct Strings {
    const uint32_t *starts; /* (count + 1) into bytes */
    const char *bytes;
    size_t count;
} Strings;

/* Rows of 8-bit weights, each with a scale. */
typedef struct Rows {
    const int8_t *weights; /* (count, size) */
    const float *scales;   /* (count) */
    size_t count;
} Rows;

/* A hash table with linear probing; key 0 is a free slot. */
typedef struct Keys {
    const uint64_t *keys;   /* (capacity), a power of two */
    const uint32_t *values; /* (capacity) */
    size_t capacity;
} Keys;

typedef struct Layer {
    const float *gain, *bias; /* (width): of the normalisation */
    const float *taps;        /* (3, width) */
    Matrix gates;             /* (width, 3 * width) */
} Layer;

typedef struct SyntaxModel {
    Str about;    /* lines "name: value": language, version, data, licences, scores */
    Str language; /* the value of "language" */
    size_t width, layer_count, arc_width, relation_width;

    Keys vocabulary;    /* word keys to rows of words */
    Rows words, pieces; /* (…, width / 2); row 0 of words is the unknown word */
    const float *input; /* (width) added to every word's row */
    Layer layers[MODEL_LAYERS];

    const float *tag_gain, *tag_bias; /* (width) */
    Matrix upos;                      /* (width, tags), tags being 17 rounded up */
    Matrix feedback;                  /* (tags, width): what the last layer is told of them */
    const uint32_t *bundle_first;     /* (18): features of tag u are [first[u], first[u + 1]) */
    const float *bundle_weights;      /* (bundles, width) */
    const float *bundle_biases;       /* (bundles) */
    Strings features;                 /* (bundles) */

    Keys lemmas;                    /* lemma keys to scripts */
    const uint32_t *script_first;   /* (18): scripts that tag u may take … */
    const uint32_t *script_allowed; /* … in this list */
    const float *script_weights;    /* (scripts, width) */
    const float *script_biases;     /* (17, scripts) */
    Strings scripts;

    const float *tree_gain, *tree_bias;       /* (width) */
    Matrix dependent, head;                   /* (width, arc_width) */
    Matrix biaffine;                          /* (arc_width, arc_width) */
    const float *head_bias, *root;            /* (arc_width) */
    const float *distance;                    /* (33): head's place less the dependent's, from -16 to 16 */
    Matrix relation_dependent, relation_head; /* (width, relation_width) */
    const float *relation_root;               /* (relation_width) */
    Matrix relation;                          /* (relation_width, relations rounded up) */
    Strings relations;

    /* The network of the ends of sentences: (width) reduced to (ends_width). */
    size_t ends_width;
    const float *ends_gain, *ends_bias; /* (width) */
    Matrix ends_reduce;                 /* (width, ends_width) */
    Layer ends_layers[ENDS_LAYERS];
    const float *ends_last_gain, *ends_last_bias; /* (ends_width) */
    Matrix ends;                                  /* (ends_width, 1 rounded up) */

    const Kernels *kernels;
    const void *map;
    size_t map_size;
} SyntaxModel;

/* Maps the file at `path`, checks it and fills `model`. Returns false and fills
 * `error` (RELATO_ERROR_IO, RELATO_ERROR_LEXICON) if it is not to be had or not
 * a model of this version. The model may be shared by threads. */
bool syntax_model_open(SyntaxModel *model, const char *path, Error *error);

void syntax_model_close(SyntaxModel *model);

/* The value of a key, or 0. */
uint32_t keys_find(const Keys *keys, uint64_t key);

static inline Str strings_at(const Strings *strings, size_t i)
{
    return (Str){ strings->bytes + strings->starts[i], strings->starts[i + 1] - strings->starts[i] };
}

#endif
