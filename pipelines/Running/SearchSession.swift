/// The open stores of a search, and the filter that the request's words stand for.
struct SearchSession: Sendable {
  let vectors: VectorStore
  let embedder: (any Embedder)?
  private let request: SearchRequest
  private let filter: VectorFilter

  /// Opens what the request needs.
  ///
  /// - Parameter needsEmbedder: whether there will be queries by meaning, or that of the request is one.
  /// - Throws: ``SearchError`` and ``PipelineError`` for words that stand for nothing; the stores' errors.
  init(_ request: SearchRequest, on stores: Stores, needsEmbedder: Bool) async throws {
    self.request = request
    vectors = try await stores.existingVectors()
    embedder = needsEmbedder ? try await Self.embedder(for: vectors, stores) : nil
    filter = try await Self.filter(request, stores, vectors)
  }

  /// The request's query with other words and another mode.
  func query(_ text: String, mode: SearchQuery.Mode, vector: [Float]?) -> SearchQuery {
    SearchQuery(
      text: text, vector: vector, mode: mode, limit: request.limit, categories: request.categories, filter: filter,
      fusion: request.fusion, candidates: request.candidates, includesDuplicates: request.includesDuplicates,
      diversity: request.diversity, neighbours: request.neighbours)
  }

  /// The request's query.
  func query() async throws -> SearchQuery {
    query(request.text, mode: request.mode, vector: try await embedder?.embed(queries: [request.text]).first)
  }

  /// - Throws: ``SearchError/emptyStore(location:)`` if the store has nothing that any search could find.
  func checkIsNotEmpty() async throws {
    for category in DataCategory.allCases {
      if try await vectors.collection(EmbeddedChunk.self, of: category).count() > 0 { return }
    }
    throw SearchError.emptyStore(location: vectors.location)
  }

  /// The model of the vectors that searches find, which is not the configured one while that is being changed; the
  /// configured one for a store without vectors.
  private static func embedder(for vectors: VectorStore, _ stores: Stores) async throws -> any Embedder {
    guard let stored = try await vectors.models().min(by: { $0.key < $1.key })?.value else {
      return try await stores.embedder()
    }
    return try await stores.embedder(for: stored)
  }

  // MARK: The filter

  private static func filter(
    _ request: SearchRequest, _ stores: Stores, _ vectors: VectorStore
  ) async throws -> VectorFilter {
    var filter = VectorFilter.everything
    if !request.authorNames.isEmpty {
      let authors = try await stores.existingWarehouse().users(named: request.authorNames)
      filter = filter && .authors(authors.map(\.id))
    }
    if !request.platforms.isEmpty {
      let known = try await values(of: .platform, in: vectors)
      for name in request.platforms where !known.contains(name) {
        throw SearchError.unknownPlatform(name: name, known: known.sorted())
      }
      filter = filter && .field(.platform, anyOf: request.platforms)
    }
    if !request.links.isEmpty { filter = filter && .field(.link, anyOf: try await links(request, vectors)) }
    if request.since != nil || request.until != nil {
      if let since = request.since, let until = request.until, since.start >= until.end {
        throw SearchError.emptyPeriod
      }
      filter = filter && .published(from: request.since?.start, before: request.until?.end)
    }
    return filter
  }

  /// The links as they are stored.
  private static func links(_ request: SearchRequest, _ vectors: VectorStore) async throws -> [String] {
    let links = request.links.map { canonicalLink($0) ?? $0 }
    let found = try await values(of: .link, in: vectors, where: .field(.link, anyOf: links))
    if let missing = links.first(where: { !found.contains($0) }) {
      let known = try await values(of: .link, in: vectors)
      throw SearchError.unknownLink(link: missing, nearest: nearestName(to: missing, in: known.sorted()))
    }
    return links
  }

  private static func values(
    of field: VectorField, in vectors: VectorStore, where filter: VectorFilter = .everything
  ) async throws -> Set<String> {
    var values: Set<String> = []
    for category in try await vectors.models().keys {
      values.formUnion(
        try await vectors.collection(EmbeddedChunk.self, of: category).counts(by: field, where: filter).keys)
    }
    return values
  }
}
