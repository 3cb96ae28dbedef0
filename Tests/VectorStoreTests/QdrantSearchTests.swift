import Domain
import HTTP
import TestSupport
import Testing

@testable import VectorStore

/// Rankings that Qdrant joins are those that are joined here.
@Suite struct QdrantSearchTests {
  private static let words = ["bread", "honey", "ship", "star", "oven", "loaf", "ocean", "nectar"]

  @Test(arguments: [
    Fusion(), Fusion(.reciprocalRank(constant: 0)), Fusion(.reciprocalRank(constant: 7.5)), Fusion(alpha: 0.8),
    Fusion(.distributionBased), Fusion(.distributionBased, alpha: 0.3),
  ])
  func `a fusion is the same, whoever does it`(fusion: Fusion) async throws {
    let (peer, prefix) = (try TroubledPeer.untroubled.get(), TroubledPeer.randomPrefix())
    let store = try await peer.store(prefix: prefix)
    var random = SeededGenerator(seed: 40)
    try await fill(store, &random)
    for categories in [[DataCategory.articles], [.articles, .posts], [.repositories]] {
      for limit in [1, 5, 60] {
        let (vector, terms) = (random.vector(4), [Self.words[limit % 8], Self.words[(limit + 3) % 8]])
        let search = ChunkSearch(categories: categories, filter: .everything, limit: limit)
        var deep = search
        deep.limit = 80
        // What each ranking gives is all that matches, so that where it is cut does not matter.
        let here = fusion.fused(
          dense: try await store.driver.nearest(to: vector, deep),
          keyword: try await store.driver.matching(terms, deep))
        let there = try await store.driver.fused(
          nearest: vector, matching: terms, by: fusion, depth: 80, search)
        expectEqual(there.chunks, Array(here.prefix(limit)), areScoresRounded: categories.count == 1)
        // Whether there are more is not known when exactly so many came.
        if here.count != limit { #expect(there.areAll == (here.count < limit)) }
      }
    }
  }

  @Test func `a server without the constant leaves the fusion to twin`() async throws {
    let peer = try TroubledPeer()
    try await peer.send(.post, "/test/about", #"{"title":"qdrant - vector search engine","version":"1.11.3"}"#)
    let store = try await peer.store()
    try await Corpus.fill(store)
    let hits = try await store.search(
      SearchQuery(text: "honey", vector: [0.9, 0.1, 0, 0], limit: 6, categories: [.articles]))
    #expect(hits.first?.text == "Sourdough and honey taste well together")
    // Exactly: scores of the server are of single precision.
    #expect(hits.first?.score == 1.0 / 63 + 1.0 / 61)
    // Nor has it facets.
    let authors = try await store.collection(EmbeddedChunk.self, of: .articles).counts(by: .author)
    #expect(authors == [Corpus.ada.id.uuidString: 4, Corpus.ben.id.uuidString: 1])
  }

  @Test func `many questions at once have the answers of each`() async throws {
    let (peer, prefix) = (try TroubledPeer.untroubled.get(), TroubledPeer.randomPrefix())
    let store = try await peer.store(prefix: prefix)
    var random = SeededGenerator(seed: 41)
    try await fill(store, &random)
    let vectors = (0..<70).map { _ in random.vector(4) }
    let search = ChunkSearch(categories: [.articles, .posts], filter: .everything, limit: 4, includesVectors: true)
    let together = try await store.driver.nearest(toEach: vectors, search)
    #expect(together.count == 70)
    for (vector, found) in zip(vectors, together) {
      let alone = try await store.driver.nearest(to: vector, search)
      #expect(found.map(\.id) == alone.map(\.id) && found.map(\.vector) == alone.map(\.vector))
      #expect(found.allSatisfy { $0.vector?.count == 4 })
    }
  }

  private func fill(_ store: VectorStore, _ random: inout SeededGenerator) async throws {
    try await store.prepare(for: Corpus.model)
    var replacements: [DocumentReplacement] = []
    for number in 0..<30 {
      let document = Corpus.document("fused-\(number)", category: number.isMultiple(of: 3) ? .posts : .articles)
      let pieces = (0..<2).map { piece in
        // All of different lengths: equal scores by words would have ranks of the server's own choice.
        let words = (0..<3 + 2 * number + piece).map { _ in Self.words[Int.random(in: 0..<8, using: &random)] }
        return (text: "\(number) \(piece) \(words.joined(separator: " "))", vector: random.vector(4))
      }
      replacements.append(Corpus.replacement(document, pieces))
    }
    let outcome = try await store.replaceChunks(replacements)
    if let failure = outcome.failures.first { throw failure.value }
  }

  /// - Parameter areScoresRounded: whether scores that differ less than single precision tells apart may come in either
  ///   order.
  private func expectEqual(_ there: [ScoredChunk], _ here: [ScoredChunk], areScoresRounded: Bool) {
    guard areScoresRounded else {
      #expect(there.map(\.id) == here.map(\.id) && there.map(\.score) == here.map(\.score))
      return
    }
    #expect(there.count == here.count)
    for (there, here) in zip(there, here) {
      #expect(abs(there.score - here.score) < 1e-5)
      if there.id != here.id { #expect(abs(there.score - here.score) < 1e-6) }
    }
  }
}
