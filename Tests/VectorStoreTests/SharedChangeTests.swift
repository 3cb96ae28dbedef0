import Domain
import Testing
import VectorStore

/// What every driver must do to a change of the model that is not complete when another model is asked for.
@Suite struct SharedChangeTests {
  private static let document = Corpus.document("bread")
  private static let chunks = Corpus.chunks(
    of: document, [("bread", [1, 0, 0, 0, 0, 0])], model: Corpus.otherModel)

  /// A filled store with a change under way, for which one document is made.
  private func withChange(_ engine: Engine, _ body: (VectorStore) async throws -> Void) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      try await store.prepare(for: Corpus.otherModel)
      try await store.replaceChunks(of: Self.document, with: Self.chunks)
      try await body(try await engine.reopen(store))
    }
  }

  @Test(arguments: Engine.available)
  func `the active model leaves a change to another one alone, and writes to what searches find`(
    engine: Engine
  ) async throws {
    try await withChange(engine) { store in
      #expect(try await store.prepare(for: Corpus.model) == PreparationOutcome())
      #expect(try await store.pendingModel() == Corpus.otherModel)
      let edited = Corpus.document("bread", text: "edited", fingerprint: "f2")
      try await store.replaceChunks(of: edited, with: Corpus.chunks(of: edited, [("edited", [1, 0, 0, 0])]))
      #expect(try await store.states(of: .articles)[edited.id]?.fingerprint == edited.fingerprint)
      let made = try await store.states(of: .articles, madeBy: Corpus.otherModel)
      #expect(made[edited.id]?.fingerprint == Self.document.fingerprint)
      // Not its change to complete.
      #expect(try await store.activate() == nil)
      #expect(try await store.models()[.articles] == Corpus.model)

      let outcome = try await store.prepare(for: Corpus.otherModel)
      #expect(outcome.isResumed && outcome.abandoned == nil && outcome.previousModel == Corpus.model)
      #expect(try await store.states(of: .articles, madeBy: Corpus.otherModel).count == 1)
      #expect(try await store.activate() == Corpus.model)
      #expect(try await store.models()[.articles] == Corpus.otherModel)
    }
  }

  @Test(arguments: Engine.available)
  func `a third model takes the place of a change, and says so`(engine: Engine) async throws {
    try await withChange(engine) { store in
      var third = Corpus.otherModel
      third.digest = "3"
      let outcome = try await store.prepare(for: third)
      #expect(outcome.abandoned == Corpus.otherModel && outcome.previousModel == Corpus.model && !outcome.isResumed)
      #expect(outcome.remade == DataCategory.allCases)
      #expect(try await store.pendingModel() == third)
      for category in DataCategory.allCases {
        #expect(try await store.states(of: category, madeBy: third).isEmpty)
      }
    }
  }

  @Test(arguments: Engine.available)
  func `a change that is given up is gone, and said to be`(engine: Engine) async throws {
    try await withChange(engine) { store in
      try await store.prepare(for: Corpus.otherModel)
      #expect(try await store.abandonChange() == Corpus.otherModel)
      #expect(try await store.pendingModel() == nil)
      #expect(try await store.states(of: .articles, madeBy: Corpus.otherModel).isEmpty)
      #expect(try await store.abandonChange() == nil)
      #expect(try await store.verify().documents == 4)
      // What the store was prepared for is no longer there to be written to.
      await #expect(throws: VectorStoreError.self) {
        try await store.replaceChunks(of: Self.document, with: Self.chunks)
      }
    }
  }

  @Test(arguments: Engine.available)
  func `a store has collections from its preparation until it is dropped`(engine: Engine) async throws {
    try await engine.withStore { (store: VectorStore) async throws in
      #expect(try await !store.hasCollections())
      try await store.prepare(for: Corpus.model)
      #expect(try await store.hasCollections())
      try await store.drop()
      #expect(try await !store.hasCollections())
    }
  }
}
