#ifndef CTORCH_DEVICE_H
#define CTORCH_DEVICE_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The version that this library was compiled against, such as "2.13.0".
const char *ct_compiled_version(void);
/// The version that is loaded now.
const char *ct_loaded_version(void);
/// What libtorch says of its own build (compiler, BLAS, instruction sets).
const char *ct_build_description(void);

/// How many CUDA devices can be used. Loads libtorch's CUDA libraries when they lie beside it.
int32_t ct_cuda_device_count(void);
bool ct_mps_is_available(void);
/// Waits until all work queued on a CUDA or MPS device is done. Returns a negative number on failure.
int32_t ct_synchronize(int32_t device_type, int32_t device_index);

int32_t ct_thread_count(void);
void ct_set_thread_count(int32_t count);

#ifdef __cplusplus
}
#endif
#endif
