#ifndef C_KERNELS_RESAMPLE_H
#define C_KERNELS_RESAMPLE_H

#include "CKernelsInstructions.h"

#ifdef __cplusplus
extern "C" {
#endif

/// For each output of an axis which inputs it averages, and with what weights: whole multiples of 2⁻²² that
/// are not negative and sum to 1, nearly. Output i is
///
///     min(255, ⌊(2²¹ + Σ_k weights[i · width + k] · input[first[i] + k]) / 2²²⌋),  k = 0 … used[i] − 1
///
/// in whole numbers, so that every version gives the same.
typedef struct {
  const int32_t *first;
  const int32_t *used;
  const int32_t *weights;
  /// Places set aside for the weights of an output.
  int64_t width;
  int64_t outputs;
} ck_taps;

/// Resamples the columns of `rows` rows of `inputs` pixels of `channels` samples, 1 or 3, side by side.
void ck_resample_rows(ck_instructions instructions, const uint8_t *source, uint8_t *target, ck_taps taps,
                      int64_t rows, int64_t inputs, int64_t channels);

/// Resamples the rows of a picture with `stride` samples in a row.
void ck_resample_columns(ck_instructions instructions, const uint8_t *source, uint8_t *target, ck_taps taps,
                         int64_t stride);

#ifdef __cplusplus
}
#endif

#endif
