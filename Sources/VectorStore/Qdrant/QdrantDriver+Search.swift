import Domain
import HTTP

extension QdrantDriver {
  func nearest(to vector: [Float], filter: ChunkFilter, limit: Int) async throws -> [SearchHit] {
    try await query(vector, using: "dense", filter: filter, limit: limit)
  }

  func matching(_ words: [String], filter: ChunkFilter, limit: Int) async throws -> [SearchHit] {
    try await query(KeywordVector(ofQuery: words.map(keywordTerm)), using: "bm25", filter: filter, limit: limit)
  }

  /// Asks the collection of each category, and merges what they find.
  private func query(
    _ vector: some Encodable & Sendable, using name: String, filter: ChunkFilter, limit: Int
  ) async throws -> [SearchHit] {
    var hits: [SearchHit] = []
    for category in filter.categories {
      let collection = names(category).embedded
      let request = QdrantRequest.Query(query: vector, using: name, filter: QdrantFilter(filter), limit: limit)
      let reply = try await connection.callIfPresent(
        "search \(collection)", .post, "/collections/\(collection)/points/query",
        body: try QdrantRequest.body(request), as: QdrantReply.Query<ChunkPayload>.self)
      hits += (reply?.points ?? []).map { SearchHit($0.payload.chunk, score: $0.score ?? 0) }
    }
    return Array(hits.sorted(by: SearchHit.isBetter).prefix(limit))
  }
}
