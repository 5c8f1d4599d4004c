#include "CKernelsCounting.h"
#include "Dispatch.h"

static int64_t plain_count(const float *values, const float *thresholds, int64_t count) {
  int64_t sum = 0;
  for (int64_t i = 0; i < count; ++i) sum += values[i] >= thresholds[i];
  return sum;
}

#define VERSIONS "CountingVectors.h"
#include "Versions.h"

int64_t ck_count_at_least(ck_instructions instructions, const float *values, const float *thresholds,
                          int64_t count) {
  CALL(count, values, thresholds, count)
}
