/// What a features run loaded.
public struct LoadSummary: Sendable, Codable {
  /// Documents that were loaded.
  public var documents = 0
  /// Chunks of earlier versions of them that were deleted.
  public var chunksDeleted = 0
  /// The loaded documents of each category.
  public var documentsByCategory: [String: Int]
  /// The loaded documents of each author.
  public var documentsByAuthor: [String: Int]
  /// How many chunks there are, and how long.
  public var lengths: ChunkLengths
  /// The model that embedded them.
  public var model: EmbeddingModelInfo

  init(chunks documents: [ChunkedDocument], model: EmbeddingModelInfo) {
    documentsByCategory = tally(documents.map(\.document.category.rawValue))
    documentsByAuthor = tally(documents.map(\.document.authorFullName))
    lengths = ChunkLengths(documents.flatMap { $0.chunks.map(\.tokens) })
    self.model = model
  }
}

/// The lengths of some chunks, in tokens of the embedding model.
public struct ChunkLengths: Sendable, Codable, Hashable {
  /// How many chunks.
  public var count: Int
  /// All their tokens.
  public var tokens: Int
  /// The shortest; zero if there is none.
  public var shortest: Int
  /// The middle one; zero if there is none.
  public var median: Int
  /// The longest; zero if there is none.
  public var longest: Int

  init(_ lengths: [Int]) {
    let sorted = lengths.sorted()
    count = sorted.count
    tokens = sorted.reduce(0, +)
    shortest = sorted.first ?? 0
    median = sorted.isEmpty ? 0 : sorted[sorted.count / 2]
    longest = sorted.last ?? 0
  }
}

/// How often each word occurs.
func tally(_ words: some Sequence<String>) -> [String: Int] {
  words.reduce(into: [:]) { $0[$1, default: 0] += 1 }
}
