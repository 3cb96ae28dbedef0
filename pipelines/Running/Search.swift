extension Stores {
  /// The chunks that answer a question in words best, best first.
  ///
  /// - Throws: the stores' errors, ``SearchError``, and ``PipelineError/unknownAuthor(name:known:)``.
  public func search(_ request: SearchRequest) async throws -> [SearchHit] {
    try await found(request) { try await $0.search($1) }
  }

  /// The documents that answer a question in words best, best first.
  ///
  /// - Throws: as ``search(_:)``.
  public func searchDocuments(_ request: SearchRequest) async throws -> [DocumentHit] {
    try await found(request) { try await $0.searchDocuments($1) }
  }

  private func found<Hit>(
    _ request: SearchRequest, _ search: (VectorStore, SearchQuery) async throws -> [Hit]
  ) async throws -> [Hit] {
    let session = try await SearchSession(request, on: self, needsEmbedder: request.mode != .keyword)
    let hits = try await search(session.vectors, session.query())
    if hits.isEmpty { try await session.checkIsNotEmpty() }
    return hits
  }
}
