#include "encoder_kernels.h"

size_t twin_attention_scratch(size_t length, size_t head_size) {
  // Rounded up as attention.h does it for floats, which need more than bfloat16.
  size_t padded = (length + 15) / 16 * 16;
  return 4 * padded * ((head_size + 15) / 16 * 16 + (head_size + 31) / 32 * 32 + 8);
}

#define VARIANTS(name, parameters, arguments) \
  void name##_baseline parameters; \
  void name##_avx2 parameters; \
  void name##_avx512 parameters; \
  void name parameters { CHOOSE(name, arguments) }

#if defined(__x86_64__)
static bool has_avx512(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}

static bool has_avx2(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }

bool twin_has_bf16(void) { return has_avx512() && __builtin_cpu_supports("avx512bf16"); }
bool twin_has_int8(void) { return has_avx512() && __builtin_cpu_supports("avx512vnni"); }

#define CHOOSE(name, arguments) \
  if (has_avx512()) name##_avx512 arguments; \
  else if (has_avx2()) name##_avx2 arguments; \
  else name##_baseline arguments;
#else
bool twin_has_bf16(void) { return false; }
bool twin_has_int8(void) { return false; }

#define CHOOSE(name, arguments) name##_baseline arguments;

// Not to be called where the two above say no.
void twin_attention_bf16(const twin_attention_head *head) { __builtin_trap(); }
void twin_round_bf16(const float *values, size_t count, uint16_t *output) { __builtin_trap(); }
void twin_widen_bf16(const uint16_t *values, size_t count, float *output) { __builtin_trap(); }
void twin_gelu_bf16(const float *values, size_t count, uint16_t *output) { __builtin_trap(); }
twin_row_scale twin_quantize_u8(const float *values, const float *smoothing, size_t count, uint8_t *output) {
  __builtin_trap();
}
float twin_quantize_s8(const float *values, const float *factors, size_t count, int8_t *output, int32_t *sum) {
  __builtin_trap();
}
void twin_raise_peaks(const float *values, size_t count, float *peaks) { __builtin_trap(); }
void twin_dequantize_u8(
    const int32_t *sums, twin_row_scale row, const twin_column_scales *columns, size_t count, float *output) {
  __builtin_trap();
}
#endif

VARIANTS(twin_attention_f32, (const twin_attention_head *head), (head))
VARIANTS(twin_gelu_f32, (float *values, size_t count), (values, count))
VARIANTS(
    twin_add_normalize,
    (const float *left, const float *right, const float *gain, const float *shift, float epsilon, size_t count,
     float *output),
    (left, right, gain, shift, epsilon, count, output))
