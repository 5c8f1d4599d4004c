#include "CKernelsSamples.h"
#include "Dispatch.h"

#define WIDTH 1
#define TARGET
#define NAME(function) plain_##function
#include "SamplesVectors.h"

#define VERSIONS "SamplesVectors.h"
#include "Versions.h"

void ck_samples_measure(ck_instructions instructions, ck_samples samples, ck_sample_measures measures, int64_t begin,
                        int64_t end, float *directions) {
  CALL(measure, samples, measures, begin, end, directions)
}

void ck_samples_gradients(ck_instructions instructions, ck_samples samples, ck_sample_slopes slopes, int64_t begin,
                          int64_t end, const float *directions, float *sums) {
  CALL(gradients, samples, slopes, begin, end, directions, sums)
}

void ck_samples_add_own(ck_instructions instructions, ck_own_rows rows, float *gradients) {
  CALL(add_own, rows, gradients)
}
