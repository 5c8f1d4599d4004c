#ifndef C_KERNELS_SCORING_H
#define C_KERNELS_SCORING_H

#include "CKernelsInstructions.h"

#ifdef __cplusplus
extern "C" {
#endif

/// The inner products of pairs of rows: products[t] = Σₖ rows[left[t]][k] · rows[right[t]][k], for `count` pairs of
/// rows of `width` numbers. The order of summation is the instruction set's own.
void ck_pair_products(ck_instructions instructions, const float *rows, int64_t width, const uint32_t *left,
                      const uint32_t *right, int64_t count, float *products);

/// Writes the values above a threshold, in their order, and returns how many there are. `above` has room for
/// `count`. A comparison with NaN is false.
int64_t ck_values_above(ck_instructions instructions, const float *values, int64_t count, float threshold,
                        float *above);

#ifdef __cplusplus
}
#endif

#endif
