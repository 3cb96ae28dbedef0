/// What a features run came to.
public struct FeatureSummary: Sendable, Codable, Hashable {
  /// Documents that were to be made.
  public var changed: Int
  /// Documents that needed no work.
  public var unchanged: Int
  /// Documents that the warehouse no longer has.
  public var gone: Int
  /// The loaded documents of each category.
  public var documentsByCategory: [String: Int]
  /// The loaded documents of each author.
  public var documentsByAuthor: [String: Int]
  /// The languages of the loaded documents.
  public var languages: LanguageTally
  /// How many chunks there are of them, and how long.
  public var lengths: ChunkLengths
  /// What cleaning took out of the loaded documents.
  public var removals: Removals
  /// The chunks that say the same as others, of those that were compared.
  public var duplicates: DuplicateReport
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
