import Domain
import Testing

@testable import VectorStore

/// What a copy makes of chunks that say the same as others.
@Suite struct SharedLinkCopyTests {
  private static let articles = CollectionReference(kind: .embedded, category: .articles)
  private static let (original, duplicate) = (Corpus.all[0], Corpus.all[1])

  /// Runs `body` with a filled store in which a chunk of the second document says the same as one of the first, and an
  /// empty one.
  private func withStores(
    _ engine: Engine, _ body: (VectorStore, VectorStore) async throws -> Void
  ) async throws {
    try await Engine.embedded.withStore { source in
      try await Corpus.fill(source)
      let link = DuplicateLink(id: Self.duplicate.chunks[0].id, duplicateOf: Self.original.chunks[0].id)
      try await source.driver.link([DuplicateLink(id: Self.original.chunks[0].id), link], in: Self.articles)
      try await engine.withStore { target in try await body(source, target) }
    }
  }

  /// Makes sure that the duplicate is found, now that the one that stands for it was not copied.
  private func expectNothingHidden(_ target: VectorStore) async throws {
    let chunks = target.collection(EmbeddedChunk.self, of: .articles)
    #expect(try await chunks.count(where: .isDuplicate) == 0)
    #expect(try await chunks.count(where: .isUnlinked && .identifier(anyOf: [Self.duplicate.chunks[0].id])) == 1)
    let hits = try await target.search(SearchQuery(text: "honeybees", mode: .keyword))
    #expect(hits.map(\.id) == [Self.duplicate.chunks[0].id])
    #expect(try await target.verify(.contents).chunksWithBrokenLink.isEmpty)
  }

  @Test(arguments: Engine.available)
  func `nothing is hidden behind a document that was left out`(engine: Engine) async throws {
    try await withStores(engine) { source, target in
      var incomplete = Self.original.document
      incomplete.fingerprint = DocumentState.incomplete
      try await source.driver.upsert([incomplete], into: CollectionReference(kind: .cleaned, category: .articles))
      let report = try await source.copy(to: target)
      #expect(report.isVerified && report.failed == 1 && !report.copiesLinks)
      try await expectNothingHidden(target)
    }
  }

  @Test(arguments: Engine.available)
  func `nothing is hidden behind a chunk that has lost its document`(engine: Engine) async throws {
    try await withStores(engine) { source, target in
      try await source.collection(CleanedDocument.self, of: .articles)
        .delete(where: .document(Self.original.document.id))
      let report = try await source.copy(to: target)
      #expect(report.isVerified && report.failed == 0 && !report.copiesLinks)
      try await expectNothingHidden(target)
    }
  }

  @Test(arguments: Engine.available)
  func `a stand-in of another category is found`(engine: Engine) async throws {
    try await withStores(engine) { source, target in
      let (post, ship) = (Corpus.all[3].chunks[0].id, Corpus.all[2].chunks[0].id)
      let posts = CollectionReference(kind: .embedded, category: .posts)
      try await source.driver.link([DuplicateLink(id: post, duplicateOf: ship)], in: posts)
      #expect(try await source.copy(to: target).copiesLinks)
      #expect(try await target.collection(EmbeddedChunk.self, of: .posts).count(where: .isDuplicate) == 1)
      #expect(try await target.collection(EmbeddedChunk.self, of: .articles).count(where: .isDuplicate) == 1)
    }
  }
}
