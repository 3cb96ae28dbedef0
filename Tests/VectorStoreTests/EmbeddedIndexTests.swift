import Domain
import Foundation
import GRDB
import HTTP
import Storage
import TestSupport
import Testing

@testable import VectorStore

/// The index in memory and in the file: what it finds is what comparing everything finds, whoever has changed the file.
@Suite struct EmbeddedIndexTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func open() async throws -> VectorStore {
    try await VectorStore.open("sqlite:\(folder.path("twin.sqlite"))", http: HTTPClient())
  }

  private static func model(_ dimension: Int, digest: String = "1") -> EmbeddingModelInfo {
    EmbeddingModelInfo(name: "random", digest: digest, dimension: dimension, maximumTokens: 8)
  }

  /// Documents of ten chunks around a few centres, some vectors several times.
  private static func documents(
    _ numbers: Range<Int>, _ model: EmbeddingModelInfo, seed: UInt64
  ) -> [DocumentReplacement] {
    var random = SeededGenerator(seed: seed)
    let centres = (0..<5).map { _ in random.vector(model.dimension) }
    let shared = random.vector(model.dimension)
    return numbers.map { number in
      let document = Corpus.document(
        "d\(number)", by: number.isMultiple(of: 3) ? Corpus.ada : Corpus.ben,
        category: number.isMultiple(of: 4) ? .posts : .articles, platform: "p\(number % 7)")
      let pieces = (0..<10).map { piece in
        let centre = centres[Int.random(in: 0..<centres.count, using: &random)]
        let noise = random.vector(model.dimension)
        let vector = piece == 0 ? shared : zip(centre, noise).map { $0 + $1 * 0.1 }
        return (text: "text \(number) \(piece)", vector: vector)
      }
      return DocumentReplacement(document: document, chunks: Corpus.chunks(of: document, pieces, model: model))
    }
  }

  /// What comparing the query with every stored vector finds, in binary32.
  private func bruteForce(
    _ query: [Float], _ store: VectorStore, _ filter: VectorFilter, limit: Int
  ) async throws -> [SearchHit] {
    var found: [ScoredChunk] = []
    let query = try unitVector(query, dimension: query.count, of: "the query")
    for category in [DataCategory.articles, .posts] {
      for try await stored in store.collection(EmbeddedChunk.self, of: category).documents(where: filter) {
        let score = query.withUnsafeBytes { query in
          stored.vector.withUnsafeBytes { VectorBlob.dotProduct(query, $0) }
        }
        found.append(ScoredChunk(chunk: stored.chunk, score: Double(try #require(score))))
      }
    }
    return found.sorted(by: ScoredChunk.isBetter).prefix(limit).map { SearchHit($0, terms: []) }
  }

  private func expectExact(_ store: VectorStore, dimension: Int, seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let filters: [VectorFilter] = [
      .everything, .author(Corpus.ada.id), !.author(Corpus.ada.id), .platform("p3"), .platform("p3") || .platform("p5"),
      !.isDuplicate, .isUnlinked && .author(Corpus.ben.id), .link("https://example.org/d5"), .any([]),
      .published(from: Date(timeIntervalSince1970: 0)), !.published(from: Date(timeIntervalSince1970: 0)),
      .identifier(anyOf: []),
    ]
    for (number, filter) in filters.enumerated() {
      let query = random.vector(dimension)
      let limit = [1, 7, 25, 1000][number % 4]
      let hits = try await store.search(
        SearchQuery(text: "", vector: query, mode: .dense, limit: limit, filter: filter))
      let expected = try await bruteForce(query, store, filter, limit: limit)
      #expect(hits == expected, "\(filter), limit \(limit)")
    }
  }

  @Test(arguments: [3, 32, 77])
  func `a search finds what comparing everything finds, score for score`(dimension: Int) async throws {
    let store = try await open()
    try await store.prepare(for: Self.model(dimension))
    _ = try await store.replaceChunks(Self.documents(0..<120, Self.model(dimension), seed: 1))
    try await expectExact(store, dimension: dimension, seed: UInt64(dimension))
  }

  @Test func `every change is seen by every open store`() async throws {
    let (first, second) = (try await open(), try await open())
    let model = Self.model(12)
    try await first.prepare(for: model)
    _ = try await first.replaceChunks(Self.documents(0..<60, model, seed: 1))
    try await expectExact(second, dimension: 12, seed: 1)
    // Others in the place of some, fewer chunks, and documents that are gone.
    var changed = Self.documents(30..<90, model, seed: 2)
    for index in changed.indices where index.isMultiple(of: 5) { changed[index].chunks.removeLast(4) }
    _ = try await second.replaceChunks(changed)
    try await expectExact(first, dimension: 12, seed: 2)
    let gone = changed.prefix(20).map(\.document)
    for (category, documents) in Dictionary(grouping: gone, by: \.category) {
      try await first.delete(documents: documents.map(\.id), in: category)
    }
    try await expectExact(first, dimension: 12, seed: 3)
    try await expectExact(second, dimension: 12, seed: 4)
    try await second.collection(EmbeddedChunk.self, of: .articles).delete(where: .author(Corpus.ada.id))
    try await expectExact(first, dimension: 12, seed: 5)
    #expect(try await driver(first).checkIndex().isWhole)
  }

  @Test func `places of deleted chunks are used again`() async throws {
    let store = try await open()
    let model = Self.model(4)
    try await store.prepare(for: model)
    for round in 0..<6 {
      let documents = Self.documents(round * 50..<round * 50 + 50, model, seed: UInt64(round))
      _ = try await store.replaceChunks(documents)
      for (category, some) in Dictionary(grouping: documents, by: \.document.category) where round < 5 {
        try await store.delete(documents: some.map(\.document.id), in: category)
      }
    }
    let blocks = try await driver(store).database.read { database in
      try Int.fetchOne(database, sql: "SELECT count(*) FROM vector_blocks")
    }
    #expect(blocks == 3)
    try await expectExact(store, dimension: 4, seed: 9)
  }

  @Test func `nothing of a collection that is gone stays in memory`() async throws {
    let store = try await open()
    let other = try await open()
    try await store.prepare(for: Self.model(8))
    _ = try await store.replaceChunks(Self.documents(0..<40, Self.model(8), seed: 1))
    try await expectExact(store, dimension: 8, seed: 1)
    try await store.drop()
    try await store.prepare(for: Self.model(8))
    _ = try await store.replaceChunks(Self.documents(10..<30, Self.model(8), seed: 2))
    try await expectExact(store, dimension: 8, seed: 2)
    // Another model, first beside the old one and then in its place.
    let next = Self.model(5, digest: "2")
    try await other.prepare(for: next)
    _ = try await other.replaceChunks(Self.documents(0..<50, next, seed: 3))
    try await expectExact(store, dimension: 8, seed: 3)
    try await other.activate()
    // A store that was open before learns of the new dimension from its next search's error at the latest.
    let reopened = try await open()
    try await expectExact(reopened, dimension: 5, seed: 4)
    try await expectExact(other, dimension: 5, seed: 5)
    #expect(try await driver(reopened).checkIndex().isWhole)
  }

  @Test func `many first searches at once find the same`() async throws {
    let model = Self.model(16)
    let writer = try await open()
    try await writer.prepare(for: model)
    _ = try await writer.replaceChunks(Self.documents(0..<60, model, seed: 1))
    let store = try await open()
    var random = SeededGenerator(seed: 3)
    let query = random.vector(16)
    let expected = try await bruteForce(query, writer, .everything, limit: 10)
    try await withThrowingTaskGroup(of: [SearchHit].self) { group in
      for _ in 0..<200 {
        group.addTask { try await store.search(SearchQuery(text: "", vector: query, mode: .dense, limit: 10)) }
      }
      for try await hits in group { #expect(hits == expected) }
    }
  }

  @Test func `several queries together find what each finds alone`() async throws {
    let store = try await open()
    let model = Self.model(9)
    try await store.prepare(for: model)
    _ = try await store.replaceChunks(Self.documents(0..<60, model, seed: 1))
    var random = SeededGenerator(seed: 5)
    let queries = try (0..<70).map { _ in try unitVector(random.vector(9), dimension: 9, of: "a query") }
    for filter in [VectorFilter.everything, .platform("p3"), .author(Corpus.ben.id)] {
      let search = ChunkSearch(categories: [.articles, .posts], filter: filter, limit: 6)
      let together = try await driver(store).nearest(toEach: queries, search)
      #expect(together.count == queries.count)
      for (query, found) in zip(queries, together) {
        let alone = try await driver(store).nearest(to: query, search)
        #expect(alone.map(\.id) == found.map(\.id) && alone.map(\.score) == found.map(\.score))
        // What scores less is not found, however many are asked for.
        guard found.count > 3, found[2].score > found[3].score else { continue }
        var near = search
        (near.minimumScore, near.limit) = ((found[2].score + found[3].score) / 2, 100)
        #expect(try await driver(store).nearest(to: query, near).map(\.id) == found.prefix(3).map(\.id))
      }
    }
  }

  /// Vectors of so many components are told to be too far away by the first of them.
  @Test(arguments: [128, 200]) func `what is near is found among what is far`(dimension: Int) async throws {
    let store = try await open()
    let model = Self.model(dimension)
    try await store.prepare(for: model)
    _ = try await store.replaceChunks(Self.documents(0..<60, model, seed: 1))
    var random = SeededGenerator(seed: 6)
    let stored = try await bruteForce(random.vector(dimension), store, .everything, limit: 600)
    var queries: [[Float]] = []
    for hit in stored.prefix(100) {
      let chunk = try #require(try await store.collection(EmbeddedChunk.self, of: hit.category).find(hit.id))
      let near = zip(chunk.vector, random.vector(dimension)).map { $0 + $1 * 0.02 }
      queries.append(try unitVector(near, dimension: dimension, of: "a query"))
    }
    for minimum in [0.8, 0.97, 1.5] {
      let search = ChunkSearch(
        categories: [.articles, .posts], filter: .everything, limit: 1000, minimumScore: minimum)
      for (query, found) in zip(queries, try await driver(store).nearest(toEach: queries, search)) {
        let expected = try await bruteForce(query, store, .everything, limit: 1000).filter { $0.score >= minimum }
        #expect(found.map(\.id) == expected.map(\.id) && found.map(\.score) == expected.map(\.score))
        #expect(found.isEmpty == (minimum > 1))
      }
    }
  }

  @Test func `of chunks that score alike the smallest identifiers are found`() async throws {
    let store = try await open()
    try await store.prepare(for: Corpus.model)
    let documents = (10..<90).map { number in
      // Other words, so that none is a duplicate of another, and as many.
      let text = "words " + (0..<8).map { "w\(number)\($0)" }.joined(separator: " ")
      return Corpus.replacement(Corpus.document("same\(number)"), [(text, [1, 2, 3, 4])])
    }
    _ = try await store.replaceChunks(documents)
    let expected = documents.flatMap(\.chunks).map(\.id).sorted().prefix(7)
    for mode in [SearchQuery.Mode.dense, .keyword] {
      let hits = try await store.search(SearchQuery(text: "words", vector: [4, 3, 2, 1], mode: mode, limit: 7))
      #expect(hits.map(\.id) == Array(expected))
    }
  }

  @Test func `what differs between the index and the chunks is found and mended`() async throws {
    let store = try await open()
    let model = Self.model(8)
    try await store.prepare(for: model)
    _ = try await store.replaceChunks(Self.documents(0..<60, model, seed: 1))
    let driver = try driver(store)
    #expect(try await driver.checkIndex() == IndexFindings(chunks: 600))
    try await driver.database.write { database in
      let keys = try Int64.fetchAll(
        database,
        sql: "SELECT key FROM vector_chunks WHERE key / 256 > (SELECT min(number) FROM vector_blocks) ORDER BY key")
      try database.execute(
        sql: """
          DELETE FROM vector_values WHERE key = \(keys[0]);
          UPDATE vector_values SET vector = zeroblob(32) WHERE key = \(keys[1]);
          DELETE FROM vector_words WHERE rowid = \(keys[2]);
          UPDATE vector_words SET terms = 'other' WHERE rowid = \(keys[3]);
          INSERT INTO vector_words (rowid, terms) VALUES (999999, 'stray');
          UPDATE vector_blocks SET codes = x'00' WHERE number = (SELECT min(number) FROM vector_blocks);
          """)
    }
    let findings = try await driver.checkIndex()
    #expect(findings.withoutVector.count == 2 && findings.withoutTerms.count == 2)
    #expect(findings.strays == 1 && findings.damagedBlocks == 1 && findings.withoutCodes.count > 100)
    #expect(try await driver.mendIndex() == findings)
    #expect(try await driver.checkIndex() == IndexFindings(chunks: 598))
    #expect(try await store.verify().incompleteDocuments.count == 1)
    try await expectExact(store, dimension: 8, seed: 8)
  }

  private func driver(_ store: VectorStore) throws -> EmbeddedDriver {
    try #require(store.driver as? EmbeddedDriver)
  }
}
