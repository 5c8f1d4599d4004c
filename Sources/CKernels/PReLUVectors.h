// The backward pass of PReLU, one version per instruction set.

#include "Vectors.h"

TARGET static void NAME(planes)(const float *x, const float *gradient, const float *slopes,
                                float *input_gradient, float *sums, int64_t planes, int64_t area) {
  const NAME(floats) zero = {0};
  for (int64_t plane = 0; plane < planes; ++plane) {
    const float slope = slopes[plane];
    const float *px = x + plane * area, *pg = gradient + plane * area;
    float *out = input_gradient + plane * area;
    // Two sums, so that one addition need not wait for the last.
    NAME(floats) first = {0}, second = {0};
    int64_t i = 0;
    for (; i + 2 * WIDTH <= area; i += 2 * WIDTH) {
      const NAME(floats) x1 = *(const NAME(memory) *)(px + i), x2 = *(const NAME(memory) *)(px + i + WIDTH);
      const NAME(floats) g1 = *(const NAME(memory) *)(pg + i), g2 = *(const NAME(memory) *)(pg + i + WIDTH);
      const NAME(masks) m1 = x1 > zero, m2 = x2 > zero;
      *(NAME(memory) *)(out + i) = CHOOSE(m1, g1, g1 * slope);
      *(NAME(memory) *)(out + i + WIDTH) = CHOOSE(m2, g2, g2 * slope);
      first += CHOOSE(m1, zero, x1 * g1);
      second += CHOOSE(m2, zero, x2 * g2);
    }
    float sum = NAME(total)(first + second);
    for (; i < area; ++i) sum += element(px[i], pg[i], slope, out + i);
    sums[plane] = sum;
  }
}

TARGET static void NAME(rows)(const float *x, const float *gradient, const float *slopes,
                              float *input_gradient, float *sums, int64_t rows, int64_t channels) {
  const NAME(floats) zero = {0};
  for (int64_t channel = 0; channel < channels; ++channel) sums[channel] = 0;
  for (int64_t row = 0; row < rows; ++row) {
    const float *px = x + row * channels, *pg = gradient + row * channels;
    float *out = input_gradient + row * channels;
    int64_t i = 0;
    for (; i + WIDTH <= channels; i += WIDTH) {
      const NAME(floats) vx = *(const NAME(memory) *)(px + i), vg = *(const NAME(memory) *)(pg + i);
      const NAME(floats) slope = *(const NAME(memory) *)(slopes + i);
      const NAME(masks) mask = vx > zero;
      *(NAME(memory) *)(out + i) = CHOOSE(mask, vg, vg * slope);
      *(NAME(memory) *)(sums + i) += CHOOSE(mask, zero, vx * vg);
    }
    for (; i < channels; ++i) sums[i] += element(px[i], pg[i], slopes[i], out + i);
  }
}

#include "VectorsEnd.h"
