#if defined(__x86_64__)
#include <immintrin.h>
#include "encoder_kernels.h"

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512bf16,fma"))), apply_to = function)
// Two bfloat16 lie in 32 bits, and one instruction multiplies both and adds the products.
#define NUMBER uint16_t
#define WIDTH 2
#include "rows.h"

INLINED floats product(floats sum, floats a, floats b) {
  return (floats)_mm512_dpbf16_ps((__m512)sum, (__m512bh)a, (__m512bh)b);
}

INLINED void store_outputs(uint16_t *output, floats x) {
  __m256bh rounded = _mm512_cvtneps_pbh((__m512)x);
  memcpy(output, &rounded, sizeof(rounded));
}

// The numbers of two rows one after the other, a zero where there is no second row.
INLINED void pack_values(
    const uint16_t *values, size_t stride, size_t length, size_t size, int32_t *output) {
  typedef uint16_t row16 __attribute__((ext_vector_type(16)));
  typedef uint16_t pairs __attribute__((ext_vector_type(32)));
  for (size_t row = 0; row < length; row += 2) {
    for (size_t column = 0; column < size; column += LANES) {
      size_t present = column + LANES <= size ? LANES : size - column;
      row16 first = 0, second = 0;
      memcpy(&first, values + row * stride + column, present * 2);
      if (row + 1 < length) memcpy(&second, values + (row + 1) * stride + column, present * 2);
      pairs both = __builtin_shufflevector(
          first, second, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28,
          13, 29, 14, 30, 15, 31);
      memcpy(output + row / 2 * rounded_up(size, OUTPUTS) + column, &both, sizeof(both));
    }
  }
}

// In place of floats: the bfloat16 lie in the first half of the row.
INLINED void store_weights(float *row, size_t index, floats x) { store_outputs((uint16_t *)row + index, x); }

#include "attention.h"

void twin_attention_bf16(const twin_attention_head *head) { attend(head); }

void twin_round_bf16(const float *values, size_t count, uint16_t *output) {
  for (size_t i = 0; i < count; i += LANES) store_outputs(output + i, load(values + i));
}

void twin_widen_bf16(const uint16_t *values, size_t count, float *output) {
  for (size_t i = 0; i < count; i++) {
    uint32_t bits = (uint32_t)values[i] << 16;
    memcpy(output + i, &bits, sizeof(bits));
  }
}

void twin_gelu_bf16(const float *values, size_t count, uint16_t *output) {
  for (size_t i = 0; i < count; i += LANES) store_outputs(output + i, gelu(load(values + i)));
}

#pragma clang attribute pop
#endif
