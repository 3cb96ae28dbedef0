/// How far an answer, or a set of them, is from the author's own texts; nearer is better but for ``characters``.
public struct StyleScores: Codable, Hashable, Sendable {
  /// Burrows' Delta: the mean difference of the frequencies of function words, in the author's own standard deviations.
  /// Text of the author's is around 1; nil where the author's texts are too few to have a deviation.
  public var delta: Double?
  /// The cosine between the frequencies of runs of three characters, 0 to 1.
  public var characters: Double
  /// The Jensen–Shannon divergence between the uses of punctuation marks, 0 to 1 (base 2).
  public var punctuation: Double
  /// The Jensen–Shannon divergence between the lengths of sentences, 0 to 1 (base 2).
  public var sentenceLength: Double

  enum CodingKeys: String, CodingKey {
    case delta, characters, punctuation
    case sentenceLength = "sentence_length"
  }
}
