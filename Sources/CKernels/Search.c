#include "CKernelsSearch.h"

#include <math.h>

#include "Dispatch.h"

static inline float magnitude(float value) { return value < 0 ? -value : value; }

/// 127 / most, or 0 where that is no number: a row of zeros, or of numbers so small, has the codes 0.
static inline float inverse_scale(float most) {
  const float inverse = 127 / most;
  return inverse < 3e38f ? inverse : 0;
}

/// Writes the code of a number; returns what it leaves over.
static inline float encoded(float value, float scale, float inverse, int8_t *code) {
  const float steps = value * inverse;
  const int32_t nearest = (int32_t)(steps + (steps < 0 ? -0.5f : 0.5f));
  *code = (int8_t)nearest;
  return value - scale * (float)nearest;
}

/// An upper bound of the norm whose square was summed in single precision, from numbers that were rounded once
/// more: by 2⁻²² of the largest each, so by √size of that together. Eight units, for rounding the squares too.
static inline float upper_norm(float square, float most, int64_t size) {
  const float unit = 0x1p-23f, root = sqrtf((float)size);
  return sqrtf(square) * (1 + (float)(size + 8) * unit) + 8 * unit * most * root + 0x1p-60f;
}

static void plain_products(const float *rows, int64_t count, int64_t size, const float *query, float *products) {
  for (int64_t row = 0; row < count; ++row) {
    float sum = 0;
    for (int64_t i = 0; i < size; ++i) sum += rows[row * size + i] * query[i];
    products[row] = sum;
  }
}

static void plain_encode(const float *rows, int64_t count, int64_t size, int8_t *codes, float *scales,
                         float *residuals) {
  for (int64_t row = 0; row < count; ++row) {
    const float *x = rows + row * size;
    float most = 0, sum = 0;
    for (int64_t i = 0; i < size; ++i) most = magnitude(x[i]) > most ? magnitude(x[i]) : most;
    const float scale = most / 127, inverse = inverse_scale(most);
    for (int64_t i = 0; i < size; ++i) {
      const float rest = encoded(x[i], scale, inverse, codes + row * size + i);
      sum += rest * rest;
    }
    scales[row] = scale;
    residuals[row] = upper_norm(sum, most, size);
  }
}

static void plain_code_products(const int8_t *codes, const float *scales, int64_t count, int64_t size,
                                const int16_t *query, float query_scale, float *products) {
  for (int64_t row = 0; row < count; ++row) {
    int32_t sum = 0;
    for (int64_t i = 0; i < size; ++i) sum += (int32_t)codes[row * size + i] * query[i];
    products[row] = (scales[row] * query_scale) * (float)sum;
  }
}

#define VERSIONS "SearchVectors.h"
#include "Versions.h"

void ck_search_products(ck_instructions instructions, const float *rows, int64_t count, int64_t size,
                        const float *query, float *products) {
  CALL(products, rows, count, size, query, products)
}

void ck_search_encode(ck_instructions instructions, const float *rows, int64_t count, int64_t size, int8_t *codes,
                      float *scales, float *residuals) {
  CALL(encode, rows, count, size, codes, scales, residuals)
}

void ck_search_code_products(ck_instructions instructions, const int8_t *codes, const float *scales, int64_t count,
                             int64_t size, const int16_t *query, float query_scale, float *products) {
  CALL(code_products, codes, scales, count, size, query, query_scale, products)
}

double ck_search_exact_product(const float *row, const float *query, int64_t size) {
  double sum = 0;
  for (int64_t i = 0; i < size; ++i) sum += (double)row[i] * (double)query[i];
  return sum;
}
