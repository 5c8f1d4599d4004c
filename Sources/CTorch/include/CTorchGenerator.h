#ifndef CTORCH_GENERATOR_H
#define CTORCH_GENERATOR_H

#include "CTorchOperator.h"

#ifdef __cplusplus
extern "C" {
#endif

/// A generator of random numbers of its own, apart from libtorch's global one. NULL on failure.
ct_generator ct_generator_create(int32_t device_type, int32_t device_index, uint64_t seed);
void ct_generator_release(ct_generator generator);
/// The whole state as a tensor of bytes. NULL on failure.
ct_tensor ct_generator_state(ct_generator generator);
int32_t ct_generator_set_state(ct_generator generator, ct_tensor state);

#ifdef __cplusplus
}
#endif
#endif
