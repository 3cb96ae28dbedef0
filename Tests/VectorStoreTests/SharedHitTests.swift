import Domain
import Foundation
import Testing
import VectorStore

/// What a hit says of itself and of what is around it, on every engine.
@Suite struct SharedHitTests {
  @Test(
    arguments: Engine.available,
    [
      ("Über den naïven Café-Besuch, naïv", "NAIVEN uber", ["Über", "naïven"]),
      ("call open_file now; open the file", "file", ["file", "file"]),
      ("call open_file now; open the file", "open_file", ["open", "file", "open", "file"]),
      ("running the runner", "run", []), ("emoji🚀joined 🚀 words", "joined", ["joined"]),
      ("a, b; (c)", "a b c", ["a", "b", "c"]), ("nothing of it", "zebra", []),
    ])
  func `the query's words are highlighted as bytes of the text`(
    engine: Engine, case example: (text: String, query: String, marked: [String])
  ) async throws {
    try await engine.withStore { store in
      try await store.prepare(for: Corpus.model)
      let document = Corpus.document("text")
      try await store.replaceChunks(
        of: document, with: Corpus.chunks(of: document, [(text: example.text, vector: [1, 0, 0, 0])]))
      let query = SearchQuery(text: example.query, vector: [1, 0, 0, 0], mode: .dense)
      let hit = try #require(try await store.search(query).first)
      let bytes = Array(hit.text.utf8)
      #expect(hit.highlights.map { String(decoding: bytes[$0], as: UTF8.self) } == example.marked)
    }
  }

  @Test func `highlights are pairs of offsets in JSON`() async throws {
    try await Engine.embedded.withStore { store in
      try await Corpus.fill(store)
      let hit = try #require(try await store.search(SearchQuery(text: "nectar honeybees", mode: .keyword)).first)
      let data = try JSONEncoder().encode(hit)
      let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      #expect(object["highlights"] as? [[Int]] == [[0, 9], [30, 36]])
      #expect(object["platform"] as? String == "medium")
      #expect(try JSONDecoder().decode(SearchHit.self, from: data) == hit)
    }
  }

  @Test(arguments: Engine.available)
  func `neighbours are the document's text, what chunks share in it once`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await store.prepare(for: Corpus.model)
      let text = "Zero. Öne. Two. Three. Four."
      let document = Corpus.document("story", text: text)
      // Each chunk begins with the last two bytes of the one before, except for a gap before the last one.
      let spans = [0..<8, 5..<14, 10..<18, 15..<24, 25..<29]
      let bytes = Array(text.utf8)
      let pieces = spans.map { (text: String(decoding: bytes[$0], as: UTF8.self), vector: [1, 0, 0, 0] as [Float]) }
      var chunks = Corpus.chunks(of: document, pieces)
      for (index, span) in spans.enumerated() {
        (chunks[index].chunk.start, chunks[index].chunk.end) = (span.lowerBound, span.upperBound)
        chunks[index].vector[1] = Float(index)
      }
      try await store.replaceChunks(of: document, with: chunks)
      func found(_ index: Int, neighbours: Int) async throws -> SearchHit {
        let query = SearchQuery(
          text: "", vector: [1, Float(index), 0, 0], mode: .dense, limit: 1, neighbours: neighbours)
        return try #require(try await store.search(query).first)
      }
      let middle = try await found(2, neighbours: 1)
      #expect(middle.id == chunks[2].id)
      #expect(middle.before == String(decoding: bytes[5..<10], as: UTF8.self))
      #expect(middle.after == String(decoding: bytes[18..<24], as: UTF8.self))
      for index in spans.indices {
        let whole = try await found(index, neighbours: 10)
        #expect((whole.before ?? "") + whole.text + (whole.after ?? "") == text)
      }
      #expect(try await found(0, neighbours: 2).before?.isEmpty == true)
      #expect(try await found(0, neighbours: 0).before == nil)
    }
  }

  @Test(arguments: Engine.available)
  func `what says the same is found once, unless it is asked for`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      let copy = Corpus.document("copy", by: Corpus.ben, platform: "medium")
      let piece = (text: "Sourdough bread rises overnight in the kitchen", vector: [1, 0, 0, 0] as [Float])
      let chunks = Corpus.chunks(of: copy, [piece])
      try await store.replaceChunks(of: copy, with: chunks)
      let original = try #require(
        try await store.search(SearchQuery(text: "sourdough kitchen", mode: .keyword, limit: 9)).first {
          $0.id != chunks[0].id && $0.text == piece.text
        })
      try await store.note([chunks[0].id], of: original.id, in: .articles)

      for mode in SearchQuery.Mode.allCases {
        var query = SearchQuery(text: "sourdough kitchen", vector: [1, 0, 0, 0], mode: mode, limit: 2)
        let once = try await store.search(query)
        #expect(once.filter { $0.text == piece.text }.map(\.id) == [original.id] && once.count == 2)
        #expect(once.allSatisfy { $0.duplicateOf == nil })
        query.includesDuplicates = true
        let both = try await store.search(query)
        #expect(Set(both.map(\.id)) == [original.id, chunks[0].id])
        #expect(both.first { $0.id == chunks[0].id }?.duplicateOf == original.id)
        // Where the original is left out, its copy stands for it.
        query.includesDuplicates = false
        query.filter = .author(Corpus.ben.id)
        #expect(try await store.search(query).first?.id == chunks[0].id)
        // Where both pass a filter, one does.
        query.filter = .field(.author, anyOf: [Corpus.ada.id.uuidString, Corpus.ben.id.uuidString])
        let filtered = try await store.search(query)
        #expect(filtered.count == 2 && filtered.filter { $0.text == piece.text }.count == 1)
        let documents = try await store.searchDocuments(query)
        #expect(documents.flatMap(\.hits).filter { $0.text == piece.text }.count == 1)
      }
    }
  }

  @Test(arguments: Engine.available)
  func `diversity prefers what was not said yet`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      func found(_ diversity: Double, _ mode: SearchQuery.Mode = .dense) async throws -> [SearchHit] {
        try await store.search(
          SearchQuery(
            text: "sourdough bread", vector: [1, 0.3, 0, 0], mode: mode, limit: 2, diversity: diversity))
      }
      let plain = try await found(0)
      #expect(plain.map { $0.text.prefix(6) } == ["A warm", "Sourdo"])
      let diverse = try await found(0.7)
      // The best stays; the second is the one that is least like it, and not the nearest but one.
      #expect(diverse.first?.id == plain.first?.id && diverse.first?.score == plain.first?.score)
      #expect(diverse.last?.id != plain.last?.id)
      let extreme = try await found(1)
      #expect(
        extreme.map { $0.text.prefix(6) } == ["A warm", "Sailin"] || extreme.last?.text.hasPrefix("Über") == true)
      for mode in SearchQuery.Mode.allCases { #expect(try await found(0.5, mode).count == 2) }
    }
  }

  @Test(arguments: Engine.available)
  func `diversity applies to documents by their best chunks`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      let copy = Corpus.document("crumbs")
      try await store.replaceChunks(of: copy, with: Corpus.chunks(of: copy, [("Crumbs of bread", [0.95, 0.05, 0, 0])]))
      var query = SearchQuery(text: "", vector: [1, 0, 0, 0], mode: .dense, limit: 3, diversity: 0)
      let plain = try await store.searchDocuments(query).map(\.link)
      query.diversity = 0.9
      let diverse = try await store.searchDocuments(query).map(\.link)
      #expect(plain.first == diverse.first && plain.contains("https://example.org/crumbs"))
      #expect(!diverse.contains("https://example.org/crumbs"))
    }
  }
}
