import Domain

/// What was measured of a sample: kept with it in `provenance.jsonl`, so that a threshold can be chosen by what it would
/// reject.
public struct SampleScores: Codable, Hashable, Sendable {
  /// Whether the answer is the bytes of the document that its provenance names.
  public var isVerbatim: Bool
  /// The share of the answer's runs of four words that stand in its extract, 0 to 1.
  public var sharedGrams: Double
  /// The cosine between the vectors of the answer and of its extract; nil without an embedding model.
  public var cosine: Double?
  /// How near the answer is to the author's style; nil where there was nothing to compare with.
  public var style: StyleScores?
  /// What a model that judges gave it, 1 to 5; nil without one.
  public var judgement: Double?

  /// Makes scores; see the properties.
  public init(isVerbatim: Bool, sharedGrams: Double) {
    self.isVerbatim = isVerbatim
    self.sharedGrams = sharedGrams
  }

  enum CodingKeys: String, CodingKey {
    case isVerbatim = "verbatim"
    case sharedGrams = "shared_grams"
    case cosine, style
    case judgement
  }
}
