// Vectors of WIDTH floats, for the files that are included once per instruction set with
//   WIDTH     floats per vector; 1 is the plain version
//   TARGET    the functions' target attribute, or nothing
//   NAME(f)   the functions' names
// They end with VectorsEnd.h.

typedef float NAME(floats) __attribute__((vector_size(4 * WIDTH)));
typedef int32_t NAME(masks) __attribute__((vector_size(4 * WIDTH)));
// As they lie in memory: at any address.
typedef float NAME(memory) __attribute__((vector_size(4 * WIDTH), aligned(4), may_alias));

#define FLOATS NAME(floats)
#define LOAD(pointer) (*(const NAME(memory) *)(pointer))
#define STORE(pointer, value) (*(NAME(memory) *)(pointer) = (value))
/// Lanes of `yes` where the mask is set, of `no` elsewhere.
#define CHOOSE(mask, yes, no) ((FLOATS)(((mask) & (NAME(masks))(yes)) | (~(mask) & (NAME(masks))(no))))

#define INLINE __attribute__((always_inline)) static inline

/// Up to WIDTH numbers, zeros behind them.
INLINE TARGET FLOATS NAME(get)(const float *from, int64_t count) {
  if (count >= WIDTH) return LOAD(from);
  FLOATS values = {0};
  for (int64_t k = 0; k < count; ++k) values[k] = from[k];
  return values;
}

INLINE TARGET void NAME(put)(float *to, FLOATS values, int64_t count) {
  if (count >= WIDTH) {
    STORE(to, values);
  } else {
    for (int64_t k = 0; k < count; ++k) to[k] = values[k];
  }
}

INLINE TARGET float NAME(total)(FLOATS values) {
  float sum = 0;
  for (int lane = 0; lane < WIDTH; ++lane) sum += values[lane];
  return sum;
}

/// The inner product of two rows; two sums, so that one addition need not wait for the last.
INLINE TARGET float NAME(dot)(const float *one, const float *other, int64_t size) {
  FLOATS first = {0}, second = {0};
  int64_t i = 0;
  for (; i + 2 * WIDTH <= size; i += 2 * WIDTH) {
    first += LOAD(one + i) * LOAD(other + i);
    second += LOAD(one + i + WIDTH) * LOAD(other + i + WIDTH);
  }
  float sum = NAME(total)(first + second);
  for (; i < size; ++i) sum += one[i] * other[i];
  return sum;
}
