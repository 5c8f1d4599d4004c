// The kernels on samples and their own classes, one version per instruction set.

#include "Vectors.h"

typedef double NAME(doubles) __attribute__((vector_size(8 * WIDTH)));
#define DOUBLES(pointer) __builtin_convertvector(LOAD(pointer), NAME(doubles))

/// Whether the largest entry is below 2⁻¹⁰⁰.
TARGET static bool NAME(counts_as_zero)(const float *row, int64_t size) {
  for (int64_t i = 0; i < size; ++i) {
    if (!(__builtin_fabsf(row[i]) < 0x1p-100f)) return false;
  }
  return true;
}

TARGET static void NAME(measure)(ck_samples samples, ck_sample_measures measures, int64_t begin, int64_t end,
                                 float *directions) {
  const int64_t size = samples.size;
  for (int64_t b = begin; b < end; ++b) {
    const float *x = samples.features + b * size, *w = samples.weights + b * size;
    NAME(doubles) squares = {0}, own_squares = {0}, products = {0};
    int64_t i = 0;
    for (; i + WIDTH <= size; i += WIDTH) {
      const NAME(doubles) one = DOUBLES(x + i), other = DOUBLES(w + i);
      squares += one * one;
      own_squares += other * other;
      products += one * other;
    }
    double square = 0, own_square = 0, product = 0;
    for (int lane = 0; lane < WIDTH; ++lane) {
      square += squares[lane];
      own_square += own_squares[lane];
      product += products[lane];
    }
    for (; i < size; ++i) {
      square += (double)x[i] * x[i];
      own_square += (double)w[i] * w[i];
      product += (double)x[i] * w[i];
    }
    const bool is_zero = NAME(counts_as_zero)(x, size);
    measures.norms[b] = is_zero ? 0 : __builtin_sqrt(square);
    measures.lengths[b] = __builtin_sqrt(own_square);
    measures.products[b] = is_zero ? 0 : product;
    if (!directions) continue;
    const float inverse = is_zero ? 0 : (float)(1 / measures.norms[b]);
    float *direction = directions + b * size;
    for (i = 0; i + WIDTH <= size; i += WIDTH) STORE(direction + i, LOAD(x + i) * inverse);
    for (; i < size; ++i) direction[i] = x[i] * inverse;
  }
}

TARGET static void NAME(gradients)(ck_samples samples, ck_sample_slopes slopes, int64_t begin, int64_t end,
                                   const float *directions, float *sums) {
  const int64_t size = samples.size;
  for (int64_t b = begin; b < end; ++b) {
    const float *w = samples.weights + b * size;
    const float *d = (slopes.is_normalized ? directions : samples.features) + b * size;
    float *sum = sums + b * size;
    const float others = slopes.others[b], own = slopes.own[b];
    if (slopes.norms[b] == 0 && slopes.is_normalized) {
      for (int64_t i = 0; i < size; ++i) sum[i] = 0;
      continue;
    }
    const float inverse = slopes.norms[b] == 0 ? 0 : (float)(1 / slopes.norms[b]);
    // x, where it stands in for d, is ‖x‖ times too long.
    const float unit = slopes.is_normalized ? 1 : inverse;
    float along = slopes.along[b];
    if (slopes.along_sum[b] != 0) along += slopes.along_sum[b] * unit * NAME(dot)(sum, d, size);
    int64_t i = 0;
    for (; i + WIDTH <= size; i += WIDTH) STORE(sum + i, LOAD(sum + i) * others + LOAD(w + i) * own);
    for (; i < size; ++i) sum[i] = sum[i] * others + w[i] * own;
    const float radial = slopes.is_normalized ? NAME(dot)(sum, d, size) : 0;
    const float kept = slopes.is_normalized ? inverse : 1, share = along * unit - radial * kept;
    for (i = 0; i + WIDTH <= size; i += WIDTH) STORE(sum + i, LOAD(sum + i) * kept + LOAD(d + i) * share);
    for (; i < size; ++i) sum[i] = sum[i] * kept + d[i] * share;
  }
}

TARGET static void NAME(add_own)(ck_own_rows rows, float *gradients) {
  const int64_t size = rows.size;
  for (int64_t b = 0; b < rows.count; ++b) {
    const int64_t column = rows.columns[b];
    if (column < 0) continue;
    const float *row = rows.rows + b * size, *w = rows.weights + column * size;
    float *gradient = gradients + column * size;
    const float own = rows.own[b] * rows.inverse_norms[column];
    const float lengthwise = rows.lengthwise ? rows.lengthwise[b] : 0;
    int64_t i = 0;
    for (; i + WIDTH <= size; i += WIDTH) {
      STORE(gradient + i, LOAD(gradient + i) + LOAD(row + i) * own + LOAD(w + i) * lengthwise);
    }
    for (; i < size; ++i) gradient[i] += row[i] * own + w[i] * lengthwise;
  }
}

#undef DOUBLES
#include "VectorsEnd.h"
