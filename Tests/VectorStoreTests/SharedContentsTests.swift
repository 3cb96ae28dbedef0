import Domain
import Testing

@testable import VectorStore

/// What is there while the model is changed.
@Suite struct SharedContentsTests {
  private let late = Corpus.document("late", by: Corpus.ben)

  /// A store whose change of the model has one document more than what searches find.
  private func withChange(_ engine: Engine, _ body: (VectorStore) async throws -> Void) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      try await store.prepare(for: Corpus.otherModel)
      let chunks = Corpus.chunks(of: late, [("late", [1, 0, 0, 0, 0, 0])], model: Corpus.otherModel)
      try await store.replaceChunks(of: late, with: chunks)
      try await body(store)
    }
  }

  @Test(arguments: Engine.available)
  func `what only a change has made is part of the contents`(engine: Engine) async throws {
    try await withChange(engine) { store in
      let (ships, ben) = (Corpus.all[2].document.id, Corpus.ben.id)
      #expect(try await store.contents(of: .articles, where: .author(ben)) == [ships: 1, late.id: 1])
      #expect(try await store.contents(of: .articles, where: .link(late.link) || .document(ships)).count == 2)
      try await store.collection(EmbeddedChunk.self, of: .articles).delete(where: .document(ships))
      #expect(try await store.contents(of: .articles, where: .document(ships)) == [ships: 0])
      try await store.collection(CleanedDocument.self, of: .articles).delete(
        where: .document(Corpus.all[0].document.id))
      #expect(try await store.contents(of: .articles, where: .author(Corpus.ada.id))[Corpus.all[0].document.id] == 2)

      #expect(try await store.authors() == [Corpus.ada.id: "Ada Example", ben: "Ben Sample"])
      for category in DataCategory.allCases {
        let all = try await store.states(of: category).keys.map(\.self)
        try await store.delete(documents: all, in: category)
      }
      try await store.collection(EmbeddedChunk.self, of: .articles).delete(where: .everything)
      #expect(try await store.authors() == [ben: "Ben Sample"])
    }
  }

  @Test(arguments: Engine.available)
  func `an incomplete document is missing in a change only for who asks`(engine: Engine) async throws {
    try await withChange(engine) { store in
      var incomplete = Corpus.all[3].document
      incomplete.fingerprint = DocumentState.incomplete
      try await store.driver.upsert([incomplete], into: CollectionReference(kind: .cleaned, category: .posts))
      #expect(try await store.missingInChange()[.posts] == nil)
      #expect(try await store.missingInChange(includesIncomplete: true)[.posts] == [incomplete.id])
      #expect(try await store.missingInChange()[.articles]?.count == 3)
    }
  }

  @Test(arguments: Engine.available)
  func `a change is needed for another model, until it is ended`(engine: Engine) async throws {
    try await engine.withStore { store in
      #expect(try await !store.needsChange(for: Corpus.model))
      try await Corpus.fill(store)
      #expect(try await !store.needsChange(for: Corpus.model))
      #expect(try await store.needsChange(for: Corpus.otherModel))
      try await store.prepare(for: Corpus.otherModel)
      #expect(try await store.needsChange(for: Corpus.otherModel))
      try await store.activate()
      #expect(try await !store.needsChange(for: Corpus.otherModel))
      #expect(try await store.remains().isEmpty)
    }
  }

  @Test(arguments: Engine.available)
  func `who prepares again in one process is told of the change that goes on`(engine: Engine) async throws {
    try await withChange(engine) { store in
      let again = try await store.prepare(for: Corpus.otherModel)
      #expect(again.isResumed && again.previousModel == Corpus.model && again.made.isEmpty && again.remade.isEmpty)
      try await store.activate()
      #expect(try await store.prepare(for: Corpus.otherModel) == PreparationOutcome())
    }
  }
}
