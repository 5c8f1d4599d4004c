#ifndef CTORCH_OBSERVATION_H
#define CTORCH_OBSERVATION_H

#include "CTorchTensor.h"

#ifdef __cplusplus
extern "C" {
#endif

/// The first operator whose result held a number that is not finite.
typedef struct {
  /// The schema name, cut off where it is longer.
  char operation[128];
  /// Which of the known tensors was an argument of it, or else of the last operator before that had
  /// one; negative where none had.
  int64_t tensor;
  /// Whether it was an argument of this operator itself.
  bool is_argument;
} ct_finding;

/// Looks, on this thread and until `ct_watch_end`, at the result of every operator that is called from
/// outside libtorch. Each result is read once more. Returns a negative number on failure.
int32_t ct_watch_begin(const ct_tensor *known, size_t count);

/// Stops looking. Whether there was such an operator.
bool ct_watch_end(ct_finding *finding);

#ifdef __cplusplus
}
#endif
#endif
