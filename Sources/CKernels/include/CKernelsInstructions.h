#ifndef C_KERNELS_INSTRUCTIONS_H
#define C_KERNELS_INSTRUCTIONS_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What a kernel may use of the processor. Each set is a version of every kernel.
typedef enum : int32_t {
  /// One number at a time: what the others are compared with.
  ck_instructions_plain = 0,
  /// Four floats at a time: what every processor of the architecture has.
  ck_instructions_baseline = 1,
  /// Eight floats at a time, with fused multiply-add; x86-64 only.
  ck_instructions_avx2 = 2,
  /// Sixteen floats at a time; x86-64 only.
  ck_instructions_avx512 = 3,
} ck_instructions;

/// Whether this processor has them.
bool ck_instructions_are_available(ck_instructions instructions);

/// The widest that this processor has.
ck_instructions ck_best_instructions(void);

#ifdef __cplusplus
}
#endif

#endif
