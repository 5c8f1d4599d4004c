// Calls the version of a kernel that was asked for: CALL(name, arguments…), in a function whose argument
// `instructions` says which.
#if defined(__x86_64__)
#define CALL(function, ...)                                     \
  switch (instructions) {                                       \
    case ck_instructions_plain:                                 \
      return plain_##function(__VA_ARGS__);                     \
    case ck_instructions_avx2:                                  \
      return avx2_##function(__VA_ARGS__);                      \
    case ck_instructions_avx512:                                \
      return avx512_##function(__VA_ARGS__);                    \
    default:                                                    \
      return baseline_##function(__VA_ARGS__);                  \
  }
#else
#define CALL(function, ...)                                     \
  return instructions == ck_instructions_plain ? plain_##function(__VA_ARGS__) : baseline_##function(__VA_ARGS__);
#endif
