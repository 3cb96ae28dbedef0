import Domain
import HTTP
import Synchronization
import TestSupport
import Testing

@testable import VectorStore

/// Copies between the stores of every driver.
@Suite struct SharedCopyTests {
  /// Runs `body` with an empty store of each engine.
  private func withStores(
    _ from: Engine, _ to: Engine, _ body: (VectorStore, VectorStore) async throws -> Void
  ) async throws {
    try await from.withStore { source in
      try await to.withStore { target in try await body(source, target) }
    }
  }

  @Test(arguments: Engine.available, Engine.available)
  func `a copy has the same documents, chunks, vectors and links`(from: Engine, to: Engine) async throws {
    try await withStores(from, to) { source, target in
      try await WholeCorpus.fill(source)
      let chunks = try await all(source.chunks(in: .articles))
      let (first, second, third) = (chunks[0].id, chunks[1].id, chunks[2].id)
      let articles = CollectionReference(kind: .embedded, category: .articles)
      try await source.driver.link([.init(id: first), .init(id: second, duplicateOf: first)], in: articles)

      let report = try await source.copy(to: target)
      #expect(report.isVerified && report.isActive && report.copiesLinks && report.failed == 0)
      #expect(report.categories.reduce(0) { $0 + $1.inserted } == WholeCorpus.count)
      #expect(report.categories.allSatisfy { $0.largestVectorDifference <= 1e-6 })
      for category in report.categories {
        #expect(category.documents.sourceHash == category.documents.targetHash)
        #expect(category.chunks.sourceCount == 2 * category.documents.sourceCount)
      }
      for category in DataCategory.allCases {
        let documents = try await all(source.cleanedDocuments(in: category))
        #expect(try await all(target.cleanedDocuments(in: category)) == documents)
        let pairs = zip(try await all(source.chunks(in: category)), try await all(target.chunks(in: category)))
        for (one, other) in pairs {
          #expect(one.chunk == other.chunk)
          if from == .embedded, to == .embedded { #expect(one.vector == other.vector) }
        }
      }
      let copied = target.collection(EmbeddedChunk.self, of: .articles)
      #expect(try await copied.count(where: .isDuplicate && .identifier(anyOf: [second])) == 1)
      #expect(try await copied.count(where: .isUnlinked && .identifier(anyOf: [first, second])) == 0)
      #expect(try await copied.count(where: .isUnlinked && .identifier(anyOf: [third])) == 1)
      #expect(try await target.verify(.contents).isSound)

      let again = try await source.copy(to: target)
      #expect(again.isVerified && again.categories.reduce(0) { $0 + $1.unchanged } == WholeCorpus.count)
      #expect(try await copied.count(where: .isDuplicate) == 1)
    }
  }

  @Test(arguments: Engine.available)
  func `what is missing or different in the target is stored again, and what else it has stays`(
    engine: Engine
  ) async throws {
    try await withStores(.embedded, engine) { source, target in
      try await WholeCorpus.fill(source)
      try await source.copy(to: target)
      let chunks = target.collection(EmbeddedChunk.self, of: .articles)
      let stored = try await all(target.chunks(in: .articles))
      try await chunks.delete(where: .identifier(anyOf: [stored[0].id]))
      var changed = try #require(stored.first { $0.chunk.documentID != stored[0].chunk.documentID })
      changed.vector = [0, 0, 0, 1]
      try await chunks.upsert([changed])
      _ = try await target.replaceChunks([Corpus.all[0]])

      let report = try await source.copy(to: target)
      #expect(report.isVerified && !report.copiesLinks)
      #expect(report.categories.reduce(0) { $0 + $1.updated } == 2)
      let articles = try #require(report.categories.first { $0.category == .articles })
      #expect(articles.documents.others == 1 && articles.chunks.others == 2)
      #expect(try await target.states(of: .articles)[Corpus.all[0].document.id] != nil)
    }
  }

  @Test(arguments: Engine.available)
  func `vectors of another model stay until the copy is complete`(engine: Engine) async throws {
    try await withStores(.embedded, engine) { source, target in
      try await WholeCorpus.fill(source)
      try await WholeCorpus.fill(target, model: Corpus.otherModel)
      let report = try await source.copy(to: target)
      #expect(report.isVerified && report.isActive && report.previousModel == Corpus.otherModel)
      #expect(try await target.models()[.articles] == Corpus.model)
      #expect(try await target.pendingModel() == nil)
      #expect(try await target.verify(.contents).isSound)
    }
  }

  @Test(arguments: Engine.available)
  func `a copy that would lose something is refused before anything is changed`(engine: Engine) async throws {
    try await withStores(.embedded, engine) { source, target in
      await #expect(throws: VectorStoreError.nothingStored(store: source.location)) {
        try await source.copy(to: target)
      }
      await #expect(throws: VectorStoreError.copiesToItself(store: source.location)) {
        try await source.copy(to: try await Engine.embedded.reopen(source))
      }
      try await WholeCorpus.fill(source)
      try await Corpus.fill(target)
      try await target.prepare(for: Corpus.otherModel)
      await #expect(
        throws: VectorStoreError.changeUnderWay(store: target.location, model: Corpus.otherModel.name)
      ) { try await source.copy(to: target) }
      try await target.activate()
      let document = Corpus.document("bread")
      try await target.replaceChunks(
        of: document, with: Corpus.chunks(of: document, [("bread", [1, 0, 0, 0, 0, 0])], model: Corpus.otherModel))
      let error = await #expect(throws: VectorStoreError.self) { try await source.copy(to: target) }
      #expect(error?.description.contains("1 of its documents") == true, "\(String(describing: error))")
      #expect(try await target.models()[.articles] == Corpus.otherModel)
      #expect(try await target.pendingModel() == nil)
    }
  }

  @Test func `what is incomplete or damaged in the source is left out`() async throws {
    try await withStores(.embedded, .embedded) { source, target in
      try await WholeCorpus.fill(source)
      let documents = try await all(source.cleanedDocuments(in: .posts))
      var incomplete = documents[0]
      incomplete.fingerprint = DocumentState.incomplete
      try await source.driver.upsert([incomplete], into: CollectionReference(kind: .cleaned, category: .posts))
      let report = try await source.copy(to: target)
      #expect(report.isVerified && report.failed == 1)
      let posts = try #require(report.categories.first { $0.category == .posts })
      #expect(posts.incomplete == 1 && posts.documents.sourceCount == documents.count - 1)
      #expect(try await target.states(of: .posts)[incomplete.id] == nil)
      #expect(try await target.verify(.contents).isSound)
    }
  }

  @Test(arguments: Engine.available)
  func `a copy that is cancelled at any batch is completed by the next one`(engine: Engine) async throws {
    try await withStores(.embedded, engine) { source, target in
      try await WholeCorpus.fill(source)
      for batch in 1...4 {
        try await target.drop()
        let told = Mutex(0)
        let copy = Task {
          try await source.copy(to: target) { _ in
            let count = told.withLock { told in
              told += 1
              return told
            }
            if count == batch { withUnsafeCurrentTask { $0?.cancel() } }
          }
        }
        _ = await copy.result
        let report = try await source.copy(to: target)
        #expect(report.isVerified && report.copiesLinks)
        #expect(try await target.verify(.contents).isSound)
      }
    }
  }

  @Test func `a store that is not there is not made to be copied from`() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("missing.sqlite")
    await #expect(throws: VectorStoreError.noSuchFile(path: path)) {
      try await VectorStore.open(existing: "sqlite:\(path)", http: HTTPClient())
    }
  }

  private func all<Element>(_ sequence: StoredSequence<Element>) async throws -> [Element] {
    var elements: [Element] = []
    for try await element in sequence { elements.append(element) }
    return elements
  }
}
