#include "CKernelsNormalization.h"
#include "Dispatch.h"

#define WIDTH 1
#define TARGET
#define NAME(function) plain_##function
#include "NormalizationVectors.h"

#define WIDTH 4
#define TARGET
#define NAME(function) baseline_##function
#include "NormalizationVectors.h"

#if defined(__x86_64__)
#define WIDTH 8
#define TARGET __attribute__((target("avx2,fma")))
#define NAME(function) avx2_##function
#include "NormalizationVectors.h"

#define WIDTH 16
#define TARGET __attribute__((target("avx512f")))
#define NAME(function) avx512_##function
#include "NormalizationVectors.h"
#endif

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
