#define EXPORTED(name) name##_avx2
#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "float_kernels.h"
#pragma clang attribute pop
#endif
