#pragma once
#include <stddef.h>
#include <stdint.h>
#include <string.h>

// Functions of these types are all inlined, so that it does not matter how they would be passed.
#pragma clang diagnostic ignored "-Wpsabi"

// Vectors of 16 floats by Clang's vector types, so that one text serves every processor: each file that includes this is
// compiled for one, and the compiler makes two or four instructions of one where registers are narrower.
typedef float floats __attribute__((ext_vector_type(16)));
typedef int32_t ints __attribute__((ext_vector_type(16)));
typedef float unaligned_floats __attribute__((ext_vector_type(16), aligned(4), may_alias));
typedef int32_t unaligned_ints __attribute__((ext_vector_type(16), aligned(2), may_alias));
typedef float unaligned_float __attribute__((aligned(2), may_alias));

#define INLINED static inline __attribute__((always_inline))
#define LANES 16

// Queries that are worked on together, and numbers of their outputs: as many sums as registers hold.
#define QUERIES 8
#define OUTPUTS 32

INLINED size_t rounded_up(size_t count, size_t multiple) { return (count + multiple - 1) / multiple * multiple; }

INLINED floats load(const float *p) { return *(const unaligned_floats *)p; }
INLINED void store(float *p, floats x) { *(unaligned_floats *)p = x; }
INLINED ints load_ints(const void *p) { return *(const unaligned_ints *)p; }
INLINED void store_ints(void *p, ints x) { *(unaligned_ints *)p = x; }
INLINED floats all(float x) { return (floats)x; }
// One instruction each: the second of the two if either is not a number.
INLINED floats larger(floats a, floats b) { return a > b ? a : b; }
INLINED floats smaller(floats a, floats b) { return a < b ? a : b; }

typedef float half __attribute__((ext_vector_type(8)));
typedef float quarter __attribute__((ext_vector_type(4)));

INLINED float sum_of(floats x) {
  half a = x.lo + x.hi;
  quarter b = a.lo + a.hi;
  return (b.x + b.y) + (b.z + b.w);
}

INLINED float largest_of(floats x) {
  half a = x.lo > x.hi ? x.lo : x.hi;
  quarter b = a.lo > a.hi ? a.lo : a.hi;
  float first = b.x > b.y ? b.x : b.y, second = b.z > b.w ? b.z : b.w;
  return first > second ? first : second;
}

INLINED float smallest_of(floats x) { return -largest_of(-x); }

// 2 to the power of x, which is taken as -126 if it is below; off by at most 2e-7 of it. x is at most 127.
//
// x = n + r, a polynomial for 2 to the power of r, and n added to the exponent's bits. Adding 1.5 * 2^23 rounds to an
// integer, which then stands in the low bits. The polynomial is the best of its degree between -0.5 and 0.5 that is 1 at 0
// (Lawson's iteration over relative errors).
INLINED floats power_of_two(floats x) {
  x = larger(all(-126), x);
  floats shifted = x + 12582912.0f;
  floats r = x - (shifted - 12582912.0f);
  floats p = r * 1.326472731e-3f + 9.671512991e-3f;
  p = p * r + 5.550733581e-2f;
  p = p * r + 2.402224243e-1f;
  p = p * r + 6.931470037e-1f;
  p = p * r + 1.0f;
  // A cast of vectors keeps the bits.
  return (floats)((ints)p + ((ints)shifted << 23));
}

// x/2 (1 + erf(x/√2)) (Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016), off by at most 4e-7.
//
// It is the larger of x and 0 less |x| erfc(|x|/√2) / 2. The latter is 1 over a polynomial to the power of 16, a form of
// Hastings' (Abramowitz and Stegun, 7.1.28); the polynomial is fitted to the least error of the whole (Lawson's iteration).
INLINED floats gelu(floats x) {
  floats magnitude = __builtin_elementwise_abs(x);
  floats p = magnitude * 8.530201399e-7f - 2.164968009e-6f;
  p = p * magnitude + 7.809601811e-5f;
  p = p * magnitude - 5.375555702e-6f;
  p = p * magnitude + 3.459992353e-3f;
  p = p * magnitude + 2.206291072e-2f;
  p = p * magnitude + 5.207699165e-2f;
  p = p * magnitude + 1.044273734f;
  p = p * p;
  p = p * p;
  p = p * p;
  p = p * p;
  return larger(x, all(0)) - magnitude / p;
}
