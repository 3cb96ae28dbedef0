import Domain

extension VectorStore {
  /// How many candidates each ranking of a hybrid search gives at least.
  static let minimumCandidates = 100
  /// How many candidates a search that groups by document looks at: one that finds fewer documents among them than were
  /// asked for gives those.
  static let maximumCandidates = 16_384
  /// The most words of a query that keyword search looks for.
  static let maximumWords = 256

  /// The chunks that answer a query best, best first; of equal scores, the smaller identifier first.
  ///
  /// - Throws: ``VectorStoreError/unusableQuery(reason:)`` and its like when the query lacks what its mode needs;
  ///   ``VectorStoreError/notPrepared(store:category:)`` when none of its categories is there.
  public func search(_ query: SearchQuery) async throws -> [SearchHit] {
    guard (1...SearchQuery.maximumLimit).contains(query.limit) else {
      throw VectorStoreError.unusableQuery(reason: "the limit must be from 1 to \(SearchQuery.maximumLimit)")
    }
    let plan = try await plan(of: query)
    guard query.groupsByDocument else {
      return Array(try await hits(plan, limit: query.limit).hits.prefix(query.limit))
    }
    // How many chunks hold enough documents is not known beforehand: ask for more until they do, or there are no more.
    var limit = query.limit * 2
    while true {
      let found = try await hits(plan, limit: limit)
      let best = bestOfEachDocument(found.hits)
      if best.count >= query.limit || found.areAll || limit >= Self.maximumCandidates {
        return Array(best.prefix(query.limit))
      }
      limit = min(limit * 4, Self.maximumCandidates)
    }
  }

  private struct Plan {
    var filter: ChunkFilter
    var vector: [Float]?
    var words: [String]?
  }

  private func plan(of query: SearchQuery) async throws -> Plan {
    var plan = Plan(filter: query.filter)
    let models = try await session.models().filter { query.categories.contains($0.key) }
    guard let model = models.min(by: { $0.key < $1.key })?.value else {
      guard let category = query.categories.min() else {
        throw VectorStoreError.unusableQuery(reason: "no category was asked for")
      }
      throw VectorStoreError.notPrepared(store: location, category: category)
    }
    if query.mode != .keyword {
      guard let vector = query.vector else {
        throw VectorStoreError.unusableQuery(
          reason: "a \(query.mode.rawValue) search needs the vector of the query; use an embedding model, or the mode "
            + SearchQuery.Mode.keyword.rawValue)
      }
      plan.vector = try unitVector(vector, dimension: model.dimension, of: "the query")
    }
    if query.mode != .dense {
      var seen: Set<String> = []
      let words = keywordWords(of: query.text).filter { seen.insert(keywordTerm(of: $0)).inserted }
      plan.words = Array(words.prefix(Self.maximumWords))
    }
    return plan
  }

  private func hits(_ plan: Plan, limit: Int) async throws -> (hits: [SearchHit], areAll: Bool) {
    guard let vector = plan.vector else {
      let hits = try await matching(plan, limit: limit)
      return (hits, hits.count < limit)
    }
    guard plan.words != nil else {
      let hits = try await driver.nearest(to: vector, filter: plan.filter, limit: limit)
      return (hits, hits.count < limit)
    }
    let depth = max(limit, Self.minimumCandidates)
    async let dense = driver.nearest(to: vector, filter: plan.filter, limit: depth)
    async let keyword = matching(plan, limit: depth)
    let rankings = try await [dense, keyword]
    return (fusingReciprocalRanks(rankings), rankings.allSatisfy { $0.count < depth })
  }

  private func matching(_ plan: Plan, limit: Int) async throws -> [SearchHit] {
    guard let words = plan.words, !words.isEmpty else { return [] }
    return try await driver.matching(words, filter: plan.filter, limit: limit)
  }

  private func bestOfEachDocument(_ hits: [SearchHit]) -> [SearchHit] {
    var seen: Set<Identifier> = []
    return hits.filter { seen.insert($0.documentID).inserted }
  }
}
