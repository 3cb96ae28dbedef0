import Domain
import Testing
import VectorStore

/// What every driver must do with the documents of one collection by themselves.
@Suite struct SharedCollectionTests {
  private let missing = Identifier("document", ["missing"])

  @Test(arguments: Engine.available)
  func `documents and chunks are found by their identifiers`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      let articles = store.collection(CleanedDocument.self, of: .articles)
      let (bread, bees, stars) = (Corpus.all[0], Corpus.all[1], Corpus.all[3])
      #expect(try await articles.find(bees.document.id) == bees.document)
      #expect(try await articles.find(missing) == nil)
      // One of another category is not in the collection.
      #expect(try await articles.find(stars.document.id) == nil)
      let ids = [bread.document.id, missing, bees.document.id, bread.document.id]
      #expect(try await Set(articles.find(ids)) == [bread.document, bees.document])
      #expect(try await articles.find([Identifier]()).isEmpty)

      let chunks = store.collection(EmbeddedChunk.self, of: .articles)
      #expect(try await chunks.find(bread.chunks[0].id)?.chunk == bread.chunks[0].chunk)
      #expect(try await Set(chunks.find(bees.chunks.map(\.id)).map(\.chunk)) == Set(bees.chunks.map(\.chunk)))
      #expect(try await chunks.find(bread.document.id) == nil)
    }
  }

  @Test(arguments: Engine.available)
  func `documents are stored by themselves, in the place of what there is`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      let articles = store.collection(CleanedDocument.self, of: .articles)
      var changed = Corpus.all[0].document
      changed.text = "changed"
      changed.platform = "elsewhere"
      let added = Corpus.document("added")
      try await articles.upsert([changed, added])
      #expect(try await articles.count() == 4)
      #expect(try await Set(articles.find([changed.id, added.id])) == [changed, added])
      #expect(try await articles.count(where: .platform("elsewhere")) == 1)
      // Its chunks are as they were.
      #expect(try await store.chunks(of: changed.id, in: .articles).map(\.chunk) == Corpus.all[0].chunks.map(\.chunk))
    }
  }

  @Test(arguments: Engine.available)
  func `chunks are stored by themselves, and searched`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      let chunks = store.collection(EmbeddedChunk.self, of: .articles)
      var moved = Corpus.all[0].chunks[0]
      moved.vector = [0, 0, 0, 2]
      let added = Corpus.chunks(of: Corpus.document("added"), [("A zeppelin landed", [0, 0, 0.1, 1])])
      try await chunks.upsert([moved] + added)
      #expect(try await chunks.count() == 6)
      #expect(try await chunks.find(moved.id)?.vector == [0, 0, 0, 1])
      let found = try await store.search(SearchQuery(text: "", vector: [0, 0, 0, 1], mode: .dense, limit: 2))
      #expect(found.map(\.id) == [moved.id, added[0].id])
      let words = try await store.search(SearchQuery(text: "zeppelin", mode: .keyword))
      #expect(words.map(\.id) == [added[0].id])
    }
  }

  @Test(arguments: Engine.available)
  func `what is of another category, or cannot be stored, keeps all from being stored`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      let articles = store.collection(CleanedDocument.self, of: .articles)
      let (good, post) = (Corpus.document("good"), Corpus.document("post", category: .posts))
      let error = await #expect(throws: VectorStoreError.self) { try await articles.upsert([good, post]) }
      #expect(error?.description.contains("it is one of the posts and not of the articles") == true)
      let torn = Corpus.document("torn", text: "a\0b")
      await #expect(throws: VectorStoreError.self) { try await articles.upsert([good, torn]) }
      #expect(try await articles.count() == 3)

      let chunks = store.collection(EmbeddedChunk.self, of: .articles)
      let others = Corpus.chunks(of: good, [("x", [1, 0, 0, 0, 0, 0])], model: Corpus.otherModel)
      let mismatch = await #expect(throws: VectorStoreError.self) { try await chunks.upsert(others) }
      #expect(mismatch?.isAboutStore == true)
      #expect(try await chunks.count() == 5)
    }
  }

  @Test(arguments: Engine.available)
  func `a document knows its collection, and a collection its name`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      let everything = Corpus.all.map(\.document)
      let grouped = everything.groupedByCategory()
      #expect(grouped == [.articles: Array(everything.prefix(3)), .posts: [everything[3]]])
      #expect([CleanedDocument]().groupedByCategory().isEmpty)
      for (category, documents) in grouped {
        let collection = store.collection(CleanedDocument.self, of: category)
        #expect(collection.name == store.prefix + documents[0].collection)
        #expect(try await collection.find(documents.map(\.id)).count == documents.count)
      }
      #expect(everything[0].collection == "cleaned_articles")
      #expect(Corpus.all[3].chunks[0].collection == "embedded_posts")
      let chunks = store.collection(EmbeddedChunk.self, of: .posts)
      #expect(chunks.name == store.prefix + "embedded_posts")
      let names = try await store.statistics().collections.map(\.name)
      #expect(names.contains(chunks.name))
    }
  }
}
