import Domain

extension VectorStore {
  /// The most terms of a query that keyword search looks for.
  static let maximumTerms = 256

  /// The chunks that answer a query best, best first; of equal scores, the smaller identifier first.
  ///
  /// - Throws: ``VectorStoreError/unusableQuery(reason:)`` and its like when the query lacks what its mode needs, or asks
  ///   for too much; ``VectorStoreError/notPrepared(store:category:)`` when none of its categories is there.
  public func search(_ query: SearchQuery) async throws -> [SearchHit] {
    let plan = try await plan(of: query)
    let pool = query.diversity > 0 ? max(query.limit, query.candidates) : query.limit
    var depth = plan.fusion == nil ? pool : max(query.limit, query.candidates)
    // How many candidates say the same is not known beforehand: ask for more until there are enough, or no more.
    var found = try await candidates(plan, depth: depth, wanted: pool)
    while found.chunks.count < pool, let deeper = deeper(than: depth, found) {
      depth = deeper
      found = try await candidates(plan, depth: depth, wanted: pool)
    }
    let chunks = Array(found.chunks.prefix(pool))
    let chosen = diversified(chunks, query) { ($0.score, $0.vector) }
    return try await surrounded(chosen.map { SearchHit($0, terms: plan.highlighted) }, query)
  }

  /// The documents that answer a query best: those with the highest sum of the scores of their chunks, as
  /// ``search(_:)`` scores them, among the candidates.
  ///
  /// The sum depends on how many candidates there are, so that four times as many are asked for (at first
  /// ``SearchQuery/candidates`` of each ranking, at most ``SearchQuery/maximumCandidates``) until the documents that are
  /// given, in their order, are the same twice in a row, or there are no more. The sum favours documents that have many
  /// chunks that answer, the more so the slower scores fall with the rank.
  /// - Throws: as ``search(_:)``.
  public func searchDocuments(_ query: SearchQuery) async throws -> [DocumentHit] {
    let plan = try await plan(of: query)
    let pool = query.diversity > 0 ? max(query.limit, query.candidates) : query.limit
    var depth = max(query.limit, query.candidates)
    var before: [Identifier] = []
    var documents: [RankedDocument]
    while true {
      let found = try await candidates(plan, depth: depth, wanted: nil)
      documents = RankedDocument.ranked(found.chunks)
      let first = documents.prefix(pool).map { $0.chunks[0].chunk.documentID }
      let isSettled = first.count == pool && first == before
      guard !isSettled, let deeper = deeper(than: depth, found) else { break }
      (depth, before) = (deeper, first)
    }
    let chosen = diversified(Array(documents.prefix(pool)), query) { ($0.score, $0.chunks[0].vector) }
    return try await hits(chosen, query, plan)
  }

  // MARK: The plan

  /// What the store is known to hold may be out of date where another process has changed the model, or dropped all: what
  /// is refused because of that is planned again with what there is.
  private func plan(of query: SearchQuery) async throws -> SearchPlan {
    try query.check()
    let known = try await session.models().active
    do {
      return try plan(of: query, in: known)
    } catch {
      let current = try await session.currentModels().active
      if current == known { throw error }
      return try plan(of: query, in: current)
    }
  }

  private func plan(of query: SearchQuery, in all: [DataCategory: EmbeddingModelInfo]) throws -> SearchPlan {
    let models = all.filter { query.categories.contains($0.key) }
    guard let model = models.min(by: { $0.key < $1.key })?.value else {
      guard let category = query.categories.min() else {
        throw VectorStoreError.unusableQuery(reason: "no category was asked for")
      }
      throw VectorStoreError.notPrepared(store: location, category: category)
    }
    var seen: Set<String> = []
    let terms = keywordTerms(of: query.text).filter { seen.insert($0).inserted }.prefix(Self.maximumTerms)
    var plan = SearchPlan(
      categories: models.keys.sorted(), filter: query.filter,
      highlighted: highlightedTerms(of: query.text).intersection(terms))
    if query.mode != .keyword {
      guard let vector = query.vector else {
        throw VectorStoreError.unusableQuery(
          reason: "a \(query.mode.rawValue) search needs the vector of the query; use an embedding model, or the mode "
            + SearchQuery.Mode.keyword.rawValue)
      }
      let unit = try unitVector(vector, dimension: model.dimension, of: "the query")
      if query.mode == .dense || query.fusion.countsDense { plan.vector = unit }
    }
    if query.mode == .keyword || query.mode == .hybrid && query.fusion.countsKeyword { plan.terms = Array(terms) }
    if query.mode == .hybrid { plan.fusion = query.fusion }
    plan.includesVectors = query.diversity > 0
    leaveOutDuplicates(query, isWhole: models.count == all.count, &plan)
    return plan
  }

