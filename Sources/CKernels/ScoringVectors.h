// Products of pairs of rows, and the few values above a threshold, one version per instruction set.

#include "Vectors.h"

TARGET static void NAME(pairs)(const float *rows, int64_t width, const uint32_t *left, const uint32_t *right,
                               int64_t count, float *products) {
  for (int64_t t = 0; t < count; ++t) {
    const float *a = rows + (int64_t)left[t] * width, *b = rows + (int64_t)right[t] * width;
    if (t + 8 < count) {
      // The rows of a list lie anywhere: ask for those that come soon.
      __builtin_prefetch(rows + (int64_t)left[t + 8] * width);
      __builtin_prefetch(rows + (int64_t)right[t + 8] * width);
    }
    // Four sums, so that one addition need not wait for the last.
    FLOATS first = {0}, second = {0}, third = {0}, fourth = {0};
    int64_t k = 0;
    for (; k + 4 * WIDTH <= width; k += 4 * WIDTH) {
      first += LOAD(a + k) * LOAD(b + k);
      second += LOAD(a + k + WIDTH) * LOAD(b + k + WIDTH);
      third += LOAD(a + k + 2 * WIDTH) * LOAD(b + k + 2 * WIDTH);
      fourth += LOAD(a + k + 3 * WIDTH) * LOAD(b + k + 3 * WIDTH);
    }
    for (; k + WIDTH <= width; k += WIDTH) first += LOAD(a + k) * LOAD(b + k);
    const float sum = NAME(total)((first + second) + (third + fourth));
    products[t] = sum + plain_product(a + k, b + k, width - k);
  }
}

TARGET static int64_t NAME(above)(const float *values, int64_t count, float threshold, float *above) {
  const FLOATS limit = (FLOATS){0} + threshold;
  int64_t found = 0, i = 0;
  for (; i + 4 * WIDTH <= count; i += 4 * WIDTH) {
    const NAME(masks) any = (LOAD(values + i) > limit) | (LOAD(values + i + WIDTH) > limit) |
                            (LOAD(values + i + 2 * WIDTH) > limit) | (LOAD(values + i + 3 * WIDTH) > limit);
    // Nearly never: what is looked for is the highest millionth.
    if (__builtin_expect(__builtin_reduce_or(any) != 0, 0)) {
      found += plain_above(values + i, 4 * WIDTH, threshold, above + found);
    }
  }
  return found + plain_above(values + i, count - i, threshold, above + found);
}

#include "VectorsEnd.h"
