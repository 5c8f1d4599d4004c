// The vector version of counting, included once per instruction set with
//   WIDTH     floats per vector
//   TARGET    the functions' target attribute, or nothing
//   NAME(f)   the functions' names

typedef int32_t NAME(count_masks) __attribute__((vector_size(4 * WIDTH)));
// As they lie in memory: at any address.
typedef float NAME(count_memory) __attribute__((vector_size(4 * WIDTH), aligned(4), may_alias));

TARGET static int64_t NAME(count)(const float *values, const float *thresholds, int64_t count) {
  int64_t sum = 0, i = 0;
  // A lane's count fits 32 bits for this long.
  const int64_t longest = (int64_t)WIDTH << 30;
  while (i + WIDTH <= count) {
    const int64_t end = count - i < longest ? count : i + longest;
    // A mask is −1 where it is set. Two sums, so that one addition need not wait for the last.
    NAME(count_masks) first = {0}, second = {0};
    for (; i + 2 * WIDTH <= end; i += 2 * WIDTH) {
      first += *(const NAME(count_memory) *)(values + i) >= *(const NAME(count_memory) *)(thresholds + i);
      second += *(const NAME(count_memory) *)(values + i + WIDTH) >=
                *(const NAME(count_memory) *)(thresholds + i + WIDTH);
    }
    for (; i + WIDTH <= end; i += WIDTH) {
      first += *(const NAME(count_memory) *)(values + i) >= *(const NAME(count_memory) *)(thresholds + i);
    }
    for (int lane = 0; lane < WIDTH; ++lane) sum -= (int64_t)first[lane] + second[lane];
  }
  return sum + plain_count(values + i, thresholds + i, count - i);
}

#undef WIDTH
#undef TARGET
#undef NAME
