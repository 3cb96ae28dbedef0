/// How near the answers of a set are to one author's texts, taken together.
public struct StyleSummary: Codable, Hashable, Sendable {
  /// The author's full name.
  public var author: String
  /// How many answers were compared.
  public var answers: Int
  /// How far all answers together are from the author's texts.
  public var scores: StyleScores
  /// How far one half of the author's own texts is from the other: what no set can be expected to be better than.
  public var own: StyleScores
}
