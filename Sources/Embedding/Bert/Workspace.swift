/// The memory that one group of texts is computed in.
struct Workspace: ~Copyable {
  /// The token vectors between layers, a row of the hidden size per token.
  let states: UnsafeMutablePointer<Float>
  /// What a layer adds to ``states``, of the same shape.
  let update: UnsafeMutablePointer<Float>
  /// The heads' outputs side by side, of the same shape.
  let context: UnsafeMutablePointer<Float>
  /// Queries, keys and values of a row, or else its intermediate components.
  let wide: UnsafeMutablePointer<Float>
  /// The scores of one head over one text.
  let scores: UnsafeMutablePointer<Float>

  /// Reserves memory, which is not initialised: every part is written before it is read.
  init(rows: Int, longest: Int, configuration: BertConfiguration) {
    let narrow = rows * configuration.hiddenSize
    states = .allocate(capacity: narrow)
    update = .allocate(capacity: narrow)
    context = .allocate(capacity: narrow)
    wide = .allocate(capacity: rows * max(3 * configuration.hiddenSize, configuration.intermediateSize))
    scores = .allocate(capacity: longest * longest)
  }

  deinit {
    states.deallocate()
    update.deallocate()
    context.deallocate()
    wide.deallocate()
    scores.deallocate()
  }
}
