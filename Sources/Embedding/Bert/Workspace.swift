/// The memory that one group of texts is computed in; it is kept for the next group.
final class Workspace {
  /// How many rows there is room for.
  let rows: Int
  /// The token vectors between layers, a row of the hidden size per token.
  let states: UnsafeMutablePointer<Float>
  /// The heads' outputs side by side, of the same shape, in floats or bfloat16.
  let context: AlignedMemory
  /// The queries, keys and values of each row, in the same numbers.
  let attentionInputs: AlignedMemory

  private let stateMemory: AlignedMemory

  /// Reserves memory: every part is written before it is read.
  init(rows: Int, configuration: BertConfiguration, precision: Precision) {
    self.rows = rows
    let narrow = rows * configuration.hiddenSize
    stateMemory = AlignedMemory(byteCount: narrow * 4)
    states = stateMemory.numbers(Float.self)
    context = AlignedMemory(byteCount: narrow * precision.attentionBytes)
    attentionInputs = AlignedMemory(byteCount: 3 * narrow * precision.attentionBytes)
  }
}

extension Precision {
  /// The bytes of a number that attention reads and writes.
  var attentionBytes: Int { self == .f32 ? 4 : 2 }
}
