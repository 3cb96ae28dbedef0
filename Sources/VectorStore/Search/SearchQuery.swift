public import Domain

/// A question to the store.
public struct SearchQuery: Sendable {
  /// How the chunks are ranked.
  public enum Mode: String, Codable, CaseIterable, Sendable {
    /// Both of the others, joined by ``SearchQuery/fusion``.
    case hybrid
    /// By the angle between the query's vector and theirs.
    case dense
    /// By the words they share with the query (BM25).
    case keyword
  }

  /// The most hits that may be asked for.
  public static let maximumLimit = 1000
  /// The most candidates that are looked at, however many are asked for.
  public static let maximumCandidates = 4096
  /// The most neighbours on each side that may be asked for.
  public static let maximumNeighbours = 10

  /// The question in words.
  public var text: String
  /// Its vector, by the model of the store; needed unless ``mode`` is ``Mode/keyword``.
  public var vector: [Float]?
  /// How the chunks are ranked.
  public var mode: Mode
  /// The most hits.
  public var limit: Int
  /// Only chunks of these kinds of writing.
  public var categories: [DataCategory]
  /// Which of their chunks count.
  public var filter: VectorFilter
  /// How a hybrid search joins its two rankings.
  public var fusion: Fusion
  /// How many chunks of each ranking are looked at, at least, where more than the hits matter: by fusion, ``diversity``
  /// and documents.
  public var candidates: Int
  /// Whether chunks that say the same as others are found, too; otherwise the best one of those that pass the filter
  /// stands for all.
  public var includesDuplicates: Bool
  /// How much a hit should differ from those before it (Maximal Marginal Relevance): from 0, for the ranking as it is, to
  /// 1. It changes which hits are given and their order, not their scores.
  public var diversity: Double
  /// How many of the chunks before and after it in its document each hit gets as ``SearchHit/before`` and
  /// ``SearchHit/after``.
  public var neighbours: Int

  /// Makes a query; see the properties.
  public init(
    text: String, vector: [Float]? = nil, mode: Mode = .hybrid, limit: Int = 5,
    categories: [DataCategory] = DataCategory.allCases, filter: VectorFilter = .everything,
    fusion: Fusion = Fusion(), candidates: Int = 100, includesDuplicates: Bool = false, diversity: Double = 0,
    neighbours: Int = 0
  ) {
    self.text = text
    self.vector = vector
    self.mode = mode
    self.limit = limit
    self.categories = categories
    self.filter = filter
    self.fusion = fusion
    self.candidates = candidates
    self.includesDuplicates = includesDuplicates
    self.diversity = diversity
    self.neighbours = neighbours
  }

  /// - Throws: ``VectorStoreError/unusableQuery(reason:)`` when a number is out of its range.
  func check() throws {
    let flaw: String? =
      if !(1...Self.maximumLimit).contains(limit) {
        "the limit must be from 1 to \(Self.maximumLimit)"
      } else if !(1...Self.maximumCandidates).contains(candidates) {
        "the candidates must be from 1 to \(Self.maximumCandidates)"
      } else if !(0...1).contains(diversity) {
        "the diversity must be from 0 to 1"
      } else if !(0...Self.maximumNeighbours).contains(neighbours) {
        "the neighbours must be from 0 to \(Self.maximumNeighbours)"
      } else {
        fusion.flaw
      }
    if let flaw { throw VectorStoreError.unusableQuery(reason: flaw) }
  }
}
