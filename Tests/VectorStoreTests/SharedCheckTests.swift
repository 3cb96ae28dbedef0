import Domain
import Foundation
import TestSupport
import Testing

@testable import VectorStore

/// What a store refuses, and what it sees although another process, or a change of the model, is in between.
@Suite struct SharedCheckTests {
  private static let articles = CollectionReference(kind: .embedded, category: .articles)

  @Test(arguments: Engine.available)
  func `a link to a chunk of another category is sound`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await WholeCorpus.fill(store)
      let all = WholeCorpus.all()
      let article = try #require(all.first { $0.document.category == .articles }).chunks[0].id
      let post = try #require(all.first { $0.document.category == .posts }).chunks[0].id
      try await store.driver.link([.init(id: article, duplicateOf: post)], in: Self.articles)
      #expect(try await store.verify(mends: true).isSound)
      let chunks = store.collection(EmbeddedChunk.self, of: .articles)
      #expect(try await chunks.count(where: .isDuplicate) == 1)
    }
  }

  @Test(arguments: Engine.available)
  func `what is deleted while the model is changed does not come back with the change`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await WholeCorpus.fill(store)
      try await store.prepare(for: Corpus.otherModel)
      let all = WholeCorpus.all(model: Corpus.otherModel)
      _ = try await store.replaceChunks(all)
      let gone = try #require(all.first { $0.document.category == .articles }).document
      let chunks = store.collection(EmbeddedChunk.self, of: .articles)
      let documents = store.collection(CleanedDocument.self, of: .articles)
      #expect(try await chunks.delete(where: .link(gone.link)) == 2)
      #expect(try await documents.delete(where: .link(gone.link)) == 1)
      try await store.activate()
      #expect(try await chunks.count(where: .link(gone.link)) == 0)
      #expect(try await documents.count(where: .link(gone.link)) == 0)
      #expect(try await documents.count() > 0)
    }
  }

  @Test(arguments: Engine.available)
  func `an open store searches with the model that another process has activated`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await WholeCorpus.fill(store)
      let query = SearchQuery(text: "", vector: [1, 0, 0, 0], mode: .dense)
      #expect(try await store.search(query).count == 5)
      let other = try await engine.reopen(store)
      try await other.prepare(for: Corpus.otherModel)
      _ = try await other.replaceChunks(WholeCorpus.all(model: Corpus.otherModel))
      try await other.activate()
      let next = SearchQuery(text: "", vector: [1, 0, 0, 0, 0, 0], mode: .dense)
      #expect(try await store.search(next).count == 5)
      let error = await #expect(throws: VectorStoreError.self) { try await store.search(query) }
      guard case .wrongDimension(_, 6, 4) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
  }

  @Test(arguments: Engine.available)
  func `a text with a NUL character is refused, wherever it is`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await store.prepare(for: Corpus.model)
      let sound = Corpus.document("sound")
      var (title, author, text) = (sound, sound, sound)
      title.title = "a\0b"
      author.authorFullName = "A\0da"
      text.text = "text\0"
      for document in [title, author, text] {
        await #expect(throws: VectorStoreError.self) { try await store.replaceChunks(of: document, with: []) }
      }
      let chunks = Corpus.chunks(of: sound, [("one", [1, 0, 0, 0])])
      var (heading, piece) = (chunks, chunks)
      heading[0].chunk.headings = ["a", "\0"]
      piece[0].chunk.text = "o\0ne"
      for chunks in [heading, piece] {
        await #expect(throws: VectorStoreError.self) { try await store.replaceChunks(of: sound, with: chunks) }
        await #expect(throws: VectorStoreError.self) {
          try await store.collection(EmbeddedChunk.self, of: .articles).upsert(chunks)
        }
      }
      try await store.replaceChunks(of: sound, with: chunks)
      #expect(try await store.states(of: .articles).count == 1)
    }
  }

  @Test(arguments: Engine.available)
  func `a date that no calendar has is refused`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await store.prepare(for: Corpus.model)
      for seconds in [Double.nan, .infinity, -.infinity, 1e300, -1e300, 253_402_300_800] {
        var document = Corpus.document("hostile")
        document.publishedAt = Date(timeIntervalSince1970: seconds)
        await #expect(throws: VectorStoreError.self) { try await store.replaceChunks(of: document, with: []) }
        let chunks = Corpus.chunks(of: document, [("one", [1, 0, 0, 0])])
        await #expect(throws: VectorStoreError.self) {
          try await store.collection(EmbeddedChunk.self, of: .articles).upsert(chunks)
        }
      }
      #expect(try await store.states(of: .articles).isEmpty)
    }
  }

  @Test func `dates are rounded down, before 1970 too`() {
    #expect([-0.5, -1, 0.9, 1].map { Date(timeIntervalSince1970: $0).wholeSeconds } == [-1, -1, 0, 1])
  }

  @Test(arguments: Engine.available)
  func `a filter may have thousands of parts`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      let chunks = store.collection(EmbeddedChunk.self, of: .articles)
      var any = VectorFilter.platform("nowhere")
      for number in 0..<3000 { any = any || .platform("p\(number)") }
      any = any || .platform("medium")
      let all = VectorFilter.all((0..<3000).map { !.platform("p\($0)") } + [.platform("medium")])
      for filter in [any, all] {
        #expect(try await chunks.count(where: filter) == 2)
        #expect(try await store.search(SearchQuery(text: "nectar", mode: .keyword, filter: filter)).count == 1)
      }
      #expect(try await chunks.delete(where: any) == 2)
    }
  }

  @Test func `a hit of a chunk that was cut anew meanwhile has no neighbours`() async throws {
    try await Engine.embedded.withStore { store in
      try await WholeCorpus.fill(store)
      let query = SearchQuery(text: "", vector: [1, 0, 0, 0], mode: .dense, limit: 1)
      var hit = try #require(try await store.search(query).first)
      let around = try await Surroundings(of: [hit], in: store)
      #expect(around.surrounded(hit, by: 1).before != nil)
      hit.end += 1
      #expect(around.surrounded(hit, by: 1) == hit)
    }
  }
}
