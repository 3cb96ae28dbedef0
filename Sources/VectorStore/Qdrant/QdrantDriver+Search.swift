import Domain
import HTTP

extension QdrantDriver {
  /// The rankings of one request.
  private static let queriesPerRequest = 32
  /// How many more than wanted are asked of a fusion: equal scores come in no order, and are put in ours afterwards.
  private static let spareHits = 16

  func nearest(to vector: [Float], _ search: ChunkSearch) async throws -> [ScoredChunk] {
    try await rankings([query(.nearest(vector), .dense, search)], search)[0]
  }

  func nearest(toEach vectors: [[Float]], _ search: ChunkSearch) async throws -> [[ScoredChunk]] {
    var found: [[ScoredChunk]] = []
    for start in stride(from: 0, to: vectors.count, by: Self.queriesPerRequest) {
      let batch = vectors[start..<min(start + Self.queriesPerRequest, vectors.count)]
      found += try await rankings(batch.map { query(.nearest($0), .dense, search) }, search)
    }
    return found
  }

  func matching(_ terms: [String], _ search: ChunkSearch) async throws -> [ScoredChunk] {
    try await rankings([query(.matching(KeywordVector(ofQuery: terms)), .bm25, search)], search)[0]
  }

  /// Joined by the server where there is one collection and it counts as ``Fusion`` does; else both rankings of each
  /// collection come without payload, are joined here, and what was found is read.
  ///
  /// The ranks of several collections are not those of one; and Qdrant's weights divide ranks (version 1.17), where ours
  /// multiply shares. Where chunks have the same score by words, the server ranks them in an order of its own.
  func fused(
    nearest vector: [Float], matching terms: [String], by fusion: Fusion, depth: Int, _ search: ChunkSearch
  ) async throws -> FusedRanking {
    let deep = ChunkSearch(categories: search.categories, filter: search.filter, limit: depth)
    let queries = [
      query(.nearest(vector), .dense, deep), query(.matching(KeywordVector(ofQuery: terms)), .bm25, deep),
    ]
    if search.categories.count == 1, search.limit <= depth, let ranking = ranking(of: fusion) {
      return try await joined(queries, by: ranking, search)
    }
    let rankings = try await places(queries, deep)
    let fused = fusion.fused(dense: rankings[0], keyword: rankings[1])
    return FusedRanking(
      chunks: try await read(fused.prefix(search.limit), search),
      areAll: rankings.allSatisfy { $0.count < depth } && fused.count <= search.limit)
  }

  /// What the server is asked for to join two rankings as ``Fusion`` does; nil if it cannot.
  private func ranking(of fusion: Fusion) -> QdrantRequest.Ranking? {
    guard fusion.alpha == 0.5 else { return nil }
    switch fusion.method {
    case .distributionBased: return version >= .distributionFusion ? .distributions : nil
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
      let (hits, count) = try await hits([request], search)[0]
      let areAll = count < request.limit
      // Of equal scores at the end of what came, others may have been left out that come first here; and what cannot be
      // read has taken the place of others.
      if !areAll, hits.count < search.limit || hits.last?.score == hits[search.limit - 1].score {
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
  private func rankings(_ queries: [QdrantRequest.Query], _ search: ChunkSearch) async throws -> [[ScoredChunk]] {
    try await hits(queries, search).map { Array($0.chunks.prefix(search.limit)) }
  }

  /// What each query finds, best first, and how many points these are with those that cannot be read. Where the answer would
  /// be too long, it is asked for without payloads, and the chunks are read in parts.
  private func hits(
    _ queries: [QdrantRequest.Query], _ search: ChunkSearch
  ) async throws -> [(chunks: [ScoredChunk], count: Int)] {
    do {
      return try await found(queries, in: search.categories, as: QdrantStoredPoint<ChunkPayload>.self).map { points in
        (points.compactMap(\.scoredChunk).sorted(by: ScoredChunk.isBetter), points.count)
      }
    } catch is QdrantConnection.ReplyTooLong {
      var hits: [(chunks: [ScoredChunk], count: Int)] = []
      for places in try await places(queries, search) {
        hits.append((try await read(places[...], search), places.count))
      }
      return hits
    }
  }

  /// The points that each query finds without what they hold, best first.
  private func places(_ queries: [QdrantRequest.Query], _ search: ChunkSearch) async throws -> [[RankedPoint]] {
    let bare = queries.map { query in
      var bare = query
      (bare.payload, bare.vectors) = (false, [])
      return bare
    }
    do {
      let found = try await found(bare, in: search.categories, as: RankedPoint.self)
      return zip(found, queries).map { Array($0.sorted(by: RankedPoint.isBetter).prefix($1.limit)) }
    } catch is QdrantConnection.ReplyTooLong {
      throw connection.tooLong("search", "it is")
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
          try await connection.callForPart(
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
    let ids = ranking.map(\.id)
    let chunks = try await withThrowingTaskGroup(of: [ScoredChunk].self) { group in
      for category in search.categories {
        let collection = names(category).embedded
        group.addTask {
          var chunks: [ScoredChunk] = []
          for start in stride(from: 0, to: ids.count, by: Self.pointsPerRequest) {
            let part = ids[start..<min(start + Self.pointsPerRequest, ids.count)]
            chunks += try await self.chunks(part, in: collection, search)
          }
          return chunks
        }
      }
      return try await group.reduce(into: [Identifier: ScoredChunk]()) { all, chunks in
        for chunk in chunks { all[chunk.id] = chunk }
      }
    }
    return ranking.compactMap { hit in
      var chunk = chunks[hit.id]
      chunk?.score = hit.score
      return chunk
    }
  }

  /// Reads some chunks, in halves where the answer would be too long.
  private func chunks(
    _ ids: ArraySlice<Identifier>, in collection: String, _ search: ChunkSearch
  ) async throws -> [ScoredChunk] {
    let operation = "read points of \(collection)"
    let request = QdrantRequest.Retrieval(
      ids: ids.map(QdrantPointID.init), vectors: search.includesVectors ? [.dense] : [])
    do {
      let points = try await connection.callForPart(
        operation, .post, "/collections/\(collection)/points", body: try QdrantRequest.body(request),
        as: [QdrantStoredPoint<ChunkPayload>].self)
      return (points ?? []).compactMap(\.scoredChunk)
    } catch is QdrantConnection.ReplyTooLong {
      guard ids.count > 1 else { throw connection.tooLong(operation, "the point \(ids[ids.startIndex]) is") }
      let middle = ids.index(ids.startIndex, offsetBy: ids.count / 2)
      return try await chunks(ids[..<middle], in: collection, search)
        + chunks(ids[middle...], in: collection, search)
    }
  }
}

/// A point that a ranking found, before its payload is read.
private struct RankedPoint: RankedHit, Decodable {
  var id: Identifier
  var score: Double

  enum CodingKeys: String, CodingKey { case id, score }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = try container.decode(QdrantPointID.self, forKey: .id).identifier
    score = try container.decode(Double.self, forKey: .score)
  }
}
