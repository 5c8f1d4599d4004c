#ifndef C_KERNELS_COUNTING_H
#define C_KERNELS_COUNTING_H

#include "CKernelsInstructions.h"

#ifdef __cplusplus
extern "C" {
#endif

/// How many of `count` values are not below their thresholds. A comparison with NaN is false.
int64_t ck_count_at_least(ck_instructions instructions, const float *values, const float *thresholds,
                          int64_t count);

#ifdef __cplusplus
}
#endif

#endif
