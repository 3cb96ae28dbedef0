import Domain

/// The copy of what is known of a category's chunks: which of them say the same as others.
struct LinkCopy {
  let source: any VectorStoreDriver
  let target: any VectorStoreDriver
  /// Where the copies of the chunks are.
  let generation: Generation

  /// Links the copies as the originals are. Nothing is linked to a chunk that was not copied: searches would find neither.
  ///
  /// - Returns: whether all could be linked.
  func run(_ category: DataCategory) async throws -> Bool {
    let originals = CollectionReference(kind: .embedded, category: category)
    let copies = CollectionReference(kind: .embedded, category: category, generation: generation)
    var (areAll, cursor): (Bool, Identifier?) = (true, nil)
    repeat {
      try Task.checkCancellation()
      let page = try await source.references(in: originals, where: !.isUnlinked, from: cursor)
      let links = page.elements.compactMap(\.link)
      let copied = try await find(links.map(\.id), in: copies)
      let standIns = try await standIns(Set(links.compactMap(\.duplicateOf)))
      let possible = links.filter { link in
        copied[link.id] != nil && link.duplicateOf.map(standIns.contains) ?? true
      }
      areAll = areAll && possible.count == links.count
      let new = possible.filter { copied[$0.id]?.link != $0 }
      if !new.isEmpty { try await target.link(new, in: copies) }
      cursor = page.next
    } while cursor != nil
    return areAll
  }

  /// Those of the chunks that were copied; a chunk may stand for one of another category.
  private func standIns(_ ids: Set<Identifier>) async throws -> Set<Identifier> {
    var (found, missing): (Set<Identifier>, Set<Identifier>) = ([], ids)
    for category in DataCategory.allCases where !missing.isEmpty {
      let copies = CollectionReference(kind: .embedded, category: category, generation: generation)
      found.formUnion(try await find(missing.sorted(), in: copies).keys)
      missing.subtract(found)
    }
    return found
  }

  private func find(
    _ ids: [Identifier], in collection: CollectionReference
  ) async throws -> [Identifier: ChunkReference] {
    var found: [Identifier: ChunkReference] = [:]
    var cursor: Identifier?
    repeat {
      let page = try await target.references(in: collection, where: .identifier(anyOf: ids), from: cursor)
      for reference in page.elements { found[reference.id] = reference }
      cursor = page.next
    } while cursor != nil
    return found
  }
}
