#ifndef CTORCH_MEMORY_H
#define CTORCH_MEMORY_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Bytes that freed tensors have left behind and the next ones will take over.
int64_t ct_idle_memory(void);
/// Gives them back to the system.
void ct_release_idle_memory(void);

#ifdef __cplusplus
}
#endif
#endif
