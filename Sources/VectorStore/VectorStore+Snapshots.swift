import Domain

extension VectorStore {
  /// Has the server copy what searches find: one snapshot for each collection, which it keeps on its own disk.
  ///
  /// The collections are copied one after the other, documents before their chunks. When the store is written to
  /// meanwhile, documents may be older than their chunks, never newer: the next run computes those again. A request that
  /// is repeated, because its answer was lost, makes one snapshot more.
  /// - Returns: the snapshots in the order in which they were made.
  /// - Throws: ``VectorStoreError/unsupported(store:operation:instead:)`` for an embedded store, which is one file.
  public func makeSnapshots() async throws -> [CollectionSnapshot] {
    try await driver.makeSnapshots()
  }

  /// The snapshots of the collections that searches find, the newest first.
  ///
  /// - Throws: ``VectorStoreError/unsupported(store:operation:instead:)`` for an embedded store.
  public func snapshots() async throws -> [CollectionSnapshot] {
    try await driver.snapshots()
  }

  /// Puts collections back to what they were, documents before their chunks; all else of them is lost. After an
  /// interruption call it again.
  ///
  /// - Throws: ``VectorStoreError``; when the collection of a snapshot is not one that searches find.
  public func restore(_ snapshots: [CollectionSnapshot]) async throws {
    for snapshot in snapshots.inOrder { try await driver.restore(snapshot) }
  }

  /// Has the server remove snapshots; those that are not there are passed over.
  public func remove(_ snapshots: [CollectionSnapshot]) async throws {
    for snapshot in snapshots { try await driver.remove(snapshot) }
  }
}

extension [CollectionSnapshot] {
  /// Documents before chunks.
  fileprivate var inOrder: [CollectionSnapshot] {
    filter { $0.kind == .cleaned } + filter { $0.kind == .embedded }
  }
}
