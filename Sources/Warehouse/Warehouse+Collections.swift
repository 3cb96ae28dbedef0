extension Warehouse {
  /// The names of the store's collections that are not among ``collections``, in order: those of document types of one's
  /// own, and of other programs.
  public func otherCollections() async throws -> [String] {
    try await driver.collectionNames().filter { !Self.collections.contains($0) }.sorted()
  }
}
