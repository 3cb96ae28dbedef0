import Domain
import Testing
import VectorStore

/// A store that stays open while others change what it holds, as that of a server does.
@Suite struct SharedSessionTests {
  @Test(arguments: Engine.available)
  func `a store that was prepared sees that another one has changed the model since`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      let other = try await engine.reopen(store)
      try await other.prepare(for: Corpus.otherModel)
      try await other.activate()
      let outcome = try await store.prepare(for: Corpus.model)
      #expect(outcome.isChangingModel && outcome.previousModel == Corpus.otherModel)
      #expect(try await other.pendingModel() == Corpus.model)
    }
  }

  @Test(arguments: Engine.available)
  func `who asks for the models searches with those of now`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      let query = SearchQuery(text: "", vector: [1, 0, 0, 0, 0, 0], mode: .dense)
      await #expect(throws: VectorStoreError.self) { try await store.search(query) }
      let other = try await engine.reopen(store)
      try await other.prepare(for: Corpus.otherModel)
      let document = Corpus.document("bread")
      try await other.replaceChunks(
        of: document,
        with: Corpus.chunks(of: document, [("bread", [1, 0, 0, 0, 0, 0])], model: Corpus.otherModel))
      try await other.activate()
      #expect(try await store.models()[.articles] == Corpus.otherModel)
      #expect(try await store.search(query).map(\.text) == ["bread"])
    }
  }

  @Test(arguments: Engine.available)
  func `a change that another store began is given up`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      let other = try await engine.reopen(store)
      try await other.prepare(for: Corpus.otherModel)
      #expect(try await store.abandonChange() == Corpus.otherModel)
      #expect(try await other.pendingModel() == nil)
      #expect(try await store.search(SearchQuery(text: "sourdough", mode: .keyword)).count == 2)
    }
  }
}
