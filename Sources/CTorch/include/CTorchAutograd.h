#ifndef CTORCH_AUTOGRAD_H
#define CTORCH_AUTOGRAD_H

#include "CTorchTensor.h"

#ifdef __cplusplus
extern "C" {
#endif

bool ct_tensor_requires_gradient(ct_tensor tensor);
int32_t ct_tensor_set_requires_gradient(ct_tensor tensor, bool value);
bool ct_tensor_is_leaf(ct_tensor tensor);
/// NULL when no gradient has been accumulated.
ct_tensor ct_tensor_gradient(ct_tensor tensor);
/// NULL clears the gradient.
int32_t ct_tensor_set_gradient(ct_tensor tensor, ct_tensor gradient);

/// Whether operations on this thread are being recorded.
bool ct_gradient_mode(void);
void ct_set_gradient_mode(bool enabled);
/// Names the operator whose backward produced a NaN, at a cost in time. Process-wide.
void ct_set_anomaly_mode(bool enabled);

/// Accumulates gradients of `tensor` into the leaves. `seed` is the gradient of the tensor itself
/// (NULL: one, for a scalar). Returns a negative number on failure.
int32_t ct_backward(ct_tensor tensor, ct_tensor seed, bool retain_graph, bool create_graph);

/// Gradients of `outputs` with respect to `inputs`, into `gradients` (owned; NULL for an input
/// that `outputs` do not depend on, which is an error unless `allow_unused`).
int32_t ct_gradients(const ct_tensor *outputs, const ct_tensor *seeds, size_t output_count,
                     const ct_tensor *inputs, size_t input_count, bool retain_graph,
                     bool create_graph, bool allow_unused, ct_tensor *gradients);

/// A backward pass written elsewhere. It borrows `seeds` (NULL where an output has no gradient)
/// and stores owned gradients (or NULL) for each input. It returns NULL, or a message that it
/// allocated with malloc and that the caller frees.
typedef char *(*ct_backward_function)(void *context, const ct_tensor *seeds, size_t seed_count,
                                      ct_tensor *gradients, size_t input_count);

/// Joins `outputs`, computed without recording, to `inputs` by one node of the autograd graph.
/// `outputs` are detached first, so that they belong to this node alone; the joined tensors are
/// stored in `joined` (owned). `release(context)` is called once: when a
/// backward pass that keeps no graph has left the node, or the node is gone.
/// Returns a negative number on failure (then `release` has been called too).
int32_t ct_function(const char *name, const ct_tensor *inputs, size_t input_count,
                    const ct_tensor *outputs, size_t output_count, ct_backward_function backward,
                    void (*release)(void *context), void *context, ct_tensor *joined);

#ifdef __cplusplus
}
#endif
#endif
