#pragma once
#include <oneapi/dnnl/dnnl.h>

// Of OpenMP, which oneDNN computes with; its header is the compiler's own and not found by every compiler.
extern void omp_set_num_threads(int);
extern int omp_get_max_threads(void);
