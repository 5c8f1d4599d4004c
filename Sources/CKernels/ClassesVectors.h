// The head's kernels, one version per instruction set.

#include "Vectors.h"

INLINE TARGET FLOATS NAME(constant)(float value) { return (FLOATS){0} + value; }

/// Lower than any logit may be: those of legal inputs lie within a quarter of the type's range.
#ifndef CK_NO_LOGIT
#define CK_NO_LOGIT -3.402823466e38f
#endif

/// eˣ for x up to 88, to 2 ulp; below −80 it is 0, so that no product is denormal.
/// x = n ln 2 + r with |r| ≤ ½ ln 2, and a polynomial of degree 6 for eʳ.
INLINE TARGET FLOATS NAME(exponential)(FLOATS x) {
  const FLOATS lowest = NAME(constant)(-80);
  const NAME(masks) is_normal = x > lowest;
  x = CHOOSE(is_normal, x, lowest);
  // Adding 1.5 · 2²³ rounds to the nearest whole number.
  const FLOATS n = (x * 1.44269504089f + 12582912.0f) - 12582912.0f;
  const FLOATS r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
  FLOATS p = NAME(constant)(1.9875691500e-4f);
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1.0f;
  const FLOATS result = (FLOATS)((NAME(masks))p + (__builtin_convertvector(n, NAME(masks)) << 23));
  return CHOOSE(is_normal, result, NAME(constant)(0));
}

/// log(1 + u) for u in [0, 1]: 2 artanh(y) with y = u / (2 + u) ≤ ⅓, by its series to y¹⁵.
INLINE TARGET FLOATS NAME(log_one_plus)(FLOATS u) {
  const FLOATS y = u / (u + 2.0f), q = y * y;
  FLOATS p = NAME(constant)(1.0f / 15);
  p = p * q + 1.0f / 13;
  p = p * q + 1.0f / 11;
  p = p * q + 1.0f / 9;
  p = p * q + 1.0f / 7;
  p = p * q + 1.0f / 5;
  p = p * q + 1.0f / 3;
  p = p * q + 1.0f;
  return 2.0f * y * p;
}

/// The logits of WIDTH columns from c on, of which `count` are there.
INLINE TARGET FLOATS NAME(logits)(ck_class_tile tile, float scale, const float *row, int64_t c, int64_t count) {
  if (count >= WIDTH) {
    const FLOATS z = LOAD(row + c) * LOAD(tile.inverse_norms + c) * scale;
    return tile.biases ? z + LOAD(tile.biases + c) : z;
  }
  FLOATS z = NAME(constant)(CK_NO_LOGIT);
  for (int64_t k = 0; k < count; ++k) {
    z[k] = row[c + k] * tile.inverse_norms[c + k] * scale + (tile.biases ? tile.biases[c + k] : 0);
  }
  return z;
}

TARGET static float NAME(largest)(const float *row, int64_t classes) {
  FLOATS largest = NAME(constant)(CK_NO_LOGIT);
  int64_t c = 0;
  for (; c + WIDTH <= classes; c += WIDTH) {
    const FLOATS values = LOAD(row + c);
    largest = CHOOSE(values > largest, values, largest);
  }
  float top = CK_NO_LOGIT;
  for (int lane = 0; lane < WIDTH; ++lane) top = largest[lane] > top ? largest[lane] : top;
  for (; c < classes; ++c) top = row[c] > top ? row[c] : top;
  return top;
}

/// Keeps the class of the largest number so far; of equals the first.
static void NAME(note_best)(ck_class_rows state, int64_t b, const float *row, int64_t classes, int64_t first,
                            float top) {
  if (state.best_class[b] >= 0 && !(top > state.best[b])) return;
  int64_t c = 0;
  while (c + 1 < classes && row[c] != top) ++c;
  state.best[b] = top;
  state.best_class[b] = first + c;
}

TARGET static void NAME(exponentials)(ck_class_tile tile, ck_class_rows state, int64_t first, int64_t begin,
                                      int64_t end, float *scores) {
  const int64_t classes = tile.classes;
  for (int64_t b = begin; b < end; ++b) {
    float *row = scores + b * classes;
    for (int64_t c = 0; c < classes; c += WIDTH) {
      NAME(put)(row + c, NAME(logits)(tile, tile.scales[b], row, c, classes - c), classes - c);
    }
    float top = NAME(largest)(row, classes);
    NAME(note_best)(state, b, row, classes, first, top);
    if (tile.own[b] >= 0) {
      const float own = row[tile.own[b]];
      row[tile.own[b]] = CK_NO_LOGIT;
      if (own == top) top = NAME(largest)(row, classes);
    }
    state.factors[b] = 1;
    if (top == CK_NO_LOGIT) {  // The own class is the only one here.
      row[0] = 0;
      continue;
    }
    // Any shift within e³⁰ of the largest will do; only one further off is changed.
    if (state.sums[b] == 0 || top > state.shifts[b] + 30) {
      if (state.sums[b] != 0) state.factors[b] = NAME(exponential)(NAME(constant)(state.shifts[b] - top))[0];
      state.sums[b] *= state.factors[b];
      state.shifts[b] = top;
    }
    const float shift = state.shifts[b];
    FLOATS sum = {0};
    for (int64_t c = 0; c < classes; c += WIDTH) {
      const int64_t count = classes - c;
      FLOATS e = NAME(exponential)(NAME(get)(row + c, count) - shift);
      for (int64_t k = count; k < WIDTH; ++k) e[k] = 0;
      sum += e;
      NAME(put)(row + c, e * NAME(get)(tile.inverse_norms + c, count), count);
    }
    state.sums[b] += NAME(total)(sum);
  }
}

