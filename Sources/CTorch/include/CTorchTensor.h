#ifndef CTORCH_TENSOR_H
#define CTORCH_TENSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// One owned reference to a tensor.
typedef struct ct_tensor_opaque *ct_tensor;

ct_tensor ct_tensor_retain(ct_tensor tensor);
void ct_tensor_release(ct_tensor tensor);

/// A tensor over memory that somebody else owns. `release(context)` is called once, when the
/// last tensor over that memory is gone. NULL on failure (then `release` is not called).
ct_tensor ct_tensor_from_memory(void *memory, const int64_t *shape, size_t rank, int32_t scalar_type,
                                void (*release)(void *context), void *context);

int64_t ct_tensor_rank(ct_tensor tensor);
int64_t ct_tensor_size(ct_tensor tensor, int64_t dimension);
int64_t ct_tensor_stride(ct_tensor tensor, int64_t dimension);
int64_t ct_tensor_count(ct_tensor tensor);
int32_t ct_tensor_scalar_type(ct_tensor tensor);
int32_t ct_tensor_device_type(ct_tensor tensor);
int32_t ct_tensor_device_index(ct_tensor tensor);
bool ct_tensor_is_contiguous(ct_tensor tensor);

/// The first element's address, on the tensor's own device. NULL when it has no memory.
void *ct_tensor_memory(ct_tensor tensor);

/// Two references to the same tensor object (not merely equal values).
bool ct_tensor_is_same(ct_tensor first, ct_tensor second);

#ifdef __cplusplus
}
#endif
#endif
