#pragma once
#include "encoder_kernels.h"
#include "vectors.h"

// Attention over numbers of one kind, which the file that includes this has chosen: NUMBER is their type, WIDTH of them lie
// in 32 bits; product(), pack_values(), store_weights() and store_outputs() are the rest of what differs.

// Four perfect shuffles of 16 rows of 16 exchange rows and columns.
INLINED void transpose(ints rows[LANES]) {
#pragma clang loop unroll(full)
  for (int stage = 0; stage < 4; stage++) {
    ints next[LANES];
#pragma clang loop unroll(full)
    for (int i = 0; i < 8; i++) {
      next[2 * i] =
          __builtin_shufflevector(rows[i], rows[i + 8], 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
      next[2 * i + 1] =
          __builtin_shufflevector(rows[i], rows[i + 8], 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < LANES; i++) rows[i] = next[i];
  }
}

// Writes `length` rows of `units` numbers of 32 bits as `units` rows of `length`, rounded up to 16 with the last one.
INLINED void transpose_rows(const char *rows, size_t stride, size_t length, size_t units, int32_t *output) {
  size_t padded = rounded_up(length, LANES);
  for (size_t row = 0; row < padded; row += LANES) {
    const char *sources[LANES];
    for (size_t i = 0; i < LANES; i++) sources[i] = rows + (row + i < length ? row + i : length - 1) * stride;
    for (size_t column = 0; column < units; column += LANES) {
      size_t present = column + LANES <= units ? LANES : units - column;
      ints block[LANES];
      if (present == LANES) {
#pragma clang loop unroll(full)
        for (int i = 0; i < LANES; i++) block[i] = load_ints(sources[i] + column * 4);
      } else {
        memset(block, 0, sizeof(block));
        for (int i = 0; i < LANES; i++) memcpy(&block[i], sources[i] + column * 4, present * 4);
      }
      transpose(block);
      for (size_t i = 0; i < present; i++) store_ints(output + (column + i) * padded + row, block[i]);
    }
  }
}

// Makes rows of `padded` scores to weights that are positive.
//
// Parameters: most, the largest of each row's scores in every lane; scales, where 1 over the sum of each row's weights goes.
INLINED void softmax(float *scores, size_t padded, const floats *most, float *scales, const int count) {
  floats maxima[QUERIES], sums[QUERIES];
#pragma clang loop unroll(full)
  for (int i = 0; i < count; i++) {
    maxima[i] = all(largest_of(most[i]));
    sums[i] = all(0);
  }
  for (size_t key = 0; key < padded; key += LANES) {
    // Row by row each would wait for itself.
#pragma clang loop unroll(full)
    for (int i = 0; i < count; i++) {
      floats weights = power_of_two(load(scores + i * padded + key) - maxima[i]);
      store_weights(scores + i * padded, key, weights);
      sums[i] += weights;
    }
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < count; i++) scales[i] = 1.0f / sum_of(sums[i]);
}

// The scratch memory of a head: its keys transposed, its values, and scores of a few queries.
typedef struct {
  int32_t *keys, *values;
  float *scores;
} scratch_parts;

INLINED scratch_parts parts_of(const twin_attention_head *head, size_t width) {
  size_t padded = rounded_up(head->length, LANES);
  scratch_parts parts;
  parts.keys = head->scratch;
  parts.values = parts.keys + rounded_up(head->head_size / width, LANES) * padded;
  parts.scores = (float *)(parts.values + rounded_up(head->head_size, OUTPUTS) * padded / width);
  return parts;
}

// The scores from key `first` on; what is beyond `length` has a score that weighs nothing.
INLINED floats masked(floats scores, size_t first, size_t length) {
  ints lanes = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  return lanes + (int32_t)first < (int32_t)length ? scores : all(-1e30f);
}

// The scores of QUERIES queries, or fewer, with all keys; and the largest of each query in the lanes of `most`.
INLINED void score(
    const char *queries, size_t stride, const int32_t *keys, size_t units, size_t length, float *scores, floats *most,
    const int count) {
  size_t padded = rounded_up(length, LANES);
#pragma clang loop unroll(full)
  for (int i = 0; i < count; i++) most[i] = all(-1e30f);
  for (size_t key = 0; key < padded; key += 2 * LANES) {
    // The second half of the last block may not be there: the first is then computed twice.
    size_t other = key + LANES < padded ? key + LANES : key;
    floats sums[QUERIES][2];
#pragma clang loop unroll(full)
    for (int i = 0; i < count; i++) sums[i][0] = sums[i][1] = all(0);
    for (size_t unit = 0; unit < units; unit++) {
      floats first = load((const float *)(keys + unit * padded + key));
      floats second = load((const float *)(keys + unit * padded + other));
#pragma clang loop unroll(full)
      for (int i = 0; i < count; i++) {
        floats query = all(*(const unaligned_float *)(queries + i * stride + unit * 4));
        sums[i][0] = product(sums[i][0], query, first);
        sums[i][1] = product(sums[i][1], query, second);
      }
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < count; i++) {
      floats left = masked(sums[i][0], key, length), right = masked(sums[i][1], other, length);
      store(scores + i * padded + key, left);
      store(scores + i * padded + other, right);
      most[i] = larger(most[i], larger(left, right));
    }
  }
}

// The values weighed by the weights of as many queries.
INLINED void weigh(
    const float *weights, const float *scales, const int32_t *values, const twin_attention_head *head, NUMBER *outputs,
    const int count) {
  size_t padded = rounded_up(head->length, LANES), units = (head->length + WIDTH - 1) / WIDTH;
  size_t width = rounded_up(head->head_size, OUTPUTS);
  for (size_t column = 0; column < head->head_size; column += OUTPUTS) {
    floats sums[QUERIES][2];
#pragma clang loop unroll(full)
    for (int i = 0; i < count; i++) sums[i][0] = sums[i][1] = all(0);
    for (size_t unit = 0; unit < units; unit++) {
      floats first = load((const float *)(values + unit * width + column));
      floats second = load((const float *)(values + unit * width + column + LANES));
#pragma clang loop unroll(full)
      for (int i = 0; i < count; i++) {
        floats weight = all(weights[i * padded + unit]);
        sums[i][0] = product(sums[i][0], weight, first);
        sums[i][1] = product(sums[i][1], weight, second);
      }
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < count; i++) {
      NUMBER *output = outputs + i * head->output_stride + column;
      if (column + OUTPUTS <= head->head_size) {
        store_outputs(output, sums[i][0] * scales[i]);
        store_outputs(output + LANES, sums[i][1] * scales[i]);
      } else {
        NUMBER rest[OUTPUTS];
        store_outputs(rest, sums[i][0] * scales[i]);
        store_outputs(rest + LANES, sums[i][1] * scales[i]);
        memcpy(output, rest, (head->head_size - column) * sizeof(NUMBER));
      }
    }
  }
}

INLINED void attend_some(
    const twin_attention_head *head, scratch_parts parts, size_t row, const int count) {
  size_t padded = rounded_up(head->length, LANES), stride = head->input_stride * sizeof(NUMBER);
  floats most[QUERIES];
  score(
      (const char *)head->inputs + row * stride, stride, parts.keys, head->head_size / WIDTH, head->length, parts.scores,
      most, count);
  float scales[QUERIES];
  softmax(parts.scores, padded, most, scales, count);
  weigh(
      parts.scores, scales, parts.values, head, (NUMBER *)head->outputs + row * head->output_stride, count);
}

// All rows, by so many at once as there are; the last of them together with some that are done already, which come to the
// same again.
INLINED void attend_rows(const twin_attention_head *head, scratch_parts parts) {
  size_t length = head->length;
  if (length >= QUERIES) {
    for (size_t row = 0; row + QUERIES <= length; row += QUERIES) attend_some(head, parts, row, QUERIES);
    if (length % QUERIES != 0) attend_some(head, parts, length - QUERIES, QUERIES);
  } else if (length >= 4) {
    attend_some(head, parts, 0, 4);
    if (length > 4) attend_some(head, parts, length - 4, 4);
  } else {
    for (size_t row = 0; row < length; row++) attend_some(head, parts, row, 1);
  }
}

INLINED void attend(const twin_attention_head *head) {
  scratch_parts parts = parts_of(head, WIDTH);
  const NUMBER *keys = (const NUMBER *)head->inputs + head->hidden;
  transpose_rows(
      (const char *)keys, head->input_stride * sizeof(NUMBER), head->length, head->head_size / WIDTH, parts.keys);
  pack_values(keys + head->hidden, head->input_stride, head->length, head->head_size, parts.values);
  attend_rows(head, parts);
}
