#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Products of one vector of 16-bit integers with many of 8-bit integers, by AVX2 where the processor has it.
//
// The compiler is told to use no more than every x86-64 has, which costs a half of the speed; whether there is more can
// only be asked when the program runs. Written with the compilers' vector types, which need none of their headers.

#if defined(__x86_64__)
typedef int16_t twin_v16hi __attribute__((vector_size(32)));
typedef int32_t twin_v8si __attribute__((vector_size(32)));
typedef int8_t twin_v16qi __attribute__((vector_size(16)));
// As they lie in memory, at any address.
typedef int16_t twin_v16hi_unaligned __attribute__((vector_size(32), aligned(1), may_alias));
typedef int8_t twin_v16qi_unaligned __attribute__((vector_size(16), aligned(1), may_alias));

__attribute__((target("avx2"))) static inline int32_t twin_dot_product_avx2(
    const int16_t *query, const int8_t *codes, size_t dimension) {
  twin_v8si first = {0}, second = {0};
  size_t index = 0;
  for (; index + 32 <= dimension; index += 32) {
    // Each product of 16 and 8 bits fits into 32; the instruction adds them in pairs.
    first += (twin_v8si)__builtin_ia32_pmaddwd256(
        __builtin_convertvector(*(const twin_v16qi_unaligned *)(codes + index), twin_v16hi),
        *(const twin_v16hi_unaligned *)(query + index));
    second += (twin_v8si)__builtin_ia32_pmaddwd256(
        __builtin_convertvector(*(const twin_v16qi_unaligned *)(codes + index + 16), twin_v16hi),
        *(const twin_v16hi_unaligned *)(query + index + 16));
  }
  first += second;
  int32_t sum = 0;
  for (int lane = 0; lane < 8; lane++) sum += first[lane];
  for (; index < dimension; index++) sum += (int32_t)query[index] * (int32_t)codes[index];
  return sum;
}
#endif

// Puts the product of `query` with each of `count` rows of `codes`, each `stride` after the one before it, into `products`.
//
// The sums must fit into 32 bits. Returns false, with nothing done, on a processor that it has no code for.
#if defined(__x86_64__)
__attribute__((target("avx2"))) static inline void twin_dot_products_avx2(
    const int16_t *query, const int8_t *codes, size_t dimension, size_t stride, size_t count, int32_t *products) {
  for (size_t row = 0; row < count; row++) {
    products[row] = twin_dot_product_avx2(query, codes + row * stride, dimension);
  }
}
#endif

static inline bool twin_dot_products(
    const int16_t *query, const int8_t *codes, size_t dimension, size_t stride, size_t count, int32_t *products) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx2")) return false;
  twin_dot_products_avx2(query, codes, dimension, stride, count, products);
  return true;
#else
  return false;
#endif
}
