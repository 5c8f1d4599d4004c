#include "CKernelsClasses.h"
#include "Dispatch.h"

#define WIDTH 1
#define TARGET
#define NAME(function) plain_##function
#include "ClassesVectors.h"

#define VERSIONS "ClassesVectors.h"
#include "Versions.h"

void ck_classes_exponentials(ck_instructions instructions, ck_class_tile tile, ck_class_rows state, int64_t first,
                             int64_t begin, int64_t end, float *scores) {
  CALL(exponentials, tile, state, first, begin, end, scores)
}

void ck_classes_probabilities(ck_instructions instructions, ck_class_tile tile, const float *log_sums,
                              int64_t begin, int64_t end, float *scores) {
  CALL(probabilities, tile, log_sums, begin, end, scores)
}

void ck_classes_logistic(ck_instructions instructions, ck_class_tile tile, ck_class_rows state,
                         ck_class_function function, int64_t first, int64_t begin, int64_t end, float *scores,
                         double *sigmoids) {
  CALL(logistic, tile, state, function, first, begin, end, scores, sigmoids)
}

bool ck_classes_inverse_norms(ck_instructions instructions, const float *weights, int64_t rows, int64_t size,
                              float *inverse_norms) {
  CALL(inverse_norms, weights, rows, size, inverse_norms)
}

void ck_classes_tangent(ck_instructions instructions, const float *weights, const float *inverse_norms,
                        int64_t rows, int64_t size, const float *from, float *to) {
  CALL(tangent, weights, inverse_norms, rows, size, from, to)
}
