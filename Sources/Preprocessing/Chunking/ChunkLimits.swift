/// What bounds a chunk.
struct ChunkLimits {
  /// The greatest length, special tokens left out.
  let length: Int
  /// The most that a chunk repeats.
  let overlap: Int
  /// The most bytes: a tokenizer may take a word of megabytes for one unknown token.
  var bytes: Int { length * Self.bytesPerUnit }

  /// The most bytes for each token or character that is allowed.
  static let bytesPerUnit = 32

  init(length: Int, overlap: Int) {
    self.length = max(1, length)
    self.overlap = min(overlap, max(0, length / 2))
  }
}
