#include "CKernelsCounting.h"

static int64_t plain_count(const float *values, const float *thresholds, int64_t count) {
  int64_t sum = 0;
  for (int64_t i = 0; i < count; ++i) sum += values[i] >= thresholds[i];
  return sum;
}

#define WIDTH 4
#define TARGET
#define NAME(function) baseline_##function
#include "CountingVectors.h"

#if defined(__x86_64__)
#define WIDTH 8
#define TARGET __attribute__((target("avx2,fma")))
#define NAME(function) avx2_##function
#include "CountingVectors.h"

#define WIDTH 16
#define TARGET __attribute__((target("avx512f")))
#define NAME(function) avx512_##function
#include "CountingVectors.h"
#endif

int64_t ck_count_at_least(ck_instructions instructions, const float *values, const float *thresholds,
                          int64_t count) {
  switch (instructions) {
    case ck_instructions_plain:
      return plain_count(values, thresholds, count);
#if defined(__x86_64__)
    case ck_instructions_avx2:
      return avx2_count(values, thresholds, count);
    case ck_instructions_avx512:
      return avx512_count(values, thresholds, count);
#endif
    default:
      return baseline_count(values, thresholds, count);
  }
}
