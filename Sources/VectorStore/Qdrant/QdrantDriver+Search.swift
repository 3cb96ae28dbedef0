import Domain
import HTTP

extension QdrantDriver {
  /// The rankings of one request.
  private static let queriesPerRequest = 32
  /// How many more than wanted are asked of a fusion: equal scores come in no order, and are put in ours afterwards.
  private static let spareHits = 16

  func nearest(to vector: [Float], _ search: ChunkSearch) async throws -> [ScoredChunk] {
    try await merged([query(.nearest(vector), .dense, search)], search)[0]
  }

  func nearest(toEach vectors: [[Float]], _ search: ChunkSearch) async throws -> [[ScoredChunk]] {
    var found: [[ScoredChunk]] = []
    for start in stride(from: 0, to: vectors.count, by: Self.queriesPerRequest) {
      let batch = vectors[start..<min(start + Self.queriesPerRequest, vectors.count)]
      found += try await merged(batch.map { query(.nearest($0), .dense, search) }, search)
    }
    return found
  }

  func matching(_ terms: [String], _ search: ChunkSearch) async throws -> [ScoredChunk] {
    try await merged([query(.matching(KeywordVector(ofQuery: terms)), .bm25, search)], search)[0]
  }

  /// Joined by the server where there is one collection and it counts as ``Fusion`` does; else both rankings of each
  /// collection come without payload, are joined here, and what was found is read.
  ///
  /// The ranks of several collections are not those of one; and Qdrant's weights divide ranks (version 1.17), where ours
  /// multiply shares.
  func fused(
    nearest vector: [Float], matching terms: [String], by fusion: Fusion, depth: Int, _ search: ChunkSearch
  ) async throws -> FusedRanking {
    let deep = ChunkSearch(categories: search.categories, filter: search.filter, limit: depth)
    var queries = [
      query(.nearest(vector), .dense, deep), query(.matching(KeywordVector(ofQuery: terms)), .bm25, deep),
    ]
    if search.categories.count == 1, search.limit <= depth, let ranking = ranking(of: fusion) {
      return try await joined(queries, by: ranking, search)
    }
    for index in queries.indices { queries[index].payload = false }
    let rankings = try await found(queries, in: search.categories, as: RankedPoint.self)
      .map { $0.sorted(by: RankedPoint.isBetter).prefix(depth) }
    let fused = fusion.fused(dense: Array(rankings[0]), keyword: Array(rankings[1]))
    return FusedRanking(
      chunks: try await read(fused.prefix(search.limit), search),
      areAll: rankings.allSatisfy { $0.count < depth } && fused.count <= search.limit)
  }

  /// What the server is asked for to join two rankings as ``Fusion`` does; nil if it cannot.
  private func ranking(of fusion: Fusion) -> QdrantRequest.Ranking? {
    guard fusion.alpha == 0.5 else { return nil }
    switch fusion.method {
    case .distributionBased: return .distributions
    case .reciprocalRank(let constant):
      guard version >= .fusionConstant, let k = Int(exactly: constant), (0..<1_000_000).contains(k) else { return nil }
      // The first rank is 0 there and 1 here.
      return .reciprocalRanks(k: k + 1)
    }
  }

  private func joined(
    _ queries: [QdrantRequest.Query], by ranking: QdrantRequest.Ranking, _ search: ChunkSearch
  ) async throws -> FusedRanking {
    let prefetch = queries.map {
      QdrantRequest.Prefetch(query: $0.query, using: $0.using ?? .dense, filter: $0.filter, limit: $0.limit)
    }
    var request = QdrantRequest.Query(prefetch: prefetch, query: ranking, limit: search.limit + Self.spareHits)
    if search.includesVectors { request.vectors = [.dense] }
    while true {
      let points = try await found([request], in: search.categories, as: QdrantReply.Point<ChunkPayload>.self)[0]
      let hits = points.map(ScoredChunk.init).sorted(by: ScoredChunk.isBetter)
      let areAll = points.count < request.limit
      // Of equal scores at the end of what came, others may have been left out that come first here.
      if !areAll, hits.last?.score == hits[search.limit - 1].score {
        request.limit *= 4
        continue
      }
      return FusedRanking(chunks: Array(hits.prefix(search.limit)), areAll: hits.count < search.limit)
    }
  }

  private func query(
    _ ranking: QdrantRequest.Ranking, _ vector: QdrantRequest.VectorName, _ search: ChunkSearch
  ) -> QdrantRequest.Query {
    QdrantRequest.Query(
      query: ranking, using: vector, filter: QdrantFilter(search.filter, .embedded), limit: search.limit,
      vectors: search.includesVectors ? [.dense] : [])
  }

  /// Each ranking of the chunks of all categories.
  private func merged(_ queries: [QdrantRequest.Query], _ search: ChunkSearch) async throws -> [[ScoredChunk]] {
    try await found(queries, in: search.categories, as: QdrantReply.Point<ChunkPayload>.self).map { points in
      Array(points.map(ScoredChunk.init).sorted(by: ScoredChunk.isBetter).prefix(search.limit))
    }
  }

  /// What each query finds in the collections of the categories, which are asked at once; in no order.
  private func found<Point: Decodable & Sendable>(
    _ queries: [QdrantRequest.Query], in categories: [DataCategory], as type: Point.Type
  ) async throws -> [[Point]] {
    let body = try QdrantRequest.body(QdrantRequest.QueryBatch(searches: queries))
    return try await withThrowingTaskGroup(of: [QdrantReply.Query<Point>].self) { group in
      for category in categories {
        let collection = names(category).embedded
        group.addTask {
          try await connection.callIfPresent(
            "search \(collection)", .post, "/collections/\(collection)/points/query/batch", body: body) ?? []
        }
      }
      var found = [[Point]](repeating: [], count: queries.count)
      for try await reply in group {
        for (index, ranking) in reply.prefix(queries.count).enumerated() { found[index] += ranking.points }
      }
      return found
    }
  }

  /// Reads the chunks of a ranking; those that are gone meanwhile are left out.
  private func read(_ ranking: ArraySlice<RankedPoint>, _ search: ChunkSearch) async throws -> [ScoredChunk] {
    if ranking.isEmpty { return [] }
    let request = QdrantRequest.Retrieval(ids: ranking.map(\.id), vectors: search.includesVectors ? [.dense] : [])
    let body = try QdrantRequest.body(request)
    let chunks = try await withThrowingTaskGroup(of: [QdrantReply.Point<ChunkPayload>].self) { group in
      for category in search.categories {
        let collection = names(category).embedded
        group.addTask {
          try await connection.callIfPresent(
            "read points of \(collection)", .post, "/collections/\(collection)/points", body: body) ?? []
        }
      }
      return try await group.reduce(into: [Identifier: QdrantReply.Point<ChunkPayload>]()) { chunks, points in
        for point in points { chunks[point.id] = point }
      }
    }
    return ranking.compactMap { hit in
      chunks[hit.id].map { point in
        var chunk = ScoredChunk(point)
        chunk.score = hit.score
        return chunk
      }
    }
  }
}

/// A point that a ranking found, before its payload is read.
private struct RankedPoint: RankedHit, Decodable {
  var id: Identifier
  var score: Double
}

extension ScoredChunk {
  fileprivate init(_ point: QdrantReply.Point<ChunkPayload>) {
    self.init(
      chunk: point.payload.chunk, score: point.score ?? 0, vector: point.vector?.dense,
      duplicateOf: point.payload.duplicateOf)
  }
}
