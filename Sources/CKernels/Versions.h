// The versions of a kernel: includes the file that VERSIONS names once per instruction set that has vectors.
// That file defines functions by NAME(f), with the attribute TARGET, for vectors of WIDTH floats, and ends
// with VectorsEnd.h.

#define WIDTH 4
#define TARGET
#define NAME(function) baseline_##function
#include VERSIONS

#if defined(__x86_64__)
#define WIDTH 8
#define TARGET __attribute__((target("avx2,fma")))
#define NAME(function) avx2_##function
#include VERSIONS

#define WIDTH 16
#define TARGET __attribute__((target("avx512f")))
#define NAME(function) avx512_##function
#include VERSIONS
#endif

#undef VERSIONS
