#ifndef C_KERNELS_ROWS_H
#define C_KERNELS_ROWS_H

#include "CKernelsInstructions.h"

#ifdef __cplusplus
extern "C" {
#endif

// Optimisers on some rows of a matrix and of what they remember of it.
//
// `rows` holds the numbers of `count` rows, each once; NULL means the first `count`. A row has `size` numbers.

/// Stochastic gradient descent: g ← gradient + decay · w, v ← momentum · v + g, and w ← w − rate · v, in Nesterov's
/// form w − rate · (g + momentum · v).
typedef struct {
  float decay, momentum;
  bool nesterov;
} ck_descent;

/// `gradients` has `count` rows; `velocities` may be NULL where the momentum is 0.
void ck_rows_descend(ck_instructions instructions, ck_descent settings, float rate, const int64_t *rows, int64_t count, int64_t size,
                     const float *gradients, float *weights, float *velocities);

/// The steps from `begins[i]` up to `end` of the i-th row, all with a gradient of zero, each rounded as
/// `ck_rows_descend` rounds it: when a row catches up does not change its numbers.
void ck_rows_descend_idle(ck_instructions instructions, ck_descent settings, const float *rates,
                          const int32_t *begins, int32_t end, const int64_t *rows, int64_t count, int64_t size,
                          float *weights, float *velocities);

/// A step of Adam with decay apart from the gradient: m and v take in the gradient g, then
/// w ← keep · w − rate · m / (√v / root + epsilon).
typedef struct {
  /// 1 − η λ, η / (1 − β₁ᵗ) and √(1 − β₂ᵗ).
  float keep, rate, root;
} ck_adaptation_step;

typedef struct {
  float beta1, beta2, epsilon;
} ck_adaptation;

void ck_rows_adapt(ck_instructions instructions, ck_adaptation settings, ck_adaptation_step step, const int64_t *rows,
                   int64_t count, int64_t size, const float *gradients, float *weights, float *first, float *second);

/// The steps from `begins[i]` up to `end` of the i-th row, all with a gradient of zero, each rounded as
/// `ck_rows_adapt` rounds it.
void ck_rows_adapt_idle(ck_instructions instructions, ck_adaptation settings, const ck_adaptation_step *steps,
                        const int32_t *begins, int32_t end, const int64_t *rows, int64_t count, int64_t size,
                        float *weights, float *first, float *second);

#ifdef __cplusplus
}
#endif

#endif
