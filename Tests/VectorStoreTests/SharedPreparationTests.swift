import Domain
import Testing
import VectorStore

/// What every driver must do to its collections.
@Suite struct SharedPreparationTests {
  @Test(arguments: Engine.available)
  func `preparing twice makes the collections once`(engine: Engine) async throws {
    try await engine.withStore { (store: VectorStore) async throws in
      #expect(try await store.models().isEmpty)
      #expect(try await store.prepare(for: Corpus.model).made == DataCategory.allCases)
      #expect(try await store.prepare(for: Corpus.model) == PreparationOutcome())
      var longer = Corpus.model
      longer.maximumTokens = 512
      #expect(try await store.prepare(for: longer) == PreparationOutcome())
      #expect(try await store.models()[.posts] == Corpus.model)
    }
  }

  @Test(arguments: Engine.available)
  func `another model is filled beside the old one, which searches find until it is complete`(
    engine: Engine
  ) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      let outcome = try await store.prepare(for: Corpus.otherModel)
      #expect(outcome.remade == DataCategory.allCases && outcome.made.isEmpty && !outcome.isResumed)
      #expect(outcome.isChangingModel && outcome.previousModel == Corpus.model)
      for category in DataCategory.allCases {
        #expect(try await store.states(of: category, madeBy: Corpus.otherModel).isEmpty)
      }
      let document = Corpus.document("bread")
      let chunks = Corpus.chunks(of: document, [("bread", [1, 0, 0, 0, 0, 0])], model: Corpus.otherModel)
      try await store.replaceChunks(of: document, with: chunks)
      #expect(try await store.models()[.articles] == Corpus.model)
      #expect(try await store.pendingModel() == Corpus.otherModel)
      #expect(try await store.search(SearchQuery(text: "sourdough", mode: .keyword)).count == 2)
      #expect(try await store.states(of: .articles, madeBy: Corpus.otherModel).count == 1)
      #expect(try await store.states(of: .articles).count == 3)

      #expect(try await store.activate() == Corpus.model)
      #expect(try await store.activate() == nil)
      #expect(try await store.models()[.articles] == Corpus.otherModel)
      #expect(try await store.pendingModel() == nil)
      let hits = try await store.search(SearchQuery(text: "", vector: [1, 0, 0, 0, 0, 0], mode: .dense))
      #expect(hits.map(\.text) == ["bread"])
      #expect(try await store.statistics().collections.map(\.count).reduce(0, +) == 2)
    }
  }

  @Test(arguments: Engine.available)
  func `an interrupted change of model is gone on with, and one of a third model is dropped`(
    engine: Engine
  ) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      try await store.prepare(for: Corpus.otherModel)
      let document = Corpus.document("bread")
      let chunks = Corpus.chunks(of: document, [("bread", [1, 0, 0, 0, 0, 0])], model: Corpus.otherModel)
      try await store.replaceChunks(of: document, with: chunks)
      var third = Corpus.otherModel
      third.digest = "3"
      let outcome = try await store.prepare(for: third)
      #expect(!outcome.isResumed && outcome.abandoned == Corpus.otherModel && outcome.previousModel == Corpus.model)
      #expect(try await store.states(of: .articles, madeBy: third).isEmpty)
      #expect(try await store.prepare(for: Corpus.otherModel).abandoned == third)
      try await store.replaceChunks(of: document, with: chunks)
      let reopened = try await engine.reopen(store)
      #expect(try await reopened.prepare(for: Corpus.otherModel).isResumed)
      #expect(try await reopened.states(of: .articles, madeBy: Corpus.otherModel).count == 1)
      // What is deleted is deleted from both.
      #expect(try await reopened.delete(documents: [document.id], in: .articles) == 1)
      #expect(try await reopened.states(of: .articles, madeBy: Corpus.otherModel).isEmpty)
      #expect(try await reopened.states(of: .articles)[document.id] == nil)
    }
  }

  @Test(arguments: Engine.available)
  func `vectors of another model are refused`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      let document = Corpus.document("new")
      var chunks = Corpus.chunks(of: document, [("new", [1, 0, 0, 0])])
      chunks[0].model.digest = "other"
      await #expect(throws: VectorStoreError.self) { try await store.replaceChunks(of: document, with: chunks) }
      #expect(try await store.states(of: .articles)[document.id] == nil)
      await #expect(throws: VectorStoreError.wrongDimension(of: "the query", expected: 4, actual: 2)) {
        try await store.search(SearchQuery(text: "x", vector: [1, 0], mode: .dense))
      }
    }
  }

  @Test(arguments: Engine.available)
  func `a store that is not prepared is empty, and refuses to be written to`(engine: Engine) async throws {
    try await engine.withStore { (store: VectorStore) async throws in
      #expect(try await store.states(of: .posts).isEmpty)
      #expect(try await store.delete(documents: [Identifier("document", ["x"])], in: .posts) == 0)
      #expect(try await store.verify().isSound)
      #expect(try await store.statistics().collections.isEmpty)
      await #expect(throws: VectorStoreError.notPrepared(store: store.location, category: .articles)) {
        try await store.replaceChunks(Corpus.all)
      }
      await #expect(throws: VectorStoreError.notPrepared(store: store.location, category: .articles)) {
        try await store.search(SearchQuery(text: "x", mode: .keyword))
      }
    }
  }

  @Test(arguments: Engine.available)
  func `dropping leaves nothing behind`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      try await store.drop()
      #expect(try await store.models().isEmpty)
      #expect(try await store.states(of: .articles).isEmpty)
      #expect(try await store.prepare(for: Corpus.model).made == DataCategory.allCases)
    }
  }

  @Test(arguments: Engine.available)
  func `a thousand first uses at once make the collections once`(engine: Engine) async throws {
    try await engine.withStore { store in
      let made = try await withThrowingTaskGroup(of: Int.self) { group in
        for number in 0..<1000 {
          group.addTask {
            let outcome = try await store.prepare(for: Corpus.model)
            if number.isMultiple(of: 50) { _ = try await store.replaceChunks([Corpus.all[number / 50 % 4]]) }
            return outcome.made.count
          }
        }
        return try await group.reduce(0, +)
      }
      #expect(made == DataCategory.allCases.count)
      let report = try await store.verify()
      #expect(report.isSound && report.documents == 4 && report.chunks == 6)
    }
  }
}
