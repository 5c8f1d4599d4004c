// The vector versions of resampling, included once per instruction set with
//   WIDTH     sums per vector, a multiple of 4
//   TARGET    the functions' target attribute, or nothing
//   NAME(f)   the functions' names

typedef int32_t NAME(sums) __attribute__((vector_size(4 * WIDTH)));
typedef uint8_t NAME(samples) __attribute__((vector_size(WIDTH)));

TARGET static inline NAME(sums) NAME(load)(const uint8_t *source) {
  NAME(samples) samples;
  __builtin_memcpy(&samples, source, WIDTH);
  return __builtin_convertvector(samples, NAME(sums));
}

/// ⌊sum / 2²²⌋, at most 255.
TARGET static inline NAME(samples) NAME(rounded)(NAME(sums) sum) {
  const NAME(sums) shifted = sum >> PRECISION;
  const NAME(sums) over = shifted > 255;
  return __builtin_convertvector((shifted & ~over) | (over & 255), NAME(samples));
}

/// WIDTH / 4 rows at a time, each pixel with the sample behind it in four lanes. The picture's last row has
/// nothing behind it; what is left of the rows is not done here.
///
/// Returns how many rows were done.
TARGET static int64_t NAME(resample_rows)(const uint8_t *source, uint8_t *target, ck_taps taps, int64_t rows,
                                          int64_t stride) {
  enum { together = WIDTH / 4 };
  const int64_t target_stride = 3 * taps.outputs;
  int64_t row = 0;
  for (; row + together < rows; row += together) {
    const uint8_t *from = source + row * stride;
    uint8_t *to = target + row * target_stride;
    for (int64_t output = 0; output < taps.outputs; ++output) {
      const int32_t *weights = taps.weights + output * taps.width;
      const uint8_t *pixel = from + 3 * (int64_t)taps.first[output];
      NAME(sums) sum = (NAME(sums)){0} + HALF;
      for (int32_t tap = 0; tap < taps.used[output]; ++tap, pixel += 3) {
        uint8_t samples[WIDTH];
        for (int k = 0; k < together; ++k) __builtin_memcpy(samples + 4 * k, pixel + k * stride, 4);
        sum += weights[tap] * NAME(load)(samples);
      }
      const NAME(samples) result = NAME(rounded)(sum);
      uint8_t bytes[WIDTH];
      __builtin_memcpy(bytes, &result, WIDTH);
      for (int k = 0; k < together; ++k) __builtin_memcpy(to + k * target_stride + 3 * output, bytes + 4 * k, 3);
    }
  }
  return row;
}

TARGET static void NAME(resample_columns)(const uint8_t *source, uint8_t *target, ck_taps taps, int64_t stride) {
  for (int64_t output = 0; output < taps.outputs; ++output) {
    const int32_t *weights = taps.weights + output * taps.width;
    const uint8_t *from = source + taps.first[output] * stride;
    uint8_t *to = target + output * stride;
    const int32_t used = taps.used[output];
    int64_t i = 0;
    for (; i + WIDTH <= stride; i += WIDTH) {
      NAME(sums) sum = (NAME(sums)){0} + HALF;
      for (int32_t tap = 0; tap < used; ++tap) sum += weights[tap] * NAME(load)(from + tap * stride + i);
      const NAME(samples) result = NAME(rounded)(sum);
      __builtin_memcpy(to + i, &result, WIDTH);
    }
    for (; i < stride; ++i) to[i] = weighted(from + i, stride, weights, used);
  }
}

#undef WIDTH
#undef TARGET
#undef NAME
