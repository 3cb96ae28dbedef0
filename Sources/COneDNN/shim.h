#pragma once
#include <oneapi/dnnl/dnnl.h>

// Of OpenMP, which oneDNN computes with; its header is the compiler's own and not found by every compiler.
extern void omp_set_num_threads(int);

// Keeps oneDNN from starting threads for what the calling thread asks of it: our workers are one to a core already.
static inline void twin_onednn_use_calling_thread(void) { omp_set_num_threads(1); }
