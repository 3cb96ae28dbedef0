public import Domain

/// A document that answers a query by its chunks.
///
/// Its JSON has the keys of its best chunk's, with the document's score, and besides `matches` and `hits`: whoever reads
/// hits can read it.
public struct DocumentHit: Encodable, Hashable, Sendable, Identifiable {
  /// The most of its chunks that are given.
  public static let maximumHits = 5

  /// The identifier of the document.
  public var id: Identifier { best.documentID }
  /// The sum of the scores of its chunks among the candidates, negative ones (of dense search) as 0. Compare scores of
  /// one search only.
  public var score: Double
  /// How many of its chunks that is.
  public var matches: Int
  /// The best of its chunks.
  public var best: SearchHit
  /// The best of its chunks, ``best`` among them, best first; at most ``maximumHits``.
  public var hits: [SearchHit]

  /// The document's title, if it has one.
  public var title: String? { best.title }
  /// The canonical link of the document.
  public var link: String { best.link }

  enum CodingKeys: String, CodingKey {
    case matches, hits
  }

  /// Writes the keys of its best chunk's, `matches` and `hits`.
  public func encode(to encoder: any Encoder) throws {
    var line = best
    line.score = score
    try line.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(matches, forKey: .matches)
    try container.encode(hits, forKey: .hits)
  }
}

/// The candidates of one document, best first, and what they add up to.
struct RankedDocument {
  var chunks: [ScoredChunk]
  var score: Double

  /// The documents of the candidates by the sum of their chunks' scores; equal ones by the identifier of their best chunk.
  static func ranked(_ candidates: [ScoredChunk]) -> [RankedDocument] {
    let documents = Dictionary(grouping: candidates, by: \.chunk.documentID).values.map { chunks in
      RankedDocument(chunks: chunks, score: chunks.reduce(0) { $0 + max(0, $1.score) })
    }
    return documents.sorted { left, right in
      left.score == right.score ? left.chunks[0].id < right.chunks[0].id : left.score > right.score
    }
  }
}
