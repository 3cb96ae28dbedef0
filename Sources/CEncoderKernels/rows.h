#pragma once
#include "vectors.h"

// What is computed row by row.

INLINED void add_normalize(
    const float *left, const float *right, const float *gain, const float *shift, float epsilon, size_t count,
    float *output) {
  floats sums = all(0);
  for (size_t i = 0; i < count; i += LANES) {
    floats x = load(left + i) + load(right + i);
    store(output + i, x);
    sums += x;
  }
  floats mean = all(sum_of(sums) / (float)count);
  floats squares = all(0);
  for (size_t i = 0; i < count; i += LANES) {
    floats x = load(output + i) - mean;
    squares += x * x;
  }
  floats scale = all(1.0f / __builtin_sqrtf(sum_of(squares) / (float)count + epsilon));
  for (size_t i = 0; i < count; i += LANES) {
    store(output + i, (load(output + i) - mean) * scale * load(gain + i) + load(shift + i));
  }
}
