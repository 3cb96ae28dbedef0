#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// What a transformer encoder computes between its matrix products, by the widest instructions that the processor has.
//
// Swift's SIMD types compile to what every x86-64 has, which is a quarter of the width; which instructions there are can
// only be asked when the program runs. Numbers of 16 bits are bfloat16: the upper half of a float.
// Rows are `count` numbers, and `count` is a multiple of 16 everywhere.

// Whether the processor multiplies bfloat16 (AVX512-BF16), so that the functions `_bf16` may be called.
bool twin_has_bf16(void);
// Whether the processor multiplies 8-bit integers (AVX512-VNNI), so that the functions `_u8` may be called.
bool twin_has_int8(void);

// One head of one text: `softmax(queries × keysᵀ) × values`, never holding more of the scores than a few rows. The softmax is
// one to the base of 2: what makes it the usual one, a factor of log2(e), belongs into the queries.
typedef struct {
  // The head's first query; its key and value are one and two `hidden` further on.
  const void *inputs;
  // Where the head's first output belongs.
  void *outputs;
  // Numbers from one row of the inputs to the next, and of the outputs.
  size_t input_stride, output_stride;
  size_t hidden, head_size;
  // The rows of the text.
  size_t length;
  // At least `twin_attention_scratch` bytes at a multiple of 64.
  void *scratch;
} twin_attention_head;

// The bytes that a head of `head_size` needs over a text of `length`.
size_t twin_attention_scratch(size_t length, size_t head_size);
void twin_attention_f32(const twin_attention_head *head);
void twin_attention_bf16(const twin_attention_head *head);

// `output = normalised(left + right) * gain + shift`, to mean 0 and variance 1; `output` may be one of the two.
void twin_add_normalize(
    const float *left, const float *right, const float *gain, const float *shift, float epsilon, size_t count,
    float *output);

// The Gaussian error linear unit of each, in place; or from floats to bfloat16.
void twin_gelu_f32(float *values, size_t count);
void twin_gelu_bf16(const float *values, size_t count, uint16_t *output);

// The nearest bfloat16 of each.
void twin_round_bf16(const float *values, size_t count, uint16_t *output);

// The floats that bfloat16 stand for.
void twin_widen_bf16(const uint16_t *values, size_t count, float *output);

// What takes 8-bit integers back to floats: `value = (integer - zero) * scale`.
typedef struct {
  float scale;
  int32_t zero;
} twin_row_scale;

// The row as 8-bit integers that span its range, each component divided by its `smoothing` first.
twin_row_scale twin_quantize_u8(const float *values, const float *smoothing, size_t count, uint8_t *output);

// The row as 8-bit integers with sign, each component multiplied by its `factors` first, and their sum; returns what an
// integer stands for, which is no number if a component is none.
float twin_quantize_s8(const float *values, const float *factors, size_t count, int8_t *output, int32_t *sum);

// Raises each of `peaks` to the magnitude of its value.
void twin_raise_peaks(const float *values, size_t count, float *peaks);

// How sums of products of 8-bit integers become the outputs of a layer.
typedef struct {
  // Of each column: its scale, the sum of its integers and its bias.
  const float *scales;
  const int32_t *sums;
  const float *biases;
} twin_column_scales;

// `output = (sum - zero * column sum) * row scale * column scale + bias`; `output` may be `sums`.
void twin_dequantize_u8(
    const int32_t *sums, twin_row_scale row, const twin_column_scales *columns, size_t count, float *output);
