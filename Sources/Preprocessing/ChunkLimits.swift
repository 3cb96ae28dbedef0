/// What bounds a chunk.
struct ChunkLimits {
  /// The most tokens, special tokens left out.
  let tokens: Int
  /// The most tokens that a chunk repeats.
  let overlap: Int
  /// The most bytes: a tokenizer may take a word of megabytes for one unknown token.
  var bytes: Int { tokens * 32 }

  init(tokens: Int, overlap: Int) {
    self.tokens = max(1, tokens)
    self.overlap = min(overlap, max(0, tokens / 2))
  }
}
