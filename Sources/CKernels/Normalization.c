#include "CKernelsNormalization.h"
#include "Dispatch.h"

#define WIDTH 1
#define TARGET
#define NAME(function) plain_##function
#include "NormalizationVectors.h"

#define VERSIONS "NormalizationVectors.h"
#include "Versions.h"

void ck_normalization_statistics(ck_instructions instructions, const float *x, int64_t rows, int64_t channels,
                                 float *means, float *squares) {
  CALL(statistics, x, rows, channels, means, squares);
}

void ck_normalization_forward(ck_instructions instructions, ck_normalization with, const float *x,
                              const float *before, const float *after, float *y, int64_t rows) {
  CALL(forward, with, x, before, after, y, rows);
}

void ck_normalization_sums(ck_instructions instructions, ck_normalization with, const float *x,
                           const float *before, const float *gradient, int64_t rows, float *sums,
                           float *products, float *slopes, float *before_gradient) {
  CALL(sums, with, x, before, gradient, rows, sums, products, slopes, before_gradient);
}

void ck_normalization_backward(ck_instructions instructions, ck_normalization with, const float *x,
                               const float *before, const float *gradient, int64_t rows,
                               float *x_gradient) {
  CALL(backward, with, x, before, gradient, rows, x_gradient);
}
