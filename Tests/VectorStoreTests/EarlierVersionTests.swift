import Domain
import HTTP
import TestSupport
import Testing

@testable import VectorStore

/// What the first version of twin stored in Qdrant, which is made anew whatever its model.
@Suite struct EarlierVersionTests {
  /// Runs `body` with a store of the first version, which has the one document `earlier`, and an embedded store.
  private func withStores(_ body: (TroubledPeer, _ source: VectorStore, _ target: VectorStore) async throws -> Void)
    async throws
  {
    let (peer, prefix) = (try TroubledPeer.untroubled.get(), TroubledPeer.randomPrefix())
    try await peer.makeEarlierCollections(prefix: prefix)
    let target = try await peer.store(prefix: prefix)
    try await Engine.embedded.withStore { source in
      try await WholeCorpus.fill(source)
      try await body(peer, source, target)
    }
    try await target.drop()
  }

  private func storeEarlier(in source: VectorStore) async throws {
    let document = Corpus.document("earlier", category: .posts)
    try await source.replaceChunks(of: document, with: Corpus.chunks(of: document, [("text", [1, 0, 0, 0])]))
  }

  @Test func `it counts as not made, before it is prepared and afterwards`() async throws {
    try await withStores { _, _, store in
      for _ in 1...2 {
        #expect(try await store.needsChange(for: Corpus.model))
        #expect(try await store.states(of: .posts, madeBy: Corpus.model).isEmpty)
        #expect(try await store.states(of: .posts).count == 1)
        try await store.prepare(for: Corpus.model)
      }
    }
  }

  @Test func `a copy over it is refused if it would lose a document, and changes nothing`() async throws {
    try await withStores { peer, source, target in
      let before = try await peer.collections(prefix: target.prefix)
      let error = await #expect(throws: VectorStoreError.self) { try await source.copy(to: target) }
      #expect(error?.description.contains("1 of its documents") == true, "\(String(describing: error))")
      #expect(try await target.states(of: .posts).count == 1)
      #expect(try await target.pendingModel() == nil)
      #expect(try await peer.collections(prefix: target.prefix) == before)
    }
  }

  @Test func `a copy over it that is broken off is gone on with`() async throws {
    try await withStores { _, source, target in
      try await storeEarlier(in: source)
      let copy = Task {
        try await source.copy(to: target) { progress in
          if progress.activity == .verifying || progress.completed > 0 { withUnsafeCurrentTask { $0?.cancel() } }
        }
      }
      await #expect(throws: CancellationError.self) { try await copy.value }
      #expect(try await target.pendingModel() == Corpus.model)
      #expect(try await target.states(of: .posts).count == 1)
      let report = try await source.copy(to: target)
      #expect(report.isVerified && report.isActive && report.previousModel == Corpus.model)
      #expect(try await target.pendingModel() == nil)
      #expect(try await !target.needsChange(for: Corpus.model))
      #expect(try await target.states(of: .posts)[Corpus.document("earlier", category: .posts).id] != nil)
      #expect(try await target.verify(.contents).isSound)
    }
  }

  @Test func `what is left of a pair of collections is told, and dropped`() async throws {
    let (peer, prefix) = (try TroubledPeer.untroubled.get(), TroubledPeer.randomPrefix())
    let store = try await peer.store(prefix: prefix)
    try await Corpus.fill(store)
    for category in DataCategory.allCases {
      let name = try #require(try await peer.collection(behind: "\(prefix)cleaned_\(category.rawValue)"))
      try await peer.send(.delete, "/collections/\(name)")
    }
    #expect(try await store.statistics().collections.isEmpty)
    let remains = try await store.remains()
    #expect(remains.map(\.name).sorted() == ["\(prefix)embedded_articles", "\(prefix)embedded_posts"])
    #expect(remains.map(\.count).reduce(0, +) == 6 && remains.allSatisfy { $0.kind == .embedded })
    try await store.empty(.articles)
    #expect(try await store.remains().map(\.category) == [.posts])
    try await store.drop()
    #expect(try await peer.collections(prefix: prefix).isEmpty)
  }
}
