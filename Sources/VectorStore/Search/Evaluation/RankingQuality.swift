import Foundation

/// How good the first k hits of one or more labelled queries are; every figure is from 0 to 1, the higher the better.
///
/// Each label counts at the first hit that it names; a later chunk of a document that was found already gains nothing, but
/// has its rank, as it takes a place in what a reader sees. A hit that several labels name has the highest of their grades.
public struct RankingQuality: Codable, Hashable, Sendable {
  /// recall@k: the share of the labels that name one of the first k hits (C. D. Manning, P. Raghavan, H. Schütze,
  /// “Introduction to Information Retrieval”, 2008, section 8.4).
  public var recall: Double
  /// MRR@k: 1 / rank of the first hit that a label names, 0 if none of the first k is (E. M. Voorhees, “The TREC-8
  /// Question Answering Track Report”, 1999); the mean over several queries.
  public var reciprocalRank: Double
  /// nDCG@k: DCG / ideal DCG, where DCG = Σ (2^grade - 1) / log2(rank + 1) over the first k hits (K. Järvelin,
  /// J. Kekäläinen, “Cumulated Gain-Based Evaluation of IR Techniques”, 2002, with the gain and discount of C. Burges et
  /// al., “Learning to Rank using Gradient Descent”, 2005), and the ideal has the labels by falling grade, a hit each.
  public var ndcg: Double

  /// Judges one ranking.
  ///
  /// - Parameters:
  ///   - hits: best first.
  ///   - query: what should have been found; figures are 0 if it has no label.
  ///   - cutoff: k, at least 1.
  public init(of hits: [SearchHit], for query: LabelledQuery, cutoff: Int) {
    var missing = query.relevant
    let gains = hits.prefix(cutoff).map { hit in
      let named = missing.filter { query.isFound($0.key, at: hit) }
      for label in named.keys { missing[label] = nil }
      return named.values.max().map(Self.gain) ?? 0
    }
    let count = query.relevant.count
    recall = count == 0 ? 0 : Double(count - missing.count) / Double(count)
    reciprocalRank = gains.firstIndex { $0 > 0 }.map { 1 / Double($0 + 1) } ?? 0
    let ideal = Self.cumulated(query.relevant.values.sorted(by: >).prefix(cutoff).map(Self.gain))
    ndcg = ideal > 0 ? Self.cumulated(gains) / ideal : 0
  }

  /// The means of the figures of several queries; zeros of none.
  public init(meanOf all: [RankingQuality]) {
    func mean(_ figure: (RankingQuality) -> Double) -> Double {
      all.isEmpty ? 0 : all.reduce(0) { $0 + figure($1) } / Double(all.count)
    }
    recall = mean(\.recall)
    reciprocalRank = mean(\.reciprocalRank)
    ndcg = mean(\.ndcg)
  }

  private static func gain(_ grade: Double) -> Double { exp2(grade) - 1 }

  private static func cumulated(_ gains: [Double]) -> Double {
    gains.enumerated().reduce(0) { $0 + $1.element / log2(Double($1.offset + 2)) }
  }

  enum CodingKeys: String, CodingKey {
    case recall
    case reciprocalRank = "mrr"
    case ndcg
  }
}