TARGET static void NAME(probabilities)(ck_class_tile tile, const float *log_sums, int64_t begin, int64_t end,
                                       float *scores) {
  const int64_t classes = tile.classes;
  for (int64_t b = begin; b < end; ++b) {
    float *row = scores + b * classes;
    for (int64_t c = 0; c < classes; c += WIDTH) {
      const int64_t count = classes - c;
      const FLOATS z = NAME(logits)(tile, tile.scales[b], row, c, count);
      NAME(put)(row + c, NAME(exponential)(z - log_sums[b]) * NAME(get)(tile.inverse_norms + c, count), count);
    }
    if (tile.own[b] >= 0) row[tile.own[b]] = 0;
  }
}

TARGET static void NAME(logistic)(ck_class_tile tile, ck_class_rows state, ck_class_function function,
                                  int64_t first, int64_t begin, int64_t end, float *scores, double *sigmoids) {
  const int64_t classes = tile.classes;
  for (int64_t b = begin; b < end; ++b) {
    float *row = scores + b * classes;
    const int32_t own = tile.own[b];
    for (int64_t c = 0; c < classes; c += WIDTH) {
      const int64_t count = classes - c;
      NAME(put)(row + c, NAME(get)(row + c, count) * NAME(get)(tile.inverse_norms + c, count), count);
    }
    NAME(note_best)(state, b, row, classes, first, NAME(largest)(row, classes));
    FLOATS losses = {0}, rates = {0};
    for (int64_t c = 0; c < classes; c += WIDTH) {
      const int64_t count = classes - c;
      const FLOATS u = NAME(get)(row + c, count);
      FLOATS value = u, slope = NAME(constant)(1);
      if (function.exponent > 1) {
        // Rounding may put a cosine beyond −1.
        const FLOATS half = (CHOOSE(u > -1.0f, u, NAME(constant)(-1)) + 1.0f) * 0.5f;
        FLOATS power = half;
        for (int32_t t = 2; t < function.exponent; ++t) power *= half;
        value = power * half * 2.0f - 1.0f;
        if (function.has_slope) slope = power * (float)function.exponent;
      }
      FLOATS z = (value + function.offset) * tile.scales[b];
      if (tile.biases) z += NAME(get)(tile.biases + c, count);
      // σ(z) and log(1 + eᶻ) from e = exp(−|z|), which never overflows.
      const NAME(masks) is_positive = z > (FLOATS){0};
      const FLOATS e = NAME(exponential)(CHOOSE(is_positive, -z, z)), inverse = 1.0f / (e + 1.0f);
      FLOATS sigmoid = CHOOSE(is_positive, inverse, e * inverse);
      FLOATS loss = CHOOSE(is_positive, z, (FLOATS){0}) + NAME(log_one_plus)(e);
      for (int64_t k = count; k < WIDTH; ++k) sigmoid[k] = loss[k] = 0;
      if (own >= c && own < c + WIDTH) sigmoid[own - c] = loss[own - c] = 0;
      losses += loss;
      rates += sigmoid;
      NAME(put)(row + c, sigmoid * slope * NAME(get)(tile.inverse_norms + c, count), count);
    }
    state.sums[b] += NAME(total)(losses);
    sigmoids[b] += NAME(total)(rates);
  }
}

TARGET static bool NAME(inverse_norms)(const float *weights, int64_t rows, int64_t size, float *inverse_norms) {
  bool is_usual = true;
  for (int64_t r = 0; r < rows; ++r) {
    const float *row = weights + r * size;
    const float sum = NAME(dot)(row, row, size);
    is_usual = is_usual && sum > 1e-20f && sum < 1e20f;
    inverse_norms[r] = 1 / __builtin_sqrtf(sum);
  }
  return is_usual;
}

TARGET static void NAME(tangent)(const float *weights, const float *inverse_norms, int64_t rows, int64_t size,
                                 const float *from, float *to) {
  for (int64_t r = 0; r < rows; ++r) {
    const float *row = weights + r * size, *given = from + r * size;
    float *gradient = to + r * size;
    const float share = NAME(dot)(row, given, size) * inverse_norms[r] * inverse_norms[r];
    int64_t i = 0;
    for (; i + WIDTH <= size; i += WIDTH) STORE(gradient + i, LOAD(given + i) - share * LOAD(row + i));
    for (; i < size; ++i) gradient[i] = given[i] - share * row[i];
  }
}

#include "VectorsEnd.h"
