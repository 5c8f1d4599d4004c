#ifndef CTORCH_PARALLEL_H
#define CTORCH_PARALLEL_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Calls `body` with every index below `count`, on the threads on which libtorch's operators run. Each
/// thread takes indices that follow one another. Returns false, having done nothing, where those threads
/// cannot be had.
bool ct_parallel(int64_t count, void (*body)(void *context, int64_t index), void *context);

#ifdef __cplusplus
}
#endif
#endif
