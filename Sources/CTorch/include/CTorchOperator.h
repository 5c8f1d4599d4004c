// Calling an operator: push its arguments in order, call it, take its results.
//
//   ct_push_tensor(a); ct_push_tensor(b); ct_push_real(1.0);
//   ct_tensor sum = ct_call_tensor(add, 3);
//
// The argument stack belongs to the thread. Arguments left out at the end take the schema's
// defaults. Each argument is checked against the schema before the call.
#ifndef CTORCH_OPERATOR_H
#define CTORCH_OPERATOR_H

#include "CTorchTensor.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef const struct ct_operator_opaque *ct_operator;
typedef struct ct_generator_opaque *ct_generator;

/// The operator of a schema name such as "aten::add" and overload "Tensor" ("" for none).
/// It lives as long as the process. NULL when this libtorch has no such operator.
ct_operator ct_operator_find(const char *name, const char *overload);

void ct_push_none(void);
void ct_push_tensor(ct_tensor tensor);
void ct_push_integer(int64_t value);
void ct_push_real(double value);
void ct_push_boolean(bool value);
void ct_push_string(const char *value);
void ct_push_device(int32_t type, int32_t index);
void ct_push_generator(ct_generator generator);
void ct_push_integers(const int64_t *values, size_t count);
void ct_push_reals(const double *values, size_t count);
void ct_push_booleans(const bool *values, size_t count);
/// NULL entries stand for absent tensors (as in indexing).
void ct_push_tensors(const ct_tensor *values, size_t count);

/// Calls an operator that returns one tensor. NULL on failure.
ct_tensor ct_call_tensor(ct_operator op, size_t argument_count);

/// Calls an operator and keeps its results for the `ct_result_` functions until the next push
/// or call. Returns the number of results (a list of tensors counts each of its tensors), or -1.
int64_t ct_call(ct_operator op, size_t argument_count);
/// NULL when that result is absent or no tensor.
ct_tensor ct_result_tensor(size_t index);
double ct_result_real(size_t index);
int64_t ct_result_integer(size_t index);

#ifdef __cplusplus
}
#endif
#endif
