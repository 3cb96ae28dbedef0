import Domain
import GRDB
import Storage
import Testing

@testable import VectorStore

/// What is found, and mended, in the stores of every driver.
@Suite struct SharedVerificationTests {
  private static let articles = CollectionReference(kind: .embedded, category: .articles)

  private func article(_ number: Int) -> DocumentReplacement {
    WholeCorpus.all().filter { $0.document.category == .articles }[number]
  }

  @Test(arguments: Engine.available)
  func `what twin stores is sound`(engine: Engine) async throws {
    try await engine.withStore { store in
      #expect(try await store.verify(.contents).isSound)
      try await WholeCorpus.fill(store)
      for depth in VerificationDepth.allCases {
        let report = try await store.verify(depth)
        #expect(report.isSound && report.documents == WholeCorpus.count && report.chunks == 2 * WholeCorpus.count)
      }
      #expect(try await store.verifyChange(.contents) == nil)
    }
  }

  @Test(arguments: Engine.available)
  func `a document without text needs no chunks`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await store.prepare(for: Corpus.model)
      try await store.replaceChunks(of: Corpus.document("empty", text: " \n"), with: [])
      #expect(try await store.verify(.contents).isSound)
    }
  }

  @Test(arguments: Engine.available)
  func `chunks without a document are found and deleted`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await WholeCorpus.fill(store)
      let lost = article(0)
      try await store.collection(CleanedDocument.self, of: .articles).delete(where: .document(lost.document.id))
      let found = try await store.verify()
      #expect(found.chunksWithoutDocument == lost.chunks.map(\.id).sorted() && found.hasDamage && !found.isMended)
      #expect(try await store.verify(mends: true).isMended)
      let after = try await store.verify(.contents)
      #expect(after.isSound && after.chunks == 2 * WholeCorpus.count - 2)
    }
  }

  @Test(arguments: Engine.available)
  func `documents without their chunks are found, and marked to be made again`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await WholeCorpus.fill(store)
      let lost = article(1).document
      try await store.collection(EmbeddedChunk.self, of: .articles).delete(where: .document(lost.id))
      let found = try await store.verify(mends: true)
      #expect(found.documentsWithoutChunks == [lost.id] && found.isMended)
      let state = try await store.states(of: .articles)[lost.id]
      #expect(state?.isComplete == false && state?.inputHash == lost.inputHash)
      let after = try await store.verify()
      #expect(after.incompleteDocuments == [lost.id] && !after.hasDamage && !after.isSound)
      // As the next run of the features does it.
      _ = try await store.replaceChunks([article(1)])
      #expect(try await store.verify(.contents).isSound)
    }
  }

  @Test(arguments: Engine.available)
  func `a chunk that is not the bytes of its document is found`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await WholeCorpus.fill(store)
      var (outside, other) = (article(0).chunks[1], article(1).chunks[0])
      outside.chunk.end += 1
      other.chunk.text = "Other words."
      try await store.collection(EmbeddedChunk.self, of: .articles).upsert([outside, other])
      #expect(try await store.verify().isSound)
      let report = try await store.verify(.contents, mends: true)
      #expect(Set(report.damagedDocuments.map(\.chunk)) == [outside.id, other.id])
      #expect(report.damagedDocuments.contains { $0.reason.contains("of a text of") })
      #expect(report.damagedDocuments.contains { $0.reason.contains("its text is not the bytes") })
      #expect(Set(try await store.verify(.contents).incompleteDocuments) == Set(report.damagedDocuments.map(\.id)))
    }
  }

  @Test func `a vector that is not of unit length is found`() async throws {
    try await Engine.embedded.withStore { store in
      try await WholeCorpus.fill(store)
      let numbers: [[Float]] = [[0.5, 0, 0, 0], [0, 0, 0, 0], [.nan, 0, 0, 0], [.infinity, 0, 0, 0]]
      for (number, vector) in numbers.enumerated() {
        // No driver takes the others: they are what a damaged file may hold.
        let (id, blob) = (article(number).chunks[0].id, VectorBlob.data(of: vector))
        try await (store.driver as? EmbeddedDriver)?.database.write { database in
          try database.execute(
            sql: "UPDATE vector_values SET vector = ? WHERE key = (SELECT key FROM vector_chunks WHERE id = ?)",
            arguments: [blob, id.uuidString])
        }
      }
      let report = try await store.verify(.contents)
      #expect(report.damagedDocuments.count == numbers.count)
      #expect(report.damagedDocuments.count { $0.reason.contains("instead of 1") } == 2, "\(report)")
      #expect(report.damagedDocuments.count { $0.reason.contains("not a finite number") } == 2, "\(report)")
    }
  }

  @Test(arguments: Engine.available)
  func `a link to a chunk that is not there is found and forgotten`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await WholeCorpus.fill(store)
      let (one, other, gone) = (article(0).chunks[0].id, article(1).chunks[0].id, article(2).chunks[0].id)
      let nobody = Identifier("chunk", ["nobody"])
      try await store.driver.link(
        [.init(id: one, duplicateOf: nobody), .init(id: other, duplicateOf: gone), .init(id: gone)], in: Self.articles)
      let report = try await store.verify(mends: true)
      #expect(report.chunksWithBrokenLink == [one] && report.isMended)
      #expect(try await store.verify().isSound)
      let chunks = store.collection(EmbeddedChunk.self, of: .articles)
      #expect(try await chunks.count(where: .isDuplicate) == 1)
      #expect(try await chunks.count(where: .isUnlinked && .identifier(anyOf: [one])) == 1)
    }
  }

  @Test(arguments: Engine.available)
  func `a change of the model is verified by itself`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await WholeCorpus.fill(store)
      try await store.prepare(for: Corpus.otherModel)
      let all = WholeCorpus.all(model: Corpus.otherModel)
      _ = try await store.replaceChunks(Array(all.dropFirst(3)))
      #expect(try await store.missingInChange().values.flatMap { $0 }.count == 3)
      var pending = Self.articles
      pending.generation = .pending
      let orphan = all.filter { $0.document.category == .articles }[3]
      _ = try await store.driver.delete(
        where: .document(orphan.document.id),
        from: CollectionReference(kind: .cleaned, category: .articles, generation: .pending))
      let report = try #require(try await store.verifyChange(.contents, mends: true))
      #expect(report.chunksWithoutDocument == orphan.chunks.map(\.id).sorted())
      #expect(try await store.verifyChange()?.isSound == true)
      #expect(try await store.verify(.contents).isSound)
      let statistics = try await store.statistics()
      #expect(statistics.pending?.documents == WholeCorpus.count - 4 && statistics.pending?.missing == 4)
      #expect(statistics.pending?.model == Corpus.otherModel)
      #expect(try await store.abandonChange() == Corpus.otherModel)
      #expect(try await store.abandonChange() == nil)
      #expect(try await store.verify(.contents).isSound)
    }
  }

  @Test(arguments: Engine.available)
  func `statistics count what there is`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      let bread = Corpus.all[0]
      try await store.driver.link(
        [.init(id: bread.chunks[1].id, duplicateOf: bread.chunks[0].id), .init(id: bread.chunks[0].id)],
        in: Self.articles)
      let statistics = try await store.statistics()
      #expect(statistics.collections.count == 6 && statistics.pending == nil)
      let articles = try #require(statistics.collections.first { $0.category == .articles && $0.kind == .embedded })
      #expect(articles.name.hasSuffix("embedded_articles") && articles.model == Corpus.model)
      #expect(articles.count == 5 && articles.duplicates == 1 && articles.unlinked == 3)
      #expect(articles.platforms == ["blog": 3, "medium": 2] && articles.vectorBytes == 5 * 4 * 4)
      let cleaned = try #require(statistics.collections.first { $0.category == .articles && $0.kind == .cleaned })
      #expect(cleaned.count == 3 && cleaned.incomplete == 0 && cleaned.duplicates == nil && cleaned.model == nil)
    }
  }

  @Test(arguments: Engine.available)
  func `a category is emptied, and the others stay`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await WholeCorpus.fill(store)
      let lost = article(0)
      try await store.collection(CleanedDocument.self, of: .articles).delete(where: .document(lost.document.id))
      let expected = WholeCorpus.all().count { $0.document.category == .articles } - 1
      #expect(try await store.empty(.articles) == expected)
      let counts = try await store.statistics().collections.filter { $0.category == .articles }.map(\.count)
      #expect(counts == [0, 0])
      #expect(try await store.verify(.contents).documents == WholeCorpus.count - expected - 1)
      #expect(try await store.prepare(for: Corpus.model) == PreparationOutcome())
    }
  }
}
