#pragma once
#include <cblas.h>
#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__)
// Exported by builds of OpenBLAS that choose their kernels at run time, but in none of its headers.
extern void gotoblas_dynamic_quit(void) __attribute__((weak));
extern void gotoblas_dynamic_init(void) __attribute__((weak));

// The kernels for the instructions that the processor has, by the names of OPENBLAS_CORETYPE; NULL if it is an old one.
static inline const char *twin_openblas_core(void) {
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl"))
    return "SkylakeX";
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return "Haswell";
  return NULL;
}
#endif

// Keeps OpenBLAS from starting threads, which would fight with ours, and sees to it that it uses the processor.
//
// OpenBLAS knows processors by their model numbers and takes the kernels of 2004 (Prescott) for those that are newer than
// itself: a fifth of the speed. It looks at OPENBLAS_CORETYPE only when it is loaded, and so has to look again. To be
// called once, before any other function of OpenBLAS.
static inline void twin_openblas_prepare(void) {
  openblas_set_num_threads(1);
#if defined(__x86_64__)
  if (getenv("OPENBLAS_CORETYPE") || !gotoblas_dynamic_quit || !gotoblas_dynamic_init) return;
  const char *core = twin_openblas_core();
  if (!core || strcmp(openblas_get_corename(), "Prescott") != 0) return;
  setenv("OPENBLAS_CORETYPE", core, 1);
  gotoblas_dynamic_quit();
  gotoblas_dynamic_init();
  unsetenv("OPENBLAS_CORETYPE");
#endif
}
