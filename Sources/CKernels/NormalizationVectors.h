// The normalisation kernels, one version per instruction set.

#include "Vectors.h"

TARGET static void NAME(statistics)(const float *x, int64_t rows, int64_t channels, float *means,
                                    float *squares) {
  const float share = 1.0f / (float)rows;
  for (int64_t c = 0; c < channels; ++c) means[c] = squares[c] = 0;
  for (int64_t row = 0; row < rows; ++row) {
    const float *px = x + row * channels;
    int64_t c = 0;
    for (; c + WIDTH <= channels; c += WIDTH) STORE(means + c, LOAD(means + c) + LOAD(px + c));
    for (; c < channels; ++c) means[c] += px[c];
  }
  for (int64_t c = 0; c < channels; ++c) means[c] *= share;
  // The rows are still in the cache.
  for (int64_t row = 0; row < rows; ++row) {
    const float *px = x + row * channels;
    int64_t c = 0;
    for (; c + WIDTH <= channels; c += WIDTH) {
      const FLOATS away = LOAD(px + c) - LOAD(means + c);
      STORE(squares + c, LOAD(squares + c) + away * away);
    }
    for (; c < channels; ++c) squares[c] += (px[c] - means[c]) * (px[c] - means[c]);
  }
}

TARGET static void NAME(forward)(ck_normalization with, const float *x, const float *before,
                                 const float *after, float *y, int64_t rows) {
  const FLOATS zero = {0};
  const int64_t channels = with.channels;
  for (int64_t row = 0; row < rows; ++row) {
    const int64_t start = row * channels;
    int64_t c = 0;
    for (; c + WIDTH <= channels; c += WIDTH) {
      const int64_t i = start + c;
      FLOATS z = LOAD(with.scale + c) * (LOAD(x + i) - LOAD(with.mean + c)) + LOAD(with.shift + c);
      if (before) z += LOAD(before + i);
      z = CHOOSE(z > zero, z, z * LOAD(with.slope + c));
      if (after) z += LOAD(after + i);
      STORE(y + i, z);
    }
    for (; c < channels; ++c) {
      const int64_t i = start + c;
      float z = with.scale[c] * (x[i] - with.mean[c]) + with.shift[c];
      if (before) z += before[i];
      z = z > 0 ? z : z * with.slope[c];
      if (after) z += after[i];
      y[i] = z;
    }
  }
}

TARGET static void NAME(sums)(ck_normalization with, const float *x, const float *before,
                              const float *gradient, int64_t rows, float *sums, float *products,
                              float *slopes, float *before_gradient) {
  const FLOATS zero = {0};
  const int64_t channels = with.channels;
  for (int64_t c = 0; c < channels; ++c) sums[c] = products[c] = slopes[c] = 0;
  for (int64_t row = 0; row < rows; ++row) {
    const int64_t start = row * channels;
    int64_t c = 0;
    for (; c + WIDTH <= channels; c += WIDTH) {
      const int64_t i = start + c;
      const FLOATS away = LOAD(x + i) - LOAD(with.mean + c), g = LOAD(gradient + i);
      FLOATS z = LOAD(with.scale + c) * away + LOAD(with.shift + c);
      if (before) z += LOAD(before + i);
      const NAME(masks) mask = z > zero;
      const FLOATS d = CHOOSE(mask, g, g * LOAD(with.slope + c));
      if (before_gradient) STORE(before_gradient + i, d);
      STORE(sums + c, LOAD(sums + c) + d);
      STORE(products + c, LOAD(products + c) + d * away);
      STORE(slopes + c, LOAD(slopes + c) + CHOOSE(mask, zero, g * z));
    }
    for (; c < channels; ++c) {
      const int64_t i = start + c;
      const float away = x[i] - with.mean[c], g = gradient[i];
      float z = with.scale[c] * away + with.shift[c];
      if (before) z += before[i];
      const float d = z > 0 ? g : g * with.slope[c];
      if (before_gradient) before_gradient[i] = d;
      sums[c] += d;
      products[c] += d * away;
      slopes[c] += z > 0 ? 0 : g * z;
    }
  }
}

TARGET static void NAME(backward)(ck_normalization with, const float *x, const float *before,
                                  const float *gradient, int64_t rows, float *x_gradient) {
  const FLOATS zero = {0};
  const int64_t channels = with.channels;
  for (int64_t row = 0; row < rows; ++row) {
    const int64_t start = row * channels;
    int64_t c = 0;
    for (; c + WIDTH <= channels; c += WIDTH) {
      const int64_t i = start + c;
      const FLOATS away = LOAD(x + i) - LOAD(with.mean + c), g = LOAD(gradient + i);
      const FLOATS scale = LOAD(with.scale + c);
      FLOATS z = scale * away + LOAD(with.shift + c);
      if (before) z += LOAD(before + i);
      const FLOATS d = CHOOSE(z > zero, g, g * LOAD(with.slope + c));
      STORE(x_gradient + i, scale * d + LOAD(with.product + c) * away + LOAD(with.constant + c));
    }
    for (; c < channels; ++c) {
      const int64_t i = start + c;
      const float away = x[i] - with.mean[c], g = gradient[i];
      float z = with.scale[c] * away + with.shift[c];
      if (before) z += before[i];
      const float d = z > 0 ? g : g * with.slope[c];
      x_gradient[i] = with.scale[c] * d + with.product[c] * away + with.constant[c];
    }
  }
}

#include "VectorsEnd.h"
