#ifndef CTORCH_AUTOCAST_H
#define CTORCH_AUTOCAST_H

#include "CTorchTensor.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Whether operators of a device type can be made to compute in bfloat16.
bool ct_autocast_is_available(int32_t device_type);

/// Begins to compute matrix products and convolutions in bfloat16, on this thread and this device type.
/// Returns a negative number on failure.
int32_t ct_autocast_begin(int32_t device_type);

/// Ends it, and forgets the weights that were converted on the way.
int32_t ct_autocast_end(int32_t device_type);

#ifdef __cplusplus
}
#endif
#endif
