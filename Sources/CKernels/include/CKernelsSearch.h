#ifndef C_KERNELS_SEARCH_H
#define C_KERNELS_SEARCH_H

#include "CKernelsInstructions.h"

#ifdef __cplusplus
extern "C" {
#endif

// Inner products of many rows with one query. `rows` is [count, size], row by row. The caller spreads rows over
// threads.

/// xᵢ · q in single precision. In whatever order they are added, the sums are within
/// size · 2⁻²⁴ / (1 − size · 2⁻²⁴) · ‖xᵢ‖ ‖q‖ of the inner products (Higham, Accuracy and Stability of Numerical
/// Algorithms, 2nd edition, section 3.1).
void ck_search_products(ck_instructions instructions, const float *rows, int64_t count, int64_t size,
                        const float *query, float *products);

/// Each row as whole numbers from −127 to 127 times a scale, x = scale · a + r, and an upper bound of ‖r‖, which
/// allows for its own rounding. All numbers must be finite.
void ck_search_encode(ck_instructions instructions, const float *rows, int64_t count, int64_t size, int8_t *codes,
                      float *scales, float *residuals);

/// scales[i] · query_scale · (aᵢ · b), with aᵢ · b exact for size up to 2¹⁷. The query's codes are from −127 to
/// 127, too, in 16 bits each.
void ck_search_code_products(ck_instructions instructions, const int8_t *codes, const float *scales, int64_t count,
                             int64_t size, const int16_t *query, float query_scale, float *products);

/// x · q in double precision, summed from the first to the last: the products of single numbers are exact there, so
/// that every processor finds the same, to the bit.
double ck_search_exact_product(const float *row, const float *query, int64_t size);

#ifdef __cplusplus
}
#endif

#endif
