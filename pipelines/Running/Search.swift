extension EmbeddingModelInfo {
  /// Whether vectors of both may be compared.
  func makesSameVectors(as other: EmbeddingModelInfo) -> Bool {
    name == other.name && digest == other.digest && dimension == other.dimension
  }
}

extension Stores {
  /// Searches the vector store in words.
  ///
  /// - Parameters:
  ///   - text: the question.
  ///   - authorNames: only chunks of these; empty for all.
  /// - Throws: the stores' errors, and ``PipelineError/unknownAuthor(name:known:)``.
  public func search(
    _ text: String, mode: SearchQuery.Mode, limit: Int, authorNames: [String] = [],
    categories: [DataCategory] = DataCategory.allCases, groupsByDocument: Bool = false
  ) async throws -> [SearchHit] {
    let vectors = try await vectors()
    var query = SearchQuery(
      text: text, mode: mode, limit: limit, categories: categories, groupsByDocument: groupsByDocument)
    if mode != .keyword {
      let embedder = try embedder()
      if let stored = try await vectors.models().values.first(where: { !$0.makesSameVectors(as: embedder.model) }) {
        throw PipelineError.otherModel(stored: stored.name, configured: embedder.model.name)
      }
      query.vector = try await embedder.embed([text]).first
    }
    if !authorNames.isEmpty { query.authors = try await warehouse().users(named: authorNames).map(\.id) }
    return try await vectors.search(query)
  }
}
