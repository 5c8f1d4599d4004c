#ifndef C_KERNELS_CLASSES_H
#define C_KERNELS_CLASSES_H

#include "CKernelsInstructions.h"

#ifdef __cplusplus
extern "C" {
#endif

// What a head does with the products x · w of a batch and a tile of its classes, while they are in the cache.
//
// Row b of a tile belongs to a sample, column c to a class; `scores` holds rows × classes products and takes
// what the gradients' matrix products need. The logit of a class is
//
//     z = scale_b · η(inverse_norm_c · score) + bias_c
//
// with η(u) = u, or 2 ((u + 1) / 2)ᵗ − 1 + offset. Callers spread rows over threads.

typedef struct {
  int64_t classes;
  /// ρ of each row.
  const float *scales;
  /// 1 / ‖w‖ of each column.
  const float *inverse_norms;
  /// NULL for none; one per column.
  const float *biases;
  /// The column of each row's own class, which is left out; −1 where it is in another tile.
  const int32_t *own;
} ck_class_tile;

/// What is carried from tile to tile, for each row.
typedef struct {
  /// What is taken from the logits before their exponentials, and those exponentials' sum.
  float *shifts;
  double *sums;
  /// By how much this tile changed the shift: what was summed up before has to be multiplied by it.
  float *factors;
  /// The largest logit without margin, own class included, and its class; −1 before the first.
  float *best;
  int64_t *best_class;
} ck_class_rows;

/// Turns scores into exp(z − shift) · inverse_norm and adds the exponentials to the rows' sums. `first` is the
/// number of the tile's first class.
void ck_classes_exponentials(ck_instructions instructions, ck_class_tile tile, ck_class_rows state, int64_t first,
                             int64_t begin, int64_t end, float *scores);

/// Turns scores into exp(z − log_sum) · inverse_norm, with the sums known from a first pass.
void ck_classes_probabilities(ck_instructions instructions, ck_class_tile tile, const float *log_sums,
                              int64_t begin, int64_t end, float *scores);

/// The function η of a one-vs-all objective.
typedef struct {
  /// t, from 1 on.
  int32_t exponent;
  float offset;
  /// Whether gradients go through η by its slope, or as if it were u.
  bool has_slope;
} ck_class_function;

/// Adds log(1 + eᶻ) to the rows' `sums` and σ(z) to `sigmoids`, and turns scores into
/// σ(z) · η′ · inverse_norm. Shifts and factors are not used.
void ck_classes_logistic(ck_instructions instructions, ck_class_tile tile, ck_class_rows state,
                         ck_class_function function, int64_t first, int64_t begin, int64_t end, float *scores,
                         double *sigmoids);

/// 1 / ‖w‖ of each row of [rows, size]. Returns false when a norm is not between 1e-10 and 1e10.
bool ck_classes_inverse_norms(ck_instructions instructions, const float *weights, int64_t rows, int64_t size,
                              float *inverse_norms);

/// From the gradient g / ‖w‖ of directions to that of the weights: g − (g · w) w / ‖w‖². `to` may be `from`.
void ck_classes_tangent(ck_instructions instructions, const float *weights, const float *inverse_norms,
                        int64_t rows, int64_t size, const float *from, float *to);

#ifdef __cplusplus
}
#endif

#endif
