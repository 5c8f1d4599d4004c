#ifndef C_KERNELS_NORMALIZATION_H
#define C_KERNELS_NORMALIZATION_H

#include "CKernelsInstructions.h"

#ifdef __cplusplus
extern "C" {
#endif

// Batch normalisation with what follows it, for rows of channels (channels last):
//
//     z = scale · (x − mean) + shift + before
//     y = (z > 0 ? z : slope · z) + after
//
// per channel; a slope of 1 is no activation, one of 0 the rectifier. `before` and `after` may be NULL.
// The caller spreads rows over threads; parts have bounds that do not depend on how many there are.

typedef struct {
  const float *mean, *scale, *shift, *slope;
  /// For the backward pass alone.
  const float *product, *constant;
  int64_t channels;
} ck_normalization;

/// The mean of each channel over the rows, and the sum of squared differences from it.
void ck_normalization_statistics(ck_instructions instructions, const float *x, int64_t rows, int64_t channels,
                                 float *means, float *squares);

/// y from x.
void ck_normalization_forward(ck_instructions instructions, ck_normalization with, const float *x,
                              const float *before, const float *after, float *y, int64_t rows);

/// With g the gradient of y, and d = g · (z > 0 ? 1 : slope) that of z, the sums over rows of d, of
/// d · (x − mean), and of g · (z > 0 ? 0 : z). Writes d where `before_gradient` is not NULL.
void ck_normalization_sums(ck_instructions instructions, ck_normalization with, const float *x,
                           const float *before, const float *gradient, int64_t rows, float *sums,
                           float *products, float *slopes, float *before_gradient);

/// The gradient of x: scale · d + product · (x − mean) + constant, per channel.
void ck_normalization_backward(ck_instructions instructions, ck_normalization with, const float *x,
                               const float *before, const float *gradient, int64_t rows,
                               float *x_gradient);

#ifdef __cplusplus
}
#endif

#endif
