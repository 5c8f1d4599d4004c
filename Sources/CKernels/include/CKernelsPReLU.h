#ifndef C_KERNELS_PRELU_H
#define C_KERNELS_PRELU_H

#include "CKernelsInstructions.h"

#ifdef __cplusplus
extern "C" {
#endif

// The backward pass of y = x > 0 ? x : slope · x, in one pass over memory:
//
//     input_gradient = gradient · (x > 0 ? 1 : slope)
//     slope_gradient = Σ gradient · (x > 0 ? 0 : x)
//
// Sums are left to the caller in parts whose bounds do not depend on the number of threads.

/// Channels first: `planes` planes of `area` elements each; `slopes` and `sums` have one entry per plane.
void ck_prelu_backward_planes(ck_instructions instructions, const float *x, const float *gradient,
                              const float *slopes, float *input_gradient, float *sums, int64_t planes,
                              int64_t area);

/// Channels last: `rows` rows of `channels` elements each; `slopes` and `sums` have one entry per channel.
void ck_prelu_backward_rows(ck_instructions instructions, const float *x, const float *gradient,
                            const float *slopes, float *input_gradient, float *sums, int64_t rows,
                            int64_t channels);

#ifdef __cplusplus
}
#endif

#endif
