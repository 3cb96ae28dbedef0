import Domain
import Foundation
import Testing
import VectorStore

/// Bounds of dates mean the same to every engine: within a second, and where RFC 3339 has no form for them.
@Suite struct SharedDateTests {
  /// How many documents are in a period, in seconds since 1970.
  private typealias Counting = (_ from: Double?, _ before: Double?) async throws -> Int

  private static let second = 1_741_500_000.0

  @Test(arguments: Engine.available)
  func `a bound within a second is the next whole one`(engine: Engine) async throws {
    try await withDates([Self.second], engine) { (found: Counting) async throws in
      for (bound, isAfter) in [(Self.second - 0.5, false), (Self.second, false), (Self.second + 0.5, true)] {
        #expect(try await found(bound, nil) == (isAfter ? 0 : 1), "from \(bound)")
        #expect(try await found(nil, bound) == (isAfter ? 1 : 0), "before \(bound)")
        #expect(try await found(bound, Self.second + 1) == (isAfter ? 0 : 1), "between \(bound) and the next second")
      }
    }
  }

  @Test(arguments: Engine.available)
  func `bounds outside of the years 1 to 9999 are taken for what they say`(engine: Engine) async throws {
    let (first, end) = (-62_135_596_800.0, 253_402_300_800.0)
    try await withDates([first, Self.second, end - 1], engine) { (found: Counting) async throws in
      for late in [end, end + 1, 1e18, .infinity] {
        #expect(try await found(nil, late) == 3, "before \(late)")
        #expect(try await found(Self.second, late) == 2, "before \(late)")
        #expect(try await found(late, nil) == 0, "from \(late)")
        #expect(try await found(late, late) == 0, "from \(late)")
      }
      for early in [first, first - 1, -1e18, -.infinity] {
        #expect(try await found(early, nil) == 3, "from \(early)")
        #expect(try await found(early, end) == 3, "from \(early)")
        #expect(try await found(nil, early) == 0, "before \(early)")
      }
      #expect(try await found(end - 1, nil) == 1)
      #expect(try await found(nil, end - 1) == 2)
      #expect(try await found(.nan, nil) == 0)
      #expect(try await found(nil, .nan) == 0)
    }
  }

  /// Fills a store with documents of these dates, in seconds since 1970, and one without.
  private func withDates(
    _ dates: [Double], _ engine: Engine,
    _ body: (Counting) async throws -> Void
  ) async throws {
    try await engine.withStore { store in
      try await store.prepare(for: Corpus.model)
      for (number, date) in ([nil] + dates).enumerated() {
        var document = Corpus.document("dated-\(number)")
        document.publishedAt = date.map { Date(timeIntervalSince1970: $0) }
        let chunks = Corpus.chunks(of: document, [("dated \(number)", [1, 0, 0, 0])])
        try await store.replaceChunks(of: document, with: chunks)
      }
      try await body { from, before in
        let filter = VectorFilter.published(
          from: from.map { Date(timeIntervalSince1970: $0) }, before: before.map { Date(timeIntervalSince1970: $0) })
        let documents = try await store.collection(CleanedDocument.self, of: .articles).count(where: filter)
        let chunks = try await store.collection(EmbeddedChunk.self, of: .articles).count(where: filter)
        #expect(documents == chunks)
        return chunks
      }
    }
  }
}
