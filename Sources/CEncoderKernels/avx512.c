#define EXPORTED(name) name##_avx512
#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,fma"))), apply_to = function)
#include "float_kernels.h"

twin_row_scale twin_quantize_u8(
    const float *values, const float *smoothing, size_t count, uint8_t *output) {
  typedef uint8_t bytes __attribute__((ext_vector_type(16)));
  floats most = all(0), least = all(0);
  for (size_t i = 0; i < count; i += LANES) {
    floats x = load(values + i);
    if (smoothing) x *= load(smoothing + i);
    most = larger(most, x);
    least = smaller(least, x);
  }
  float low = smallest_of(least), range = largest_of(most) - low;
  float inverse = range > 0 ? 255.0f / range : 0;
  // Adding 1.5 * 2^23 rounds to an integer, which then stands in the low bits.
  float zero = (-low * inverse + 12582912.0f) - 12582912.0f;
  for (size_t i = 0; i < count; i += LANES) {
    floats x = load(values + i);
    if (smoothing) x *= load(smoothing + i);
    x = smaller(larger(x * inverse + zero, all(0)), all(255)) + 12582912.0f;
    bytes rounded = __builtin_convertvector((ints)x & 255, bytes);
    memcpy(output + i, &rounded, LANES);
  }
  // What is not a number stays so by the scale.
  return (twin_row_scale){.scale = range / 255.0f, .zero = zero == zero ? (int32_t)zero : 0};
}

float twin_quantize_s8(const float *values, const float *factors, size_t count, int8_t *output, int32_t *sum) {
  typedef int8_t bytes __attribute__((ext_vector_type(16)));
  floats most = all(0), strange = all(0);
  for (size_t i = 0; i < count; i += LANES) {
    floats x = load(values + i) * load(factors + i);
    most = larger(__builtin_elementwise_abs(x), most);
    // Zero, but for what is not a number or infinite.
    strange += x - x;
  }
  float peak = largest_of(most);
  int is_usual = sum_of(strange) == 0 && peak > 0;
  float inverse = is_usual ? 127.0f / peak : 0;
  ints sums = 0;
  for (size_t i = 0; i < count; i += LANES) {
    floats x = is_usual ? load(values + i) * load(factors + i) * inverse : all(0);
    // Rounds as in twin_quantize_u8.
    ints rounded = (ints)(x + 12582912.0f) - (ints)all(12582912.0f);
    bytes narrow = __builtin_convertvector(rounded, bytes);
    memcpy(output + i, &narrow, LANES);
    sums += rounded;
  }
  *sum = __builtin_reduce_add(sums);
  return sum_of(strange) == 0 ? peak / 127.0f : __builtin_nanf("");
}

void twin_raise_peaks(const float *values, size_t count, float *peaks) {
  for (size_t i = 0; i < count; i += LANES) {
    store(peaks + i, larger(__builtin_elementwise_abs(load(values + i)), load(peaks + i)));
  }
}

void twin_dequantize_u8(
    const int32_t *sums, twin_row_scale row, const twin_column_scales *columns, size_t count, float *output) {
  for (size_t i = 0; i < count; i += LANES) {
    ints sum = load_ints(sums + i) - load_ints(columns->sums + i) * row.zero;
    floats x = __builtin_convertvector(sum, floats) * row.scale;
    store(output + i, x * load(columns->scales + i) + load(columns->biases + i));
  }
}

#pragma clang attribute pop
#endif
