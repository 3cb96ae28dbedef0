import Domain
import Foundation
import Testing
import VectorStore

/// What every driver must find, in which order; scores of keyword search are the engine's own and not compared.
@Suite struct SharedSearchTests {
  @Test(arguments: Engine.available)
  func `dense search orders by the angle`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      let hits = try await store.search(SearchQuery(text: "", vector: [2, 0.1, 0, 0], mode: .dense, limit: 3))
      #expect(
        hits.map(\.text) == [
          "Sourdough bread rises overnight in the kitchen", "A warm oven makes the crust of a loaf",
          "Sourdough and honey taste well together",
        ])
      let first = try #require(hits.first)
      #expect(abs(first.score - 0.99875) < 1e-4)
      #expect(first.author == "Ada Example" && first.link == "https://example.org/bread" && first.category == .articles)
      #expect(first.documentID == Corpus.all[0].document.id && first.start == 0 && first.end == 46)
    }
  }

  @Test(arguments: Engine.available)
  func `keyword search finds words whatever their case and accents`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      #expect(try await links(store, "sourdough KITCHEN") == ["bread", "bees"])
      #expect(try await links(store, "naive") == ["stars"])
      #expect(try await links(store, "uber") == ["stars"])
      #expect(try await links(store, "ÜBER") == ["stars"])
      #expect(try await links(store, "zeppelin").isEmpty)
      #expect(try await links(store, " -- ").isEmpty)
      #expect(try await links(store, "section").count == 6)
    }
  }

  @Test(arguments: Engine.available)
  func `hybrid search prefers what both rankings like`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      let hits = try await store.search(SearchQuery(text: "honey", vector: [0.9, 0.1, 0, 0], limit: 6))
      #expect(hits.first?.text == "Sourdough and honey taste well together")
      #expect(hits.first?.score == 1.0 / 63 + 1.0 / 61)
      #expect(hits.count == 6)
    }
  }

  @Test(arguments: Engine.available)
  func `filters narrow the search`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      func found(_ change: (inout SearchQuery) -> Void) async throws -> Set<String> {
        var query = SearchQuery(text: "section", mode: .keyword, limit: 10)
        change(&query)
        let keyword = try await store.search(query).map(\.link)
        (query.mode, query.vector) = (.dense, [1, 1, 1, 1])
        let dense = try await store.search(query).map(\.link)
        #expect(Set(keyword) == Set(dense))
        return Set(keyword.map { String($0.dropFirst("https://example.org/".count)) })
      }
      #expect(try await found { $0.filter = .author(Corpus.ben.id) } == ["ships", "stars"])
      #expect(try await found { $0.filter = .authors([]) } == [])
      #expect(try await found { $0.categories = [.posts] } == ["stars"])
      #expect(try await found { $0.filter = .platform("medium") } == ["bees"])
      #expect(try await found { $0.filter = .link("https://example.org/ships") } == ["ships"])
      #expect(try await found { $0.filter = .document(Corpus.all[0].document.id) } == ["bread"])
      #expect(try await found { ($0.filter, $0.categories) = (.author(Corpus.ben.id), [.articles]) } == ["ships"])
    }
  }

  @Test(
    arguments: Engine.available,
    [
      ("Ein Straßenfest in Köln", "koln"), ("cafe\u{301} crème", "CAFÉ creme"), ("Ёлка и снег", "ёлка"),
      ("Ἑλλάδα καὶ πόλις", "πόλις"), ("snake_case and camelCase", "case"), ("release 2026.11", "11"),
      ("向量 数据库", "数据库"), ("한국어 문장", "한국어"), ("हिन्दी पाठ", "हिन्दी"), ("don't panic", "t"),
      ("\u{301}orphaned mark", "orphaned"), ("emoji🚀joined", "joined"),
    ])
  func `words of any script are found`(engine: Engine, case example: (text: String, query: String)) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      let document = Corpus.document("words")
      let chunks = Corpus.chunks(of: document, [(example.text, [0, 0, 0, 1])])
      try await store.replaceChunks(of: document, with: chunks)
      let hits = try await store.search(SearchQuery(text: example.query, mode: .keyword))
      #expect(hits.map(\.documentID) == [document.id])
    }
  }

  @Test(arguments: Engine.available)
  func `data cannot change the meaning of a filter or a query`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      let hostile = #"' OR 1=1 --"},{"key":"x" NEAR(a b) * " AND title:"#
      let document = Corpus.document("hostile", platform: hostile, text: hostile)
      try await store.replaceChunks(
        of: document, with: Corpus.chunks(of: document, [(text: "\(hostile) quine", vector: [0, 0, 0, 1])]))
      let byPlatform = SearchQuery(text: "quine", mode: .keyword, filter: .platform(hostile))
      #expect(try await store.search(byPlatform).map(\.documentID) == [document.id])
      let byOther = SearchQuery(text: "quine", mode: .keyword, filter: .platform("' OR 1=1 --"))
      #expect(try await store.search(byOther).isEmpty)
      #expect(
        try await store.search(SearchQuery(text: "\(hostile) quine", mode: .keyword)).first?.documentID == document.id)
      #expect(try await store.search(SearchQuery(text: #"" OR section OR ""#, mode: .keyword, limit: 9)).count == 7)
    }
  }

  @Test(arguments: Engine.available)
  func `a query that lacks something is refused in words`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      await #expect(throws: VectorStoreError.self) { try await store.search(SearchQuery(text: "x")) }
      await #expect(throws: VectorStoreError.unusableQuery(reason: "the limit must be from 1 to 1000")) {
        try await store.search(SearchQuery(text: "x", mode: .keyword, limit: 0))
      }
      await #expect(
        throws: VectorStoreError.unusableVector(of: "the query", reason: "all of its components are zero")
      ) {
        try await store.search(SearchQuery(text: "x", vector: [0, 0, 0, 0], mode: .dense))
      }
    }
  }

  @Test(arguments: Engine.available)
  func `statistics count by collection and author`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      let statistics = try await store.statistics()
      #expect(statistics.collections.count == 6)
      let articles = statistics.collections.filter { $0.category == .articles }
      #expect(articles.map(\.count) == [3, 5])
      #expect(
        articles.map { $0.name.hasSuffix("cleaned_articles") || $0.name.hasSuffix("embedded_articles") } == [
          true, true,
        ])
      #expect(articles.last?.model == Corpus.model)
      #expect(articles.last?.authors.map(\.name) == ["Ada Example", "Ben Sample"])
      #expect(articles.last?.authors.map(\.count) == [4, 1])
      let data = try JSONEncoder().encode(statistics)
      #expect(try JSONDecoder().decode(VectorStoreStatistics.self, from: data) == statistics)
    }
  }

  private func links(_ store: VectorStore, _ text: String) async throws -> [Substring] {
    try await store.search(SearchQuery(text: text, mode: .keyword, limit: 10)).compactMap {
      $0.link.split(separator: "/").last
    }
  }
}
