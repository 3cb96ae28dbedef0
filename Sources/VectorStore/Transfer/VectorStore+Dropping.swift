public import Domain

extension VectorStore {
  /// How many documents are deleted together.
  private static let documentsPerDeletion = 256

  /// Deletes all documents and chunks of a category, those of a change of the model too; the collections stay, empty.
  ///
  /// Interrupted, it leaves documents that the next run of `features` sees to be incomplete; to call it again goes on.
  /// - Returns: how many documents there were that searches find.
  @discardableResult
  public func empty(_ category: DataCategory) async throws -> Int {
    var deleted = 0
    for generation in [Generation.pending, .active] {
      let ids = try await states(of: category, in: generation).keys.sorted()
      for start in stride(from: 0, to: ids.count, by: Self.documentsPerDeletion) {
        try Task.checkCancellation()
        let some = Array(ids[start..<min(start + Self.documentsPerDeletion, ids.count)])
        deleted += try await driver.delete(documents: some, in: category)
      }
      // What was without a document goes, too.
      let embedded = CollectionReference(kind: .embedded, category: category, generation: generation)
      _ = try await driver.delete(where: .everything, from: embedded)
    }
    return deleted
  }

  /// Gives up a change of the model that is under way: what it has made is dropped, and searches go on as before.
  ///
  /// - Returns: the model that it was made for; nil if none was under way.
  @discardableResult
  public func abandonChange() async throws -> EmbeddingModelInfo? {
    let models = try await driver.models()
    let pending = models.pending.min { $0.key < $1.key }?.value
    guard let pending, let active = models.active.min(by: { $0.key < $1.key })?.value else { return nil }
    _ = try await session.prepare(for: active)
    return pending
  }
}
