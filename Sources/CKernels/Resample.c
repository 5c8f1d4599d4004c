#include "CKernelsResample.h"

#define PRECISION 22
#define HALF (1 << (PRECISION - 1))

/// Of `used` samples that lie `step` apart.
static inline uint8_t weighted(const uint8_t *source, int64_t step, const int32_t *weights, int32_t used) {
  int32_t sum = HALF;
  for (int32_t tap = 0; tap < used; ++tap) sum += weights[tap] * source[tap * step];
  const int32_t shifted = sum >> PRECISION;
  return shifted > 255 ? 255 : (uint8_t)shifted;
}

static void plain_rows(const uint8_t *source, uint8_t *target, ck_taps taps, int64_t rows, int64_t inputs,
                       int64_t channels) {
  for (int64_t row = 0; row < rows; ++row) {
    for (int64_t output = 0; output < taps.outputs; ++output) {
      const uint8_t *pixel = source + (row * inputs + taps.first[output]) * channels;
      for (int64_t channel = 0; channel < channels; ++channel) {
        target[(row * taps.outputs + output) * channels + channel] =
            weighted(pixel + channel, channels, taps.weights + output * taps.width, taps.used[output]);
      }
    }
  }
}

static void plain_columns(const uint8_t *source, uint8_t *target, ck_taps taps, int64_t stride) {
  for (int64_t output = 0; output < taps.outputs; ++output) {
    for (int64_t i = 0; i < stride; ++i) {
      target[output * stride + i] =
          weighted(source + taps.first[output] * stride + i, stride, taps.weights + output * taps.width,
                   taps.used[output]);
    }
  }
}

#define WIDTH 4
#define TARGET
#define NAME(f) f##_baseline
#include "ResampleVectors.h"

#if defined(__x86_64__)
#define WIDTH 8
#define TARGET __attribute__((target("avx2,fma")))
#define NAME(f) f##_avx2
#include "ResampleVectors.h"
#endif

void ck_resample_rows(ck_instructions instructions, const uint8_t *source, uint8_t *target, ck_taps taps,
                      int64_t rows, int64_t inputs, int64_t channels) {
  int64_t done = 0;
  if (channels == 3) {
    switch (instructions) {
      case ck_instructions_plain: break;
#if defined(__x86_64__)
      case ck_instructions_avx2:
      case ck_instructions_avx512:
        done = resample_rows_avx2(source, target, taps, rows, 3 * inputs);
        break;
#endif
      default: done = resample_rows_baseline(source, target, taps, rows, 3 * inputs);
    }
  }
  plain_rows(source + done * inputs * channels, target + done * taps.outputs * channels, taps, rows - done, inputs,
             channels);
}

void ck_resample_columns(ck_instructions instructions, const uint8_t *source, uint8_t *target, ck_taps taps,
                         int64_t stride) {
  switch (instructions) {
    case ck_instructions_plain: plain_columns(source, target, taps, stride); break;
#if defined(__x86_64__)
    case ck_instructions_avx2:
    case ck_instructions_avx512: resample_columns_avx2(source, target, taps, stride); break;
#endif
    default: resample_columns_baseline(source, target, taps, stride);
  }
}
