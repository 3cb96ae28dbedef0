import CEncoderKernels

extension EncoderWorker {
  /// Writes some columns of the queries, keys and values of rows of token vectors.
  func project(
    _ states: UnsafePointer<Float>, rows: Int, by linear: PackedLinear, columns: Range<Int>, to inputs: AlignedMemory
  ) {
    multiply(prepared(states, rows: rows, for: linear), rows: rows, by: linear, columns: columns, to: wide.start)
    forEachRow(rows, columns, of: linear) { from, to in
      if linear.numbers == .int8 {
        twin_round_bf16(wide.numbers(Float.self) + from, columns.count, inputs.numbers(UInt16.self) + to)
      } else {
        let bytes = precision.attentionBytes
        inputs[to * bytes].copyMemory(from: wide[from * bytes], byteCount: columns.count * bytes)
      }
    }
  }

  /// Writes some columns of the feed-forward's inner activations.
  func activate(
    _ states: UnsafePointer<Float>, rows: Int, by linear: PackedLinear, columns: Range<Int>,
    to activations: AlignedMemory
  ) {
    multiply(prepared(states, rows: rows, for: linear), rows: rows, by: linear, columns: columns, to: wide.start)
    let numbers = wide.numbers(Float.self)
    if precision == .f32 { twin_gelu_f32(numbers, rows * columns.count) }
    forEachRow(rows, columns, of: linear) { from, to in
      if precision == .f32 {
        activations[to * 4].copyMemory(from: wide[from * 4], byteCount: columns.count * 4)
      } else {
        twin_gelu_bf16(numbers + from, columns.count, activations.numbers(UInt16.self) + to)
      }
    }
  }

  /// Writes some columns of what is added to the token vectors.
  func update(
    from input: UnsafeRawPointer, rows: Int, by linear: PackedLinear, columns: Range<Int>, to update: AlignedMemory
  ) {
    multiply(input, rows: rows, by: linear, columns: columns, to: wide.start)
    forEachRow(rows, columns, of: linear) { from, to in
      update[to * 4].copyMemory(from: wide[from * 4], byteCount: columns.count * 4)
    }
  }

  /// Tells for each row where its columns begin among these columns alone, and among all of them: oneDNN's fast products
  /// write rows side by side only.
  private func forEachRow(_ rows: Int, _ columns: Range<Int>, of linear: PackedLinear, _ body: (Int, Int) -> Void) {
    for row in 0..<rows { body(row * columns.count, row * linear.outputs + columns.lowerBound) }
  }
}
