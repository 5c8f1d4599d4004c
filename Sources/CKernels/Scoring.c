#include "CKernelsScoring.h"
#include "Dispatch.h"

static float plain_product(const float *left, const float *right, int64_t width) {
  float sum = 0;
  for (int64_t k = 0; k < width; ++k) sum += left[k] * right[k];
  return sum;
}

static void plain_pairs(const float *rows, int64_t width, const uint32_t *left, const uint32_t *right,
                        int64_t count, float *products) {
  for (int64_t t = 0; t < count; ++t) {
    products[t] = plain_product(rows + (int64_t)left[t] * width, rows + (int64_t)right[t] * width, width);
  }
}

static int64_t plain_above(const float *values, int64_t count, float threshold, float *above) {
  int64_t found = 0;
  for (int64_t i = 0; i < count; ++i) {
    if (values[i] > threshold) above[found++] = values[i];
  }
  return found;
}

#define VERSIONS "ScoringVectors.h"
#include "Versions.h"

void ck_pair_products(ck_instructions instructions, const float *rows, int64_t width, const uint32_t *left,
                      const uint32_t *right, int64_t count, float *products) {
  CALL(pairs, rows, width, left, right, count, products)
}

int64_t ck_values_above(ck_instructions instructions, const float *values, int64_t count, float threshold,
                        float *above) {
  CALL(above, values, count, threshold, above)
}
