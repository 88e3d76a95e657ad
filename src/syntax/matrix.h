/* The arithmetic of the network, on vectors of the compiler. Products of
 * matrices are made of 12-bit integers and so the same on every machine; the rest
 * is single precision, always in the same order, so that results do not depend
 * on how rows are batched and machines differ by rounding. Each function is
 * compiled for several instruction sets; matrix_kernels gives those that suit
 * the machine. */
#ifndef RELATO_SYNTAX_MATRIX_H
#define RELATO_SYNTAX_MATRIX_H

#include <stddef.h>
#include <stdint.h>

enum {
    PANEL = 16,         /* columns of a packed matrix that stand together */
    LARGEST_CODE = 2047 /* the largest of the integers that stand for numbers */
};

/* A matrix (rows, columns) packed for multiplying from the left: panels of
 * PANEL columns, each (rows / 2, PANEL, 2): of two rows, one behind the other,
 * the numbers of each column stand side by side. Rows are even and at most 512,
 * so that no sum of products overflows; columns are a multiple of PANEL. */
typedef struct Matrix {
    const int16_t *panels;
    const float *scales; /* (columns): what a unit of the column stands for */
    const float *bias;   /* (columns), or NULL */
    size_t rows, columns;
} Matrix;

/* Rows of numbers as integers. */
typedef struct Codes {
    int16_t *values; /* (count, size) */
    float *scales;   /* (count): what a unit of the row stands for */
} Codes;

/* In all of these `size` is a multiple of PANEL and arrays do not overlap. */
typedef struct Kernels {
    /* out = in (count, size), each row scaled so that its largest number is LARGEST_CODE. */
    void (*encode)(const float *in, size_t count, size_t size, Codes out);

    /* out (count, columns) = in (count, rows) * matrix + bias. */
    void (*multiply)(const Matrix *matrix, Codes in, size_t count, float *out);

    float (*dot)(const float *a, const float *b, size_t size);

    /* sum += scale * row, of 8-bit weights. */
    void (*add_scaled)(float *sum, const int8_t *row, float scale, size_t size);

    /* x = leaky rectifier (slope 0.1) of x. */
    void (*rectify)(float *x, size_t size);

    /* out = layer normalisation of each row of in (count, size), with gain and bias (size). */
    void (*normalise)(const float *in, size_t count, size_t size, const float *gain, const float *bias, float *out);

    /* out (count, size): in each column a convolution over the row before, the
     * row and the row behind it with taps (3, size); rows outside are zero. */
    void (*convolve)(const float *in, size_t count, size_t size, const float *taps, float *out);

    /* The recurrence of a layer. gates (count, 3 * size) holds candidates,
     * forget gates and output gates before their activation. In the first half
     * of the columns from the first row on, in the second from the last:
     *     c[t] = f c[t-1] + (1 - f) z,  f = sigmoid(forget),  state[t] += c[t] silu(output)
     * state is (count, size); half of size is a multiple of PANEL. */
    void (*recur)(const float *gates, size_t count, size_t size, float *state);
} Kernels;

/* The fastest kernels that this machine can run. Static. */
const Kernels *matrix_kernels(void);

/* Those for any machine: for tests. Static. */
const Kernels *matrix_kernels_portable(void);

/* Packs the transpose of in (count, rows), so that a product gives dot products
 * with its rows; columns beyond `count` are zero. `panels` has room for
 * rows * (count rounded up to PANEL), `scales` for as many columns. */
Matrix matrix_pack_transposed(Codes in, size_t count, size_t rows, int16_t *panels, float *scales);

#endif
