extension [CollectionSnapshot] {
  /// The snapshots of these names, in the order of the names.
  ///
  /// - Throws: ``SnapshotError/unknownName(name:nearest:)``.
  public func named(_ names: [String]) throws -> [CollectionSnapshot] {
    try names.map { name in
      guard let snapshot = first(where: { $0.name == name }) else {
        throw SnapshotError.unknownName(name: name, nearest: nearestName(to: name, in: map(\.name)))
      }
      return snapshot
    }
  }

  /// Of each kind of writing the newest snapshot of the chunks, and the newest one of the documents that is not newer:
  /// documents newer than their chunks would seem to be complete. ``VectorStore/makeSnapshots()`` copies documents first,
  /// and where it was broken off this passes over what has no counterpart.
  ///
  /// - Throws: ``SnapshotError/none`` if there are no snapshots; ``SnapshotError/incomplete(category:)`` if those of one
  ///   kind of writing lack one of the two.
  public func newestSet() throws -> [CollectionSnapshot] {
    guard !isEmpty else { throw SnapshotError.none }
    return try Set(map(\.category)).sorted().flatMap { category in
      let own = filter { $0.category == category }
      guard let chunks = own.newest(.embedded),
        let documents = own.filter({ $0.moment <= chunks.moment }).newest(.cleaned)
      else { throw SnapshotError.incomplete(category: category) }
      return [documents, chunks]
    }
  }

  /// All but the newest `count` of each collection.
  public func allButNewest(_ count: Int) -> [CollectionSnapshot] {
    Dictionary(grouping: self, by: \.collection).sorted { $0.key < $1.key }
      .flatMap { $0.value.sorted(by: CollectionSnapshot.isNewer).dropFirst(count) }
  }

  private func newest(_ kind: CollectionKind) -> CollectionSnapshot? {
    filter { $0.kind == kind }.min(by: CollectionSnapshot.isNewer)
  }
}

extension CollectionSnapshot {
  /// Comparable, since the server writes all its times alike.
  fileprivate var moment: String { createdAt ?? "" }

  fileprivate static func isNewer(_ first: CollectionSnapshot, than second: CollectionSnapshot) -> Bool {
    (first.moment, first.name) > (second.moment, second.name)
  }
}