  /// Where everything is searched, the chunk that stands for others is found, and they need not be. A filter may leave
  /// it out, while others of them pass: then the best of those stands for all.
  private func leaveOutDuplicates(_ query: SearchQuery, isWhole: Bool, _ plan: inout SearchPlan) {
    guard !query.includesDuplicates else { return }
    if isWhole, query.filter == .everything { plan.filter = !.isDuplicate } else { plan.joinsDuplicates = true }
  }

  // MARK: Candidates

  private struct Candidates {
    /// Best first.
    var chunks: [ScoredChunk]
    /// Whether there are no more.
    var areAll: Bool
  }

  /// - Parameter wanted: how many of the best are enough; nil for all that both rankings have.
  private func candidates(_ plan: SearchPlan, depth: Int, wanted: Int?) async throws -> Candidates {
    // How many of the best say the same is not known: as many are read as each ranking has.
    let isEnough = plan.joinsDuplicates ? wanted.map { max($0, depth) } : wanted
    var found = try await ranked(plan, depth: depth, limit: isEnough)
    if plan.joinsDuplicates {
      var seen: Set<Identifier> = []
      found.chunks = found.chunks.filter { seen.insert($0.duplicateOf ?? $0.id).inserted }
    }
    return found
  }

  private func ranked(_ plan: SearchPlan, depth: Int, limit: Int?) async throws -> Candidates {
    if let fusion = plan.fusion, let vector = plan.vector, let terms = plan.terms, !terms.isEmpty {
      // Two rankings have no chunk in common at worst.
      let joined = try await driver.fused(
        nearest: vector, matching: terms, by: fusion, depth: depth, plan.search(limit ?? 2 * depth))
      return Candidates(chunks: joined.chunks, areAll: joined.areAll)
    }
    let (dense, keyword) = try await (nearest(plan, depth), matching(plan, depth))
    let chunks = plan.fusion?.fused(dense: dense, keyword: keyword) ?? (dense + keyword)
    return Candidates(chunks: chunks, areAll: dense.count < depth && keyword.count < depth)
  }

  private func nearest(_ plan: SearchPlan, _ depth: Int) async throws -> [ScoredChunk] {
    guard let vector = plan.vector else { return [] }
    return try await driver.nearest(to: vector, plan.search(depth))
  }

  private func matching(_ plan: SearchPlan, _ depth: Int) async throws -> [ScoredChunk] {
    guard let terms = plan.terms, !terms.isEmpty else { return [] }
    return try await driver.matching(terms, plan.search(depth))
  }

  /// How many candidates to ask for next; nil if there are no more, or no more are looked at.
  private func deeper(than depth: Int, _ found: Candidates) -> Int? {
    guard !found.areAll, depth < SearchQuery.maximumCandidates else { return nil }
    return min(depth * 4, SearchQuery.maximumCandidates)
  }

  // MARK: Hits

  private func diversified<Candidate>(
    _ candidates: [Candidate], _ query: SearchQuery, _ parts: (Candidate) -> (score: Double, vector: [Float]?)
  ) -> [Candidate] {
    guard query.diversity > 0 else { return Array(candidates.prefix(query.limit)) }
    let parts = candidates.map(parts)
    let places = mostMarginallyRelevant(
      scores: parts.map(\.score), vectors: parts.map { $0.vector ?? [] }, diversity: query.diversity,
      limit: query.limit)
    return places.map { candidates[$0] }
  }

  private func hits(
    _ documents: [RankedDocument], _ query: SearchQuery, _ plan: SearchPlan
  ) async throws -> [DocumentHit] {
    let best = documents.map { $0.chunks.prefix(DocumentHit.maximumHits) }
    var hits = try await surrounded(best.joined().map { SearchHit($0, terms: plan.highlighted) }, query)[...]
    return zip(documents, best).map { document, best in
      let own = Array(hits.prefix(best.count))
      hits = hits.dropFirst(best.count)
      return DocumentHit(score: document.score, matches: document.chunks.count, best: own[0], hits: own)
    }
  }

  private func surrounded(_ hits: [SearchHit], _ query: SearchQuery) async throws -> [SearchHit] {
    guard query.neighbours > 0, !hits.isEmpty else { return hits }
    let surroundings = try await Surroundings(of: hits, in: self)
    return hits.map { surroundings.surrounded($0, by: query.neighbours) }
  }
}
