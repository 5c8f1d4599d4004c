// What the overhead of calling operators from Swift is measured against: the same operators, called
// in a loop from C++.
#ifndef CBENCHOPERATORS_H
#define CBENCHOPERATORS_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A tensor borrowed from Swift.
typedef struct cb_tensor_opaque *cb_tensor;

/// Calls an operator of tensors `count` times as the dispatcher's C++ interface has it: arguments onto
/// a stack, the schema's defaults for those left out, `callBoxed`, the result off the stack.
void cb_call_boxed(const char *name, const char *overload, const cb_tensor *arguments, size_t argument_count,
                   size_t count);

/// Functions of C++'s own interface (`at::`), called `count` times. `sum` ignores its second argument.
void cb_call_multiply(cb_tensor first, cb_tensor second, size_t count);
void cb_call_add(cb_tensor first, cb_tensor second, size_t count);
void cb_call_sum(cb_tensor first, cb_tensor second, size_t count);
void cb_call_matmul(cb_tensor first, cb_tensor second, size_t count);

#ifdef __cplusplus
}
#endif
#endif
