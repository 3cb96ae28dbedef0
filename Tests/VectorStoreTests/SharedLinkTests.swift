import Domain
import Testing

@testable import VectorStore

/// What every driver must do to the links between duplicates when chunks are stored and deleted.
@Suite struct SharedLinkTests {
  private let collection = CollectionReference(kind: .embedded, category: .articles)

  @Test(arguments: Engine.available)
  func `a chunk that is stored again is unlinked, and one whose representative is gone, too`(
    engine: Engine
  ) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      let chunks = store.collection(EmbeddedChunk.self, of: .articles)
      let (bread, bees, ships) = (Corpus.all[0], Corpus.all[1], Corpus.all[2])
      #expect(try await chunks.count(where: .isUnlinked) == 5)
      let links = [
        DuplicateLink(id: bread.chunks[0].id), DuplicateLink(id: bread.chunks[1].id),
        DuplicateLink(id: bees.chunks[0].id, duplicateOf: bread.chunks[0].id),
        DuplicateLink(id: bees.chunks[1].id, duplicateOf: bread.chunks[1].id),
        DuplicateLink(id: ships.chunks[0].id, duplicateOf: bees.chunks[1].id),
      ]
      try await store.driver.link(links, in: collection)
      #expect(try await chunks.count(where: .isUnlinked) == 0)
      #expect(try await chunks.count(where: .isDuplicate) == 3)

      // Only the second chunk of the document goes away; the first is stored again.
      var shorter = bread
      shorter.document.inputHash = ContentHash(of: "shorter")
      shorter.chunks.removeLast()
      _ = try await store.replaceChunks([shorter])
      #expect(try await unlinked(chunks) == [bread.chunks[0].id, bees.chunks[1].id].sorted())
      #expect(try await chunks.counts(by: .duplicateOf).values.sorted() == [1, 1])

      try await store.delete(documents: [bees.document.id], in: .articles)
      #expect(try await unlinked(chunks) == [bread.chunks[0].id, ships.chunks[0].id].sorted())
      #expect(try await chunks.count(where: .isDuplicate) == 0)

      // What was a duplicate, and stands for itself now, names no other.
      try await store.driver.link(
        [DuplicateLink(id: ships.chunks[0].id, duplicateOf: bread.chunks[0].id)], in: collection)
      try await store.driver.link([DuplicateLink(id: ships.chunks[0].id, duplicateOf: nil)], in: collection)
      #expect(try await chunks.counts(by: .duplicateOf).isEmpty)
      #expect(try await chunks.count(where: .field(.duplicateOf, anyOf: [bread.chunks[0].id.uuidString])) == 0)
      #expect(try await chunks.count(where: !.isUnlinked) == 1)
    }
  }

  @Test(arguments: Engine.available)
  func `a link of a chunk that is gone costs the others nothing`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      let chunks = store.collection(EmbeddedChunk.self, of: .articles)
      let ids = Corpus.all.prefix(3).flatMap(\.chunks).map(\.id)
      let gone = Identifier("chunk", ["gone"])
      let links =
        ids.dropFirst().map { DuplicateLink(id: $0, duplicateOf: ids[0]) } + [
          DuplicateLink(id: gone, duplicateOf: ids[0]), DuplicateLink(id: ids[0]),
          DuplicateLink(id: Identifier("chunk", ["gone, too"])),
        ]
      try await store.driver.link(links, in: collection)
      #expect(try await chunks.count(where: .isUnlinked) == 0)
      #expect(try await chunks.count(where: .isDuplicate) == ids.count - 1)
      #expect(try await chunks.count() == ids.count)
    }
  }

  private func unlinked(_ chunks: VectorCollection<EmbeddedChunk>) async throws -> [Identifier] {
    var ids: [Identifier] = []
    for try await chunk in chunks.documents(where: .isUnlinked) { ids.append(chunk.id) }
    return ids
  }
}
