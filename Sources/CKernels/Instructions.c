#include "CKernelsInstructions.h"

bool ck_instructions_are_available(ck_instructions instructions) {
  switch (instructions) {
    case ck_instructions_plain:
    case ck_instructions_baseline:
      return true;
#if defined(__x86_64__)
    case ck_instructions_avx2:
      return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    case ck_instructions_avx512:
      return __builtin_cpu_supports("avx512f");
#endif
    default:
      return false;
  }
}

ck_instructions ck_best_instructions(void) {
  if (ck_instructions_are_available(ck_instructions_avx512)) return ck_instructions_avx512;
  if (ck_instructions_are_available(ck_instructions_avx2)) return ck_instructions_avx2;
  return ck_instructions_baseline;
}
