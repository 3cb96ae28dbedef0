import Domain
import HTTP
import TestSupport
import Testing

@testable import VectorStore

/// What is too long for one answer is read in several.
@Suite struct QdrantLongAnswerTests {
  /// Runs `body` with a filled store, and with the same one read by answers of so many bytes at most.
  private func withStores(
    _ maximum: Int, _ body: (_ long: VectorStore, _ short: VectorStore) async throws -> Void
  ) async throws {
    let peer = try TroubledPeer()
    try await peer.send(.post, "/test/about", #"{"title":"qdrant - vector search engine","version":"1.16.0"}"#)
    let long = try await peer.store()
    try await WholeCorpus.fill(long)
    let connection = QdrantConnection(
      StoreAddress(url: peer.url, http: peer.http, prefix: ""), maximumReplyLength: maximum)
    let short = QdrantDriver(connection: connection, prefix: "", version: QdrantVersion("1.16.0"))
    try await body(long, VectorStore(driver: short))
  }

  @Test func `searches find the same`() async throws {
    try await withStores(12_000) { long, short in
      var random = SeededGenerator(seed: 50)
      let vectors = (0..<3).map { _ in random.vector(4) }
      for categories in [[DataCategory.articles], DataCategory.allCases] {
        for includesVectors in [false, true] {
          let search = ChunkSearch(
            categories: categories, filter: .everything, limit: 25, includesVectors: includesVectors)
          try await expectSame(long, short) { try await $0.nearest(toEach: vectors, search) }
          try await expectSame(long, short) { [try await $0.matching(["words", "said"], search)] }
          for fusion in [Fusion(), Fusion(.distributionBased), Fusion(alpha: 0.3)] {
            try await expectSame(long, short) {
              [
                try await $0.fused(nearest: vectors[0], matching: ["words"], by: fusion, depth: 25, search).chunks
              ]
            }
          }
        }
      }
    }
  }

  @Test func `everything is read`() async throws {
    try await withStores(12_000) { long, short in
      #expect(try await short.verify(.contents).isSound)
      #expect(try await short.verify().chunks == 2 * WholeCorpus.count)
      let expected = try await long.states(of: .posts)
      #expect(try await short.states(of: .posts) == expected)
    }
  }

  @Test func `what is too long by itself is named`() async throws {
    try await withStores(700) { long, short in
      let nearest = try #require(try await long.driver.nearest(to: [1, 0, 0, 0], search(limit: 1)).first)
      let error = await #expect(throws: VectorStoreError.self) {
        try await short.driver.nearest(to: [1, 0, 0, 0], search(limit: 1))
      }
      #expect(error?.description.contains("the point \(nearest.id) is longer than 700 bytes") == true)
      let many = await #expect(throws: VectorStoreError.self) {
        try await short.driver.nearest(to: [1, 0, 0, 0], search(limit: 25))
      }
      #expect(many?.description.contains("“search”: it is longer than 700 bytes") == true)
      let page = await #expect(throws: VectorStoreError.self) {
        try await short.collection(EmbeddedChunk.self, of: .articles).find([nearest.id])
      }
      #expect(page?.description.contains("one point, the first one, is longer than 700 bytes") == true)
    }
    try await withStores(200) { _, short in
      let listing = await #expect(throws: VectorStoreError.self) { try await short.models() }
      #expect(listing?.description.contains("“list the collections”: it is longer than 200 bytes") == true)
    }
  }

  private func search(limit: Int) -> ChunkSearch {
    ChunkSearch(categories: [.articles], filter: .everything, limit: limit)
  }

  private func expectSame(
    _ long: VectorStore, _ short: VectorStore, _ search: (any VectorStoreDriver) async throws -> [[ScoredChunk]]
  ) async throws {
    let (expected, found) = (try await search(long.driver), try await search(short.driver))
    #expect(found.map { $0.map(\.id) } == expected.map { $0.map(\.id) })
    #expect(found.map { $0.map(\.chunk) } == expected.map { $0.map(\.chunk) })
    #expect(found.map { $0.map(\.vector) } == expected.map { $0.map(\.vector) })
    #expect(found.map { $0.map(\.score) } == expected.map { $0.map(\.score) })
    #expect(!expected.joined().isEmpty)
  }
}
