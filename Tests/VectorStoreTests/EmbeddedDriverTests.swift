import Domain
import Foundation
import HTTP
import Storage
import TestSupport
import Testing
import VectorStore

@Suite struct EmbeddedDriverTests {
  @Test(arguments: [3, 8, 29])
  func `exact search equals brute force`(dimension: Int) async throws {
    let folder = try TemporaryFolder()
    let store = try await VectorStore.open("sqlite:\(folder.path("twin.sqlite"))", http: HTTPClient())
    let model = EmbeddingModelInfo(name: "random", digest: "1", dimension: dimension, maximumTokens: 8)
    try await store.prepare(for: model)
    var random = SeededGenerator(seed: UInt64(dimension))
    let replacements = (0..<40).map { number in
      let document = Corpus.document("d\(number)", by: number.isMultiple(of: 3) ? Corpus.ada : Corpus.ben)
      let pieces = (0..<10).map { (text: "text \(number) \($0)", vector: random.vector(dimension)) }
      return DocumentReplacement(document: document, chunks: Corpus.chunks(of: document, pieces, model: model))
    }
    _ = try await store.replaceChunks(replacements)
    let chunks = replacements.flatMap(\.chunks)
    for round in 0..<5 {
      let query = random.vector(dimension)
      let authors = round.isMultiple(of: 2) ? nil : [Corpus.ada.id]
      let expected = chunks.filter { authors?.contains($0.chunk.authorID) ?? true }
        .map { (id: $0.id, score: cosine(query, $0.vector)) }.sorted { $0.score > $1.score }.prefix(25)
      let hits = try await store.search(
        SearchQuery(
          text: "", vector: query, mode: .dense, limit: 25, filter: authors.map(VectorFilter.authors) ?? .everything))
      #expect(hits.map(\.id) == expected.map(\.id))
      for (hit, expected) in zip(hits, expected) { #expect(abs(hit.score - expected.score) < 1e-6) }
    }
  }

  @Test func `stores of other prefixes and of other libraries share the file`() async throws {
    let folder = try TemporaryFolder()
    let other = Migration("other-1") { _ in }
    let database = try EmbeddedDatabase(
      path: folder.path("twin.sqlite"), migrations: [other] + VectorStore.migrations)
    let first = try VectorStore(embedded: database, prefix: "one_")
    let second = try VectorStore(embedded: database, prefix: "two_")
    try await Corpus.fill(first)
    try await second.prepare(for: Corpus.otherModel)
    #expect(try await second.states(of: .articles).isEmpty)
    try await second.drop()
    #expect(try await first.states(of: .articles).count == 3)
    let reopened = try await VectorStore.open("sqlite:\(database.path)", http: HTTPClient(), prefix: "one_")
    #expect(try await reopened.search(SearchQuery(text: "nectar", mode: .keyword)).count == 1)
    try await database.checkIntegrity()
  }

  @Test func `settings that name no store are refused`() async throws {
    for url in ["sqlite:", "sqlite::memory:", "postgres://user:secret@host/x", "twin.sqlite"] {
      let error = await #expect(throws: VectorStoreError.self) {
        try await VectorStore.open(url, http: HTTPClient())
      }
      #expect(error?.description.contains("secret") == false)
      #expect(error?.description.contains("sqlite:") == true)
    }
    await #expect(throws: VectorStoreError.unusablePrefix("a/../b")) {
      try await VectorStore.open("sqlite:x", http: HTTPClient(), prefix: "a/../b")
    }
  }

  @Test func `a hit's JSON has the promised keys`() async throws {
    let folder = try TemporaryFolder()
    let store = try await VectorStore.open("sqlite:\(folder.path("twin.sqlite"))", http: HTTPClient())
    try await Corpus.fill(store)
    let hit = try #require(try await store.search(SearchQuery(text: "nectar", mode: .keyword)).first)
    let object = try JSONSerialization.jsonObject(with: JSONEncoder().encode(hit)) as? [String: Any]
    let keys = [
      "id", "score", "text", "category", "author", "link", "document_id", "start", "end", "platform", "highlights",
    ]
    #expect(Set(try #require(object).keys) == Set(keys))
  }

  private func cosine(_ left: [Float], _ right: [Float]) -> Double {
    var (dot, leftSquares, rightSquares) = (0.0, 0.0, 0.0)
    for (a, b) in zip(left, right) {
      dot += Double(a) * Double(b)
      leftSquares += Double(a) * Double(a)
      rightSquares += Double(b) * Double(b)
    }
    return dot / (leftSquares * rightSquares).squareRoot()
  }
}
