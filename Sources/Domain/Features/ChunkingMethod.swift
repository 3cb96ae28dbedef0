/// How a document was cut into chunks.
public struct ChunkingMethod: Codable, Hashable, Sendable {
  /// The rule that says where to cut, such as `markdown` or `code`.
  public var strategy: String
  /// The most tokens of a chunk, special tokens included.
  public var size: Int
  /// How many tokens a chunk repeats of the one before it, at most.
  public var overlap: Int

  /// Describes a method; see the properties.
  public init(strategy: String, size: Int, overlap: Int) {
    self.strategy = strategy
    self.size = size
    self.overlap = overlap
  }
}
