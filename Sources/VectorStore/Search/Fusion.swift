import Domain

/// How a hybrid search joins its two rankings, whose scores cannot be compared.
///
/// Each ranking counts by its weight: 2 · ``alpha`` for the dense one, 2 · (1 - ``alpha``) for that by keywords, so that
/// both count once where ``alpha`` is 0.5. A ranking of weight 0 does not count at all: its chunks are not found.
///
/// Every driver ranks alike: an engine joins the rankings itself only where it counts in the same way.
public struct Fusion: Hashable, Sendable {
  /// What of a chunk's place in a ranking counts.
  public enum Method: Hashable, Sendable {
    /// Its rank r, from 1: weight / (constant + r), summed over the rankings.
    ///
    /// With equal weights the highest score is 2 / (constant + 1), about 0.033 for 60; a greater constant lets the
    /// lower ranks count for more. G. V. Cormack, C. L. A. Clarke, S. Büttcher, “Reciprocal Rank Fusion outperforms
    /// Condorcet and individual Rank Learning Methods”, SIGIR 2009; 60 is theirs.
    case reciprocalRank(constant: Double)
    /// Its score s: weight · (s - μ + 3σ) / 6σ, summed over the rankings, where μ is the mean and σ the standard
    /// deviation (of a sample: with n - 1) of the ranking's scores; 0.5 where all are equal.
    ///
    /// So μ ± 3σ become 0 and 1, and what lies further out is not clipped. “Distribution-Based Score Fusion” as Qdrant
    /// has it (qdrant.tech/documentation/concepts/hybrid-queries); M. Mazzeschi, 2023.
    case distributionBased
  }

  /// The constant of those who found reciprocal rank fusion.
  public static let usualConstant = 60.0

  /// What counts.
  public var method: Method
  /// How much meaning counts against words: 1 for the dense ranking alone, 0 for that by keywords alone.
  public var alpha: Double

  /// Makes a rule; see the properties.
  public init(_ method: Method = .reciprocalRank(constant: usualConstant), alpha: Double = 0.5) {
    self.method = method
    self.alpha = alpha
  }

  /// Whether the dense ranking counts.
  var countsDense: Bool { alpha > 0 }
  /// Whether the ranking by keywords counts.
  var countsKeyword: Bool { alpha < 1 }

  /// Why it cannot be used; nil if it can.
  var flaw: String? {
    guard (0...1).contains(alpha) else { return "alpha must be from 0 to 1" }
    if case .reciprocalRank(let constant) = method, !(constant >= 0 && constant.isFinite) {
      return "the constant of reciprocal rank fusion must be a number that is not negative"
    }
    return nil
  }

  /// One ranking of two, best first, with the fused scores.
  func fused<Hit: RankedHit>(dense: [Hit], keyword: [Hit]) -> [Hit] {
    var fused: [Identifier: Hit] = [:]
    for (ranking, weight) in [(dense, 2 * alpha), (keyword, 2 * (1 - alpha))] where weight > 0 {
      for (chunk, share) in zip(ranking, shares(of: ranking)) {
        var joined = fused[chunk.id] ?? chunk
        joined.score = (fused[chunk.id]?.score ?? 0) + weight * share
        fused[chunk.id] = joined
      }
    }
    return fused.values.sorted(by: Hit.isBetter)
  }

  private func shares(of ranking: [some RankedHit]) -> [Double] {
    switch method {
    case .reciprocalRank(let constant): ranking.indices.map { 1 / (constant + Double($0 + 1)) }
    case .distributionBased: normalised(ranking.map(\.score))
    }
  }

  private func normalised(_ scores: [Double]) -> [Double] {
    // Of one score there is no deviation, and that of equal ones need not come out as 0.
    guard scores.contains(where: { $0 != scores[0] }) else { return scores.map { _ in 0.5 } }
    let mean = scores.reduce(0, +) / Double(scores.count)
    let variance = scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(scores.count - 1)
    let deviation = variance.squareRoot()
    return scores.map { ($0 - mean + 3 * deviation) / (6 * deviation) }
  }
}
