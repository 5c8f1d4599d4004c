#include "CKernelsRows.h"
#include "Dispatch.h"

#define WIDTH 1
#define TARGET
#define NAME(function) plain_##function
#include "RowsVectors.h"

#define VERSIONS "RowsVectors.h"
#include "Versions.h"

void ck_rows_descend(ck_instructions instructions, ck_descent settings, float rate, const int64_t *rows, int64_t count,
                     int64_t size, const float *gradients, float *weights, float *velocities) {
  CALL(descend, settings, rate, rows, count, size, gradients, weights, velocities)
}

void ck_rows_descend_idle(ck_instructions instructions, ck_descent settings, const float *rates,
                          const int32_t *begins, int32_t end, const int64_t *rows, int64_t count, int64_t size,
                          float *weights, float *velocities) {
  CALL(descend_idle, settings, rates, begins, end, rows, count, size, weights, velocities)
}

void ck_rows_adapt(ck_instructions instructions, ck_adaptation settings, ck_adaptation_step step, const int64_t *rows,
                   int64_t count, int64_t size, const float *gradients, float *weights, float *first, float *second) {
  CALL(adapt, settings, step, rows, count, size, gradients, weights, first, second)
}

void ck_rows_adapt_idle(ck_instructions instructions, ck_adaptation settings, const ck_adaptation_step *steps,
                        const int32_t *begins, int32_t end, const int64_t *rows, int64_t count, int64_t size,
                        float *weights, float *first, float *second) {
  CALL(adapt_idle, settings, steps, begins, end, rows, count, size, weights, first, second)
}
