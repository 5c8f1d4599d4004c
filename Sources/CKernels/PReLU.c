#include "CKernelsPReLU.h"
#include "Dispatch.h"

/// Stores one element of the input gradient and returns its part of the slope gradient.
static inline float element(float x, float gradient, float slope, float *input_gradient) {
  *input_gradient = x > 0 ? gradient : slope * gradient;
  return x > 0 ? 0 : x * gradient;
}

static void plain_planes(const float *x, const float *gradient, const float *slopes, float *input_gradient,
                         float *sums, int64_t planes, int64_t area) {
  for (int64_t plane = 0; plane < planes; ++plane) {
    sums[plane] = 0;
    for (int64_t i = plane * area; i < (plane + 1) * area; ++i) {
      sums[plane] += element(x[i], gradient[i], slopes[plane], input_gradient + i);
    }
  }
}

static void plain_rows(const float *x, const float *gradient, const float *slopes, float *input_gradient,
                       float *sums, int64_t rows, int64_t channels) {
  for (int64_t channel = 0; channel < channels; ++channel) sums[channel] = 0;
  for (int64_t i = 0; i < rows * channels; ++i) {
    sums[i % channels] += element(x[i], gradient[i], slopes[i % channels], input_gradient + i);
  }
}

#define VERSIONS "PReLUVectors.h"
#include "Versions.h"

void ck_prelu_backward_planes(ck_instructions instructions, const float *x, const float *gradient,
                              const float *slopes, float *input_gradient, float *sums, int64_t planes,
                              int64_t area) {
  CALL(planes, x, gradient, slopes, input_gradient, sums, planes, area)
}

void ck_prelu_backward_rows(ck_instructions instructions, const float *x, const float *gradient,
                            const float *slopes, float *input_gradient, float *sums, int64_t rows,
                            int64_t channels) {
  CALL(rows, x, gradient, slopes, input_gradient, sums, rows, channels)
}
