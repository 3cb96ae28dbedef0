#define EXPORTED(name) name##_baseline
#include "float_kernels.h"
