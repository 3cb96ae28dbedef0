#define NUMBER float
#define WIDTH 1
#include "rows.h"

INLINED floats product(floats sum, floats a, floats b) { return sum + a * b; }

INLINED void pack_values(const float *values, size_t stride, size_t length, size_t size, int32_t *output) {
  for (size_t row = 0; row < length; row++) {
    const float *source = values + row * stride;
    float *target = (float *)output + row * rounded_up(size, OUTPUTS);
    size_t column = 0;
    for (; column + LANES <= size; column += LANES) store(target + column, load(source + column));
    if (column < size) memcpy(target + column, source + column, (size - column) * 4);
  }
}

INLINED void store_weights(float *row, size_t index, floats x) { store(row + index, x); }
INLINED void store_outputs(float *output, floats x) { store(output, x); }

#include "attention.h"

// Includers name what they export: the same functions exist for several processors.
void EXPORTED(twin_attention_f32)(const twin_attention_head *head) { attend(head); }

void EXPORTED(twin_gelu_f32)(float *values, size_t count) {
  for (size_t i = 0; i < count; i += LANES) store(values + i, gelu(load(values + i)));
}

void EXPORTED(twin_add_normalize)(
    const float *left, const float *right, const float *gain, const float *shift, float epsilon, size_t count,
    float *output) {
  add_normalize(left, right, gain, shift, epsilon, count, output);
}
