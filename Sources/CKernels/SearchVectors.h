// Inner products of rows with a query, one version per instruction set.

#include "Vectors.h"

typedef int8_t NAME(codes) __attribute__((vector_size(2 * WIDTH)));
typedef int16_t NAME(shorts) __attribute__((vector_size(4 * WIDTH)));
typedef uint32_t NAME(words) __attribute__((vector_size(4 * WIDTH)));
typedef int8_t NAME(narrow) __attribute__((vector_size(WIDTH)));

TARGET static void NAME(products)(const float *rows, int64_t count, int64_t size, const float *query,
                                  float *products) {
  for (int64_t row = 0; row < count; ++row) {
    const float *x = rows + row * size;
    // Four sums, so that one addition need not wait for the last.
    FLOATS s0 = {0}, s1 = {0}, s2 = {0}, s3 = {0};
    int64_t i = 0;
    for (; i + 4 * WIDTH <= size; i += 4 * WIDTH) {
      s0 += LOAD(x + i) * LOAD(query + i);
      s1 += LOAD(x + i + WIDTH) * LOAD(query + i + WIDTH);
      s2 += LOAD(x + i + 2 * WIDTH) * LOAD(query + i + 2 * WIDTH);
      s3 += LOAD(x + i + 3 * WIDTH) * LOAD(query + i + 3 * WIDTH);
    }
    float sum = NAME(total)((s0 + s1) + (s2 + s3));
    for (; i < size; ++i) sum += x[i] * query[i];
    products[row] = sum;
  }
}

TARGET static void NAME(encode)(const float *rows, int64_t count, int64_t size, int8_t *codes, float *scales,
                                float *residuals) {
  const FLOATS zero = {0}, half = zero + 0.5f;
  for (int64_t row = 0; row < count; ++row) {
    const float *x = rows + row * size;
    int8_t *a = codes + row * size;
    FLOATS largest = zero;
    int64_t i = 0;
    for (; i + WIDTH <= size; i += WIDTH) {
      const FLOATS value = LOAD(x + i), size_of = CHOOSE(value < zero, -value, value);
      largest = CHOOSE(size_of > largest, size_of, largest);
    }
    float most = 0;
    for (int lane = 0; lane < WIDTH; ++lane) most = largest[lane] > most ? largest[lane] : most;
    for (; i < size; ++i) most = magnitude(x[i]) > most ? magnitude(x[i]) : most;

    const float scale = most / 127, inverse = inverse_scale(most);
    FLOATS squares = zero;
    for (i = 0; i + WIDTH <= size; i += WIDTH) {
      const FLOATS value = LOAD(x + i), steps = value * inverse;
      const NAME(masks) code = __builtin_convertvector(steps + CHOOSE(steps < zero, -half, half), NAME(masks));
      const NAME(narrow) narrow = __builtin_convertvector(code, NAME(narrow));
      __builtin_memcpy(a + i, &narrow, WIDTH);
      const FLOATS rest = value - scale * __builtin_convertvector(code, FLOATS);
      squares += rest * rest;
    }
    float sum = NAME(total)(squares);
    for (; i < size; ++i) {
      const float rest = encoded(x[i], scale, inverse, a + i);
      sum += rest * rest;
    }
    scales[row] = scale;
    residuals[row] = upper_norm(sum, most, size);
  }
}

TARGET static inline NAME(shorts) NAME(widened)(const int8_t *codes) {
  NAME(codes) narrow;
  __builtin_memcpy(&narrow, codes, 2 * WIDTH);
  return __builtin_convertvector(narrow, NAME(shorts));
}

TARGET static inline NAME(shorts) NAME(shorts_at)(const int16_t *values) {
  NAME(shorts) loaded;
  __builtin_memcpy(&loaded, values, 4 * WIDTH);
  return loaded;
}

TARGET static void NAME(code_products)(const int8_t *codes, const float *scales, int64_t count, int64_t size,
                                       const int16_t *query, float query_scale, float *products) {
  for (int64_t row = 0; row < count; ++row) {
    const int8_t *a = codes + row * size;
    NAME(masks) sums = {0};
    int64_t i = 0;
    for (; i + 4 * WIDTH <= size; i += 4 * WIDTH) {
      // Two products of at most 127² fit in 16 bits: 2 · 16129 = 32258.
      const NAME(shorts) pairs = NAME(widened)(a + i) * NAME(shorts_at)(query + i)
                                 + NAME(widened)(a + i + 2 * WIDTH) * NAME(shorts_at)(query + i + 2 * WIDTH);
      const NAME(masks) both = (NAME(masks))pairs;
      sums += ((NAME(masks))((NAME(words))pairs << 16) >> 16) + (both >> 16);
    }
    int32_t sum = 0;
    for (int lane = 0; lane < WIDTH; ++lane) sum += sums[lane];
    for (; i < size; ++i) sum += (int32_t)a[i] * query[i];
    products[row] = (scales[row] * query_scale) * (float)sum;
  }
}

#include "VectorsEnd.h"
