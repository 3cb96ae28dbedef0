/// A search in a user's words: ``Stores/search(_:)`` makes a `SearchQuery` of it.
public struct SearchRequest: Sendable {
  /// The question.
  public var text: String
  /// How chunks are ranked.
  public var mode: SearchQuery.Mode
  /// The most hits.
  public var limit: Int
  /// How a hybrid search joins its rankings.
  public var fusion: Fusion
  /// How many chunks of each ranking are looked at, at least.
  public var candidates: Int
  /// How much hits should differ, from 0 to 1.
  public var diversity: Double
  /// How many neighbours each hit gets on each side.
  public var neighbours = 0
  /// Only these authors; empty for all.
  public var authorNames: [String] = []
  /// Only these kinds of writing.
  public var categories = DataCategory.allCases
  /// Only what was published on these platforms; empty for all.
  public var platforms: [String] = []
  /// Only documents with these links; empty for all.
  public var links: [String] = []
  /// Only what was published in this period or later.
  public var since: SearchPeriod?
  /// Only what was published in this period or earlier.
  public var until: SearchPeriod?
  /// Whether chunks that say the same as others are found, too.
  public var includesDuplicates = false

  /// Asks a question in the way that a configuration says.
  public init(_ text: String, as configuration: Configuration) {
    let settings = configuration.search
    self.text = text
    mode = SearchQuery.Mode(rawValue: settings.mode) ?? .hybrid
    limit = settings.limit
    fusion = Fusion(
      settings.fusion == "dbsf" ? .distributionBased : .reciprocalRank(constant: settings.reciprocalRankConstant),
      alpha: settings.alpha)
    candidates = settings.candidates
    diversity = settings.diversity
  }
}
