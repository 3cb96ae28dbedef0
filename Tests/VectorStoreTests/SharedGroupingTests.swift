import Domain
import Foundation
import Testing
import VectorStore

/// Documents ranked by what their chunks add up to, on every engine.
@Suite struct SharedGroupingTests {
  @Test(arguments: Engine.available)
  func `documents are ranked by the sum of their chunks' scores`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      // By their best chunk alone, bees (0.97) would come before bread (0.84).
      let documents = try await store.searchDocuments(
        SearchQuery(text: "", vector: [1, 0.8, 0.2, 0], mode: .dense, limit: 3))
      #expect(documents.map { name($0.link) } == ["bread", "bees", "ships"])
      for document in documents {
        #expect(abs(document.score - document.hits.reduce(0) { $0 + $1.score }) < 1e-6)
        #expect(document.matches == document.hits.count && document.best == document.hits.first)
        #expect(document.hits.allSatisfy { $0.documentID == document.id })
        #expect(document.hits.map(\.score) == document.hits.map(\.score).sorted(by: >))
      }
    }
  }

  @Test(arguments: Engine.available)
  func `a negative score counts as nothing`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      let documents = try await store.searchDocuments(
        SearchQuery(text: "", vector: [0, -1, 1, 0], mode: .dense, limit: 9))
      let bees = try #require(documents.first { name($0.link) == "bees" })
      #expect(bees.score == 0 && bees.matches == 2)
      #expect(documents.map { name($0.link) }.first == "ships")
    }
  }

  @Test(arguments: Engine.available)
  func `every document is found, once`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      let documents = try await store.searchDocuments(SearchQuery(text: "section", vector: [1, 0, 0, 0], limit: 50))
      #expect(documents.count == 4 && Set(documents.map(\.id)).count == 4)
      #expect(documents.reduce(0) { $0 + $1.matches } == 6)
    }
  }

  @Test(arguments: Engine.available)
  func `a document of many near chunks does not keep others out`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      let long = Corpus.document("long")
      let pieces = (0..<40).map { (text: "piece \($0)", vector: [1, Float($0) / 1000, 0, 0] as [Float]) }
      try await store.replaceChunks(of: long, with: Corpus.chunks(of: long, pieces))
      // So few candidates that at first they are of one document.
      let documents = try await store.searchDocuments(
        SearchQuery(text: "", vector: [1, 0.01, 0, 0], mode: .dense, limit: 3, candidates: 5))
      #expect(documents.map { name($0.link) } == ["long", "bread", "bees"])
      let first = try #require(documents.first)
      #expect(first.best.text == "piece 10" && first.matches == 40)
      #expect(first.hits.count == DocumentHit.maximumHits && abs(first.score - 40) < 0.1)
    }
  }

  @Test(arguments: Engine.available)
  func `a document reads as a hit does, with its passages`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      let document = try #require(
        try await store.searchDocuments(SearchQuery(text: "sourdough honey", mode: .keyword)).first)
      let data = try JSONEncoder().encode(document)
      let line = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      #expect(line["score"] as? Double == document.score && line["matches"] as? Int == document.matches)
      #expect((line["hits"] as? [[String: Any]])?.count == document.hits.count)
      let hit = try JSONDecoder().decode(SearchHit.self, from: data)
      #expect(hit.id == document.best.id && hit.text == document.best.text && hit.link == document.link)
    }
  }

  private func name(_ link: String) -> String { String(link.split(separator: "/").last ?? "") }
}
