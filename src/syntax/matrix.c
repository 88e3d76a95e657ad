#include "syntax/matrix.h"

#include <math.h>
#include <stdbool.h>

/* A product and a sum may be one instruction where the machine has it. */
#if defined(__clang__)
#pragma clang fp contract(fast)
#elif defined(__GNUC__)
#pragma GCC optimize("fp-contract=fast")
#endif

enum { LANES = 8, BLOCK = 6 }; /* floats of a vector; rows multiplied at once */

typedef float Floats __attribute__((vector_size(32), aligned(4), may_alias));
typedef int32_t Integers __attribute__((vector_size(32), aligned(4), may_alias));
typedef int16_t Words __attribute__((vector_size(32)));
typedef int16_t Halves __attribute__((vector_size(16), aligned(2), may_alias));
typedef int8_t Bytes __attribute__((vector_size(8), aligned(1), may_alias));

/* Each lane of w and of x holds two 16-bit numbers: sum += low * low + high * high. */
#define ADD_PRODUCTS(sum, w, x) (sum) += ((w) << 16 >> 16) * ((x) << 16 >> 16) + ((w) >> 16) * ((x) >> 16)

#define KERNEL(name) portable_##name
#define TARGET
#include "syntax/matrix_kernels.inc"

#if defined(__x86_64__)
#undef ADD_PRODUCTS
#define ADD_PRODUCTS(sum, w, x) (sum) += (Integers)__builtin_ia32_pmaddwd256((Words)(w), (Words)(x))

#define KERNEL(name) haswell_##name
#define TARGET __attribute__((target("avx2,fma")))
#include "syntax/matrix_kernels.inc"

/* AVX-512VL: the same width, twice the registers. */
#define KERNEL(name) skylake_##name
#define TARGET __attribute__((target("avx2,fma,avx512f,avx512vl,avx512dq,avx512bw")))
#include "syntax/matrix_kernels.inc"
#endif

const Kernels *matrix_kernels_portable(void)
{
    return &portable_kernels;
}

const Kernels *matrix_kernels(void)
{
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
        bool wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                    __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw");
        return wide ? &skylake_kernels : &haswell_kernels;
    }
#endif
    return &portable_kernels;
}

Matrix matrix_pack_transposed(Codes in, size_t count, size_t rows, int16_t *panels, float *scales)
{
    size_t columns = (count + PANEL - 1) / PANEL * PANEL;
    for (size_t column = 0; column < columns; column++) {
        int16_t *to = panels + column / PANEL * PANEL * rows + column % PANEL * 2;
        scales[column] = column < count ? in.scales[column] : 0;
        for (size_t k = 0; k < rows; k += 2, to += 2 * PANEL) {
            to[0] = column < count ? in.values[column * rows + k] : 0;
            to[1] = column < count ? in.values[column * rows + k + 1] : 0;
        }
    }
    return (Matrix){ .panels = panels, .scales = scales, .rows = rows, .columns = columns };
}
