import Foundation

/// How well each way to search answers labelled queries.
public struct SearchEvaluation: Codable, Sendable {
  /// How well one way does.
  public struct Mode: Codable, Sendable {
    /// The way.
    public var mode: SearchQuery.Mode
    /// The means over all queries.
    public var quality: RankingQuality
    /// The means over the queries of each kind.
    public var kinds: [String: RankingQuality]
    /// The median time that the store took for a query, in milliseconds; that of the embedding is not in it.
    public var milliseconds: Double
  }

  /// How many queries there are.
  public var queries: Int
  /// How many there are of each kind; queries without one have the empty name.
  public var kinds: [String: Int]
  /// How many hits count of each (k).
  public var limit: Int
  /// The embedding model.
  public var model: String
  /// The median time of embedding a query, in milliseconds.
  public var embeddingMilliseconds: Double
  /// Dense, keyword and hybrid search.
  public var modes: [Mode]
  /// Labels that name nothing in the store, so that nothing can be found for them; they count all the same.
  public var unknownLabels: [String]

  enum CodingKeys: String, CodingKey {
    case queries, kinds, limit, model
    case embeddingMilliseconds = "embedding_milliseconds"
    case modes
    case unknownLabels = "unknown_labels"
  }
}

extension Stores {
  /// Asks each of the queries in each mode, with what else the request says, and compares what is found with the labels.
  ///
  /// - Throws: as ``search(_:)``.
  public func evaluate(_ queries: [LabelledQuery], as request: SearchRequest) async throws -> SearchEvaluation {
    let session = try await SearchSession(request, on: self, needsEmbedder: true)
    try await session.checkIsNotEmpty()
    let modes: [SearchQuery.Mode] = [.dense, .keyword, .hybrid]
    var results: [SearchQuery.Mode: [(quality: RankingQuality, time: Duration)]] = [:]
    var embeddingTimes: [Duration] = []
    let clock = ContinuousClock()
    for query in queries {
      let start = clock.now
      let vector = try await session.embedder?.embed(queries: [query.text]).first
      embeddingTimes.append(clock.now - start)
      for mode in modes {
        let start = clock.now
        let hits = try await session.vectors.search(session.query(query.text, mode: mode, vector: vector))
        let time = clock.now - start
        results[mode, default: []].append((RankingQuality(of: hits, for: query, cutoff: request.limit), time))
      }
    }
    let kinds = Dictionary(grouping: queries.indices) { queries[$0].kind ?? "" }
    return SearchEvaluation(
      queries: queries.count, kinds: kinds.mapValues(\.count), limit: request.limit,
      model: session.embedder?.model.name ?? "", embeddingMilliseconds: median(embeddingTimes),
      modes: modes.map { mode in
        let all = results[mode] ?? []
        return SearchEvaluation.Mode(
          mode: mode, quality: RankingQuality(meanOf: all.map(\.quality)),
          kinds: kinds.mapValues { RankingQuality(meanOf: $0.map { all[$0].quality }) },
          milliseconds: median(all.map(\.time)))
      },
      unknownLabels: try await unknownLabels(of: queries, in: session.vectors))
  }

  private func unknownLabels(of queries: [LabelledQuery], in vectors: VectorStore) async throws -> [String] {
    var missing = Set(queries.flatMap(\.relevant.keys))
    for category in try await vectors.models().keys.sorted() {
      let chunks = vectors.collection(EmbeddedChunk.self, of: category)
      let links = try await chunks.counts(by: .link).keys
      let documents = try await chunks.counts(by: .document, where: .field(.document, anyOf: Array(missing))).keys
      let ids = missing.filter { UUID(uuidString: $0) != nil }.map { Identifier(existing: $0) }
      let found = try await chunks.find(ids).map(\.id.uuidString)
      missing.subtract(documents)
      missing.subtract(found)
      missing = missing.filter { label in !links.contains { LabelledQuery.names(label, link: $0) } }
    }
    return missing.sorted()
  }
}

private func median(_ times: [Duration]) -> Double {
  guard !times.isEmpty else { return 0 }
  let sorted = times.sorted()
  let middle = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  return middle / .milliseconds(1)
}
