/// A stretch of a text that is to be a chunk.
struct ChunkPiece: Equatable {
  /// Its bytes, without white space at either end.
  var range: Range<Int>
  /// Where what is new in it begins: before that it repeats the end of the chunk before.
  var fresh: Int
  /// Its length, special tokens left out.
  var length: Int
  /// What the chunk says instead of its bytes; only the LLM Engineers Handbook's rule has it.
  var text: String?

  init(range: Range<Int>, fresh: Int, length: Int, text: String? = nil) {
    (self.range, self.fresh, self.length, self.text) = (range, fresh, length, text)
  }
}
