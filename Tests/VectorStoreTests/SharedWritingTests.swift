import Domain
import TestSupport
import Testing
import VectorStore

/// What every driver must do when it is written to.
@Suite struct SharedWritingTests {
  @Test(arguments: Engine.available)
  func `what is stored is what is read back`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      let bread = Corpus.all[0]
      let chunks = try await store.chunks(of: bread.document.id, in: .articles)
      #expect(chunks.map(\.chunk) == bread.chunks.map(\.chunk))
      #expect(chunks.map(\.model) == bread.chunks.map(\.model))
      #expect(chunks.first?.vector == [1, 0, 0, 0])
      var documents: [CleanedDocument] = []
      for try await document in store.cleanedDocuments(in: .articles) { documents.append(document) }
      let expected = Corpus.all.map(\.document).filter { $0.category == .articles }.sorted { $0.id < $1.id }
      #expect(documents == expected)
    }
  }

  @Test(arguments: Engine.available)
  func `states tell what is unchanged, by category and author`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      let bees = Corpus.all[1].document
      let states = try await store.states(of: .articles)
      #expect(states.count == 3)
      #expect(states[bees.id] == DocumentState(inputHash: bees.inputHash, fingerprint: bees.fingerprint))
      #expect(states.values.filter { !$0.isComplete }.isEmpty)
      #expect(
        try await store.states(of: .articles, authors: [Corpus.ben.id]).keys.map(\.self) == [Corpus.all[2].document.id])
      #expect(try await store.states(of: .articles, authors: []).isEmpty)
      #expect(try await store.states(of: .repositories).isEmpty)
    }
  }

  @Test(arguments: Engine.available)
  func `a changed document loses the chunks that are no longer in it`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      let changed = Corpus.document("bread", text: "changed", fingerprint: "f2")
      let outcome = try await store.replaceChunks(
        of: changed,
        with: Corpus.chunks(
          of: changed,
          [
            ("Sourdough bread rises overnight in the kitchen", [1, 0, 0, 0]),
            ("Rye bread keeps a week", [0.8, 0, 0, 0.2]),
          ]))
      #expect(outcome.chunksStored == 2)
      #expect(outcome.chunksDeleted == 1)
      let texts = try await store.chunks(of: changed.id, in: .articles).map(\.chunk.text)
      #expect(texts == ["Sourdough bread rises overnight in the kitchen", "Rye bread keeps a week"])
      #expect(try await store.states(of: .articles)[changed.id]?.fingerprint == changed.fingerprint)
      let old = try await store.search(SearchQuery(text: "crust loaf", mode: .keyword))
      #expect(old.isEmpty)
      #expect(try await store.verify().isSound)
    }
  }

  @Test(arguments: Engine.available)
  func `loading twice stores nothing twice`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      let before = try await store.statistics()
      let outcome = try await store.replaceChunks(Corpus.all + Corpus.all)
      #expect(outcome.documents == Corpus.all.count)
      #expect(outcome.chunksDeleted == 0)
      #expect(try await store.statistics() == before)
    }
  }

  @Test(arguments: Engine.available)
  func `a deleted document is gone with its chunks`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      let bread = Corpus.all[0].document
      let unknown = Identifier("document", ["unknown"])
      #expect(try await store.delete(documents: [bread.id, unknown, bread.id], in: .articles) == 1)
      #expect(try await store.delete(documents: [bread.id], in: .articles) == 0)
      #expect(try await store.chunks(of: bread.id, in: .articles).isEmpty)
      #expect(try await store.states(of: .articles)[bread.id] == nil)
      let hits = try await store.search(
        SearchQuery(text: "sourdough bread", vector: [1, 0, 0, 0], limit: 10))
      #expect(!hits.contains { $0.documentID == bread.id })
      #expect(!hits.isEmpty)
    }
  }

  @Test(arguments: Engine.available)
  func `one unusable document does not keep the others from being stored`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await store.prepare(for: Corpus.model)
      let names = ["zero", "nan", "short", "stranger", "good"]
      let vectors: [[Float]] = [[0, 0, 0, 0], [.nan, 1, 0, 0], [1, 0], [1, 0, 0, 0], [1, 0, 0, 0]]
      var replacements = zip(names, vectors).map {
        Corpus.replacement(Corpus.document($0.0), [(text: $0.0, vector: $0.1)])
      }
      replacements[3].chunks = Corpus.all[0].chunks
      let outcome = try await store.replaceChunks(replacements)
      #expect(outcome.documents == 1)
      #expect(Set(outcome.failures.keys) == Set(replacements.dropLast().map(\.document.id)))
      #expect(try await store.states(of: .articles).keys.map(\.self) == [replacements[4].document.id])
      let zero = try #require(outcome.failures[replacements[0].document.id])
      #expect(zero.description.contains("all of its components are zero"))
      let nan = try #require(outcome.failures[replacements[1].document.id])
      #expect(nan.description.contains("not a finite number"))
      let short = try #require(outcome.failures[replacements[2].document.id])
      #expect(short.description.contains("2 components where the store's have 4"))
    }
  }

  @Test(arguments: Engine.available)
  func `a document of hundreds of chunks is stored whole`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await store.prepare(for: Corpus.model)
      var random = SeededGenerator(seed: 7)
      let document = Corpus.document("long")
      let pieces = (0..<700).map { (text: "paragraph number \($0)", vector: random.vector(4)) }
      try await store.replaceChunks(of: document, with: Corpus.chunks(of: document, pieces))
      let stored = try await store.chunks(of: document.id, in: .articles)
      #expect(stored.map(\.chunk.text) == pieces.map(\.text))
      var ids: [Identifier] = []
      for try await chunk in store.chunks(in: .articles) { ids.append(chunk.id) }
      #expect(ids == ids.sorted() && ids.count == 700)
      try await store.replaceChunks(of: document, with: [])
      #expect(try await store.chunks(of: document.id, in: .articles).isEmpty)
      #expect(try await store.verify().documentsWithoutChunks == [document.id])
    }
  }
}
