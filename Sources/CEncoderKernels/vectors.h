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
INLINED floats larger(floats a, floats b) { return __builtin_elementwise_max(a, b); }
INLINED floats smaller(floats a, floats b) { return __builtin_elementwise_min(a, b); }

INLINED float sum_of(floats x) {
  float sum = 0;
  typedef float half __attribute__((ext_vector_type(8)));
  typedef float quarter __attribute__((ext_vector_type(4)));
  half a = x.lo + x.hi;
  quarter b = a.lo + a.hi;
  sum = (b.x + b.y) + (b.z + b.w);
  return sum;
}

INLINED float largest_of(floats x) { return __builtin_reduce_max(x); }
INLINED float smallest_of(floats x) { return __builtin_reduce_min(x); }

// e to the power of x, which is taken as -87 or 88 if it is beyond them; off by about one unit in the last place.
//
// The method and the coefficients are those of `expf` in Moshier's Cephes library: x = n ln 2 + r, a polynomial for the
// remainder r, and n added to the exponent's bits. Adding 1.5 * 2^23 rounds to an integer, which then stands in the low bits.
INLINED floats exponential(floats x) {
  x = larger(smaller(x, all(88)), all(-87));
  floats shifted = x * 1.44269504f + 12582912.0f;
  floats n = shifted - 12582912.0f;
  floats r = x - n * 0.693359375f;
  r = r + n * 2.12194440e-4f;
  floats p = r * 1.9875691500e-4f + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  floats mantissa = (p * r) * r + (r + 1.0f);
  // A cast of vectors keeps the bits.
  return (floats)((ints)mantissa + ((ints)shifted << 23));
}

// x/2 (1 + erf(x/√2)) (Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016); erf is Abramowitz and Stegun's formula
// 7.1.26, which is off by at most 1.5e-7.
INLINED floats gelu(floats x) {
  floats magnitude = __builtin_elementwise_abs(x);
  floats z = magnitude * 0.70710678f;
  floats t = 1.0f / (1.0f + z * 0.3275911f);
  floats p = t * 1.061405429f - 1.453152027f;
  p = p * t + 1.421413741f;
  p = p * t - 0.284496736f;
  p = p * t + 0.254829592f;
  floats error = 1.0f - p * t * exponential(-z * z);
  return 0.5f * (x + magnitude * error);
}
