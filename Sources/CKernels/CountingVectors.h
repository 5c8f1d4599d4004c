// Counting, one version per instruction set.

#include "Vectors.h"

TARGET static int64_t NAME(count)(const float *values, const float *thresholds, int64_t count) {
  int64_t sum = 0, i = 0;
  // A lane's count fits 32 bits for this long.
  const int64_t longest = (int64_t)WIDTH << 30;
  while (i + WIDTH <= count) {
    const int64_t end = count - i < longest ? count : i + longest;
    // A mask is −1 where it is set. Two sums, so that one addition need not wait for the last.
    NAME(masks) first = {0}, second = {0};
    for (; i + 2 * WIDTH <= end; i += 2 * WIDTH) {
      first += LOAD(values + i) >= LOAD(thresholds + i);
      second += LOAD(values + i + WIDTH) >= LOAD(thresholds + i + WIDTH);
    }
    for (; i + WIDTH <= end; i += WIDTH) {
      first += LOAD(values + i) >= LOAD(thresholds + i);
    }
    for (int lane = 0; lane < WIDTH; ++lane) sum -= (int64_t)first[lane] + second[lane];
  }
  return sum + plain_count(values + i, thresholds + i, count - i);
}

#include "VectorsEnd.h"
