#ifndef C_KERNELS_SAMPLES_H
#define C_KERNELS_SAMPLES_H

#include "CKernelsInstructions.h"

#ifdef __cplusplus
extern "C" {
#endif

// What a head does with each sample x of a batch and the weights w of its own class. Rows are contiguous, and
// callers spread the samples over threads.

typedef struct {
  /// Numbers in a row.
  int64_t size;
  /// A row per sample: x, and w.
  const float *features;
  const float *weights;
} ck_samples;

/// ‖x‖, ‖w‖ and x · w of each sample, summed in double precision. A row without an entry of 2⁻¹⁰⁰ counts as zero.
typedef struct {
  double *norms;
  double *lengths;
  double *products;
} ck_sample_measures;

/// Fills in the measures, and x/‖x‖ in `directions` (0 for a row that counts as zero), which may be NULL.
void ck_samples_measure(ck_instructions instructions, ck_samples samples, ck_sample_measures measures, int64_t begin,
                        int64_t end, float *directions);

/// How a loss depends on each sample: with S = Σ_c G_c w_c over the other classes and d = x/‖x‖,
///
///     g = others · S + own · w    by the direction, or by x where directions do not count,
///     r = along + along_sum · (S · d)    by the length ‖x‖.
typedef struct {
  const double *norms;
  const float *others, *own, *along, *along_sum;
  /// Whether g is by the direction: then (g − (g · d) d)/‖x‖ is by x.
  bool is_normalized;
} ck_sample_slopes;

/// Turns the sums S, a row per sample, into the loss's gradient by x. `directions` holds d where directions count.
/// A row that counts as zero has none.
void ck_samples_gradients(ck_instructions instructions, ck_samples samples, ck_sample_slopes slopes, int64_t begin,
                          int64_t end, const float *directions, float *sums);

/// A tile of the classes' gradients, and what each of `count` samples adds to that of its own class:
///
///     own · inverse_norm · row + lengthwise · w
///
/// with `column` the class's place in the tile, −1 where it is in another one. `lengthwise` may be NULL.
typedef struct {
  int64_t count, size;
  const int32_t *columns;
  const float *inverse_norms, *rows, *weights;
  const float *own, *lengthwise;
} ck_own_rows;

void ck_samples_add_own(ck_instructions instructions, ck_own_rows rows, float *gradients);

#ifdef __cplusplus
}
#endif

#endif
