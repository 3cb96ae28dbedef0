import Domain

extension VectorStore {
  /// Finds the chunks that say the same as others, and notes which chunk stands for them: searches leave them out.
  ///
  /// Two chunks say the same if they have the same text but for white space, or if their vectors are very near (cosine of
  /// at least 0.95) and their texts share at least four fifths of their three-word shingles. Of such chunks the one that
  /// was published first stands for the others. Only chunks that were stored, or whose stand-in was deleted, since the
  /// last time are compared (with all others); interrupted, it is completed by calling it again.
  ///
  /// - Parameter progress: told after each batch how many were compared, and of how many.
  @discardableResult
  public func linkDuplicates(
    progress: @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in }
  ) async throws -> DuplicateReport {
    let categories = try await driver.models().active.keys.sorted()
    var waiting: [DataCategory: [Identifier]] = [:]
    for category in categories {
      let collection = CollectionReference(kind: .embedded, category: category)
      for try await reference in StoredSequence(page: { [driver] in
        try await driver.references(in: collection, where: .isUnlinked, from: $0)
      }) {
        waiting[category, default: []].append(reference.id)
      }
    }
    let all = waiting.values.map(\.count).reduce(0, +)
    var search = DuplicateSearch(driver: driver, categories: categories, waiting: Set(waiting.values.joined()))
    for (category, ids) in waiting.sorted(by: { $0.key < $1.key }) {
      for start in stride(from: 0, to: ids.count, by: Self.duplicatesPerBatch) {
        try Task.checkCancellation()
        let batch = ids[start..<min(start + Self.duplicatesPerBatch, ids.count)]
        try await search.link(try await collection(EmbeddedChunk.self, of: category).find(batch))
        progress(search.report.checked, all)
      }
    }
    return search.report
  }

  private static var duplicatesPerBatch: Int { 256 }
}
