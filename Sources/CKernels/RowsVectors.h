// The optimisers' row kernels, one version per instruction set.

#include "Vectors.h"

INLINE TARGET void NAME(descended)(ck_descent settings, float rate, FLOATS gradient, FLOATS *w, FLOATS *v) {
  const FLOATS g = gradient + *w * settings.decay;
  *v = *v * settings.momentum + g;
  const FLOATS change = settings.nesterov ? g + *v * settings.momentum : *v;
  *w = *w - change * rate;
}

TARGET static void NAME(descend)(ck_descent settings, float rate, const int64_t *rows, int64_t count, int64_t size,
                                 const float *gradients, float *weights, float *velocities) {
  for (int64_t r = 0; r < count; ++r) {
    const int64_t start = (rows ? rows[r] : r) * size;
    for (int64_t i = 0; i < size; i += WIDTH) {
      const int64_t left = size - i;
      FLOATS w = NAME(get)(weights + start + i, left), v = {0};
      if (velocities) v = NAME(get)(velocities + start + i, left);
      NAME(descended)(settings, rate, NAME(get)(gradients + r * size + i, left), &w, &v);
      NAME(put)(weights + start + i, w, left);
      if (velocities) NAME(put)(velocities + start + i, v, left);
    }
  }
}

/// Steps of one row depend on each other: so many vectors at a time keep the processor busy meanwhile.
#define VECTORS 8

TARGET static void NAME(descend_idle)(ck_descent settings, const float *rates, const int32_t *begins, int32_t end,
                                      const int64_t *rows, int64_t count, int64_t size, float *weights,
                                      float *velocities) {
  for (int64_t r = 0; r < count; ++r) {
    const int64_t start = (rows ? rows[r] : r) * size;
    for (int64_t i = 0; i < size; i += VECTORS * WIDTH) {
      FLOATS w[VECTORS], v[VECTORS];
      for (int k = 0; k < VECTORS; ++k) {
        const int64_t at = i + k * WIDTH;
        w[k] = NAME(get)(weights + start + at, size - at);
        v[k] = velocities ? NAME(get)(velocities + start + at, size - at) : (FLOATS){0};
      }
      for (int32_t t = begins[r]; t < end; ++t) {
        for (int k = 0; k < VECTORS; ++k) NAME(descended)(settings, rates[t], (FLOATS){0}, w + k, v + k);
      }
      for (int k = 0; k < VECTORS; ++k) {
        const int64_t at = i + k * WIDTH;
        NAME(put)(weights + start + at, w[k], size - at);
        if (velocities) NAME(put)(velocities + start + at, v[k], size - at);
      }
    }
  }
}

/// m and v take in a gradient, and the weight moves.
INLINE TARGET void NAME(adapted)(ck_adaptation settings, ck_adaptation_step step, FLOATS g, FLOATS *w, FLOATS *m,
                                 FLOATS *v) {
  *m = *m + (g - *m) * (1 - settings.beta1);
  const FLOATS square = g * g * (1 - settings.beta2);
  *v = *v * settings.beta2 + square;
  const FLOATS kept = *w * step.keep;
  *w = kept - *m * step.rate / (__builtin_elementwise_sqrt(*v) / step.root + settings.epsilon);
}

TARGET static void NAME(adapt)(ck_adaptation settings, ck_adaptation_step step, const int64_t *rows, int64_t count,
                               int64_t size, const float *gradients, float *weights, float *first, float *second) {
  for (int64_t r = 0; r < count; ++r) {
    const int64_t start = (rows ? rows[r] : r) * size;
    for (int64_t i = 0; i < size; i += WIDTH) {
      const int64_t left = size - i;
      FLOATS w = NAME(get)(weights + start + i, left);
      FLOATS m = NAME(get)(first + start + i, left), v = NAME(get)(second + start + i, left);
      NAME(adapted)(settings, step, NAME(get)(gradients + r * size + i, left), &w, &m, &v);
      NAME(put)(weights + start + i, w, left);
      NAME(put)(first + start + i, m, left);
      NAME(put)(second + start + i, v, left);
    }
  }
}

TARGET static void NAME(adapt_idle)(ck_adaptation settings, const ck_adaptation_step *steps, const int32_t *begins,
                                    int32_t end, const int64_t *rows, int64_t count, int64_t size, float *weights,
                                    float *first, float *second) {
  for (int64_t r = 0; r < count; ++r) {
    const int64_t start = (rows ? rows[r] : r) * size;
    for (int64_t i = 0; i < size; i += VECTORS * WIDTH) {
      FLOATS w[VECTORS], m[VECTORS], v[VECTORS];
      for (int k = 0; k < VECTORS; ++k) {
        const int64_t at = start + i + k * WIDTH, left = size - i - k * WIDTH;
        w[k] = NAME(get)(weights + at, left);
        m[k] = NAME(get)(first + at, left);
        v[k] = NAME(get)(second + at, left);
      }
      for (int32_t t = begins[r]; t < end; ++t) {
        for (int k = 0; k < VECTORS; ++k) NAME(adapted)(settings, steps[t], (FLOATS){0}, w + k, m + k, v + k);
      }
      for (int k = 0; k < VECTORS; ++k) {
        const int64_t at = start + i + k * WIDTH, left = size - i - k * WIDTH;
        NAME(put)(weights + at, w[k], left);
        NAME(put)(first + at, m[k], left);
        NAME(put)(second + at, v[k], left);
      }
    }
  }
}

#undef VECTORS
#include "VectorsEnd.h"
