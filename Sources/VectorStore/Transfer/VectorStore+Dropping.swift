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
      // What was without a document goes, too, and what cannot be read.
      for kind in CollectionKind.allCases {
        let collection = CollectionReference(kind: kind, category: category, generation: generation)
        _ = try await driver.delete(where: .everything, from: collection)
      }
    }
    return deleted
  }

  /// Gives up a change of the model that is under way: what it has made is dropped, and searches go on as before.
  ///
  /// A change that was being put into place when an interruption came cannot be given up, since what it replaces may be gone
  /// already: it is completed.
  /// - Returns: the model that it was made for; nil if nothing was given up.
  @discardableResult
  public func abandonChange() async throws -> EmbeddingModelInfo? {
    try await session.dropPending()
  }

  /// Whether the store has any collection that twin made, also one whose counterpart was removed by hand, which
  /// ``statistics()`` does not show: what ``drop()`` removes.
  public func hasCollections() async throws -> Bool {
    try await driver.hasCollections()
  }
}
