import Domain

extension QdrantRequest {
  /// A ranking of points (`/points/query`).
  struct Query: Encodable, Sendable {
    /// The rankings that the query joins, if it joins any.
    var prefetch: [Prefetch]?
    var query: Ranking
    var using: VectorName?
    var filter: QdrantFilter?
    var limit: Int
    var payload = true
    var vectors: [VectorName] = []

    enum CodingKeys: String, CodingKey {
      case prefetch, query, using, filter, limit
      case payload = "with_payload"
      case vectors = "with_vector"
    }
  }

  /// A ranking that another one begins with.
  struct Prefetch: Encodable, Sendable {
    var query: Ranking
    var using: VectorName
    var filter: QdrantFilter?
    var limit: Int
  }

  /// Several rankings of one collection (`/points/query/batch`).
  struct QueryBatch: Encodable, Sendable { var searches: [Query] }

  /// Points by their identifiers.
  struct Retrieval: Encodable, Sendable {
    var ids: [QdrantPointID]
    var payload = true
    var vectors: [VectorName] = []

    enum CodingKeys: String, CodingKey {
      case ids
      case payload = "with_payload"
      case vectors = "with_vector"
    }
  }

  /// The vectors of a chunk's point.
  enum VectorName: String, Encodable, Sendable {
    case dense, bm25
  }

  /// What points are ranked by.
  enum Ranking: Encodable, Sendable {
    /// The angle.
    case nearest([Float])
    /// Shared words.
    case matching(KeywordVector)
    /// Reciprocal ranks; Qdrant counts ranks from 0.
    case reciprocalRanks(k: Int)
    /// Scores, each ranking's brought to one scale by its mean and deviation.
    case distributions

    func encode(to encoder: any Encoder) throws {
      switch self {
      case .nearest(let vector): try vector.encode(to: encoder)
      case .matching(let words): try words.encode(to: encoder)
      case .reciprocalRanks(let k): try ["rrf": ["k": k]].encode(to: encoder)
      case .distributions: try ["fusion": "dbsf"].encode(to: encoder)
      }
    }
  }
}
