import Domain
import Embedding
import Foundation
import Synchronization
import TestSupport
import Testing
import Tokenizers

struct CachedEmbedderTests {
  /// Counts what it is asked; the vector of a text says its length.
  private final class Counter: Embedder {
    let model: EmbeddingModelInfo
    let tokenizer: any Tokenizer = WordTokenizer()
    let asked = Mutex<[String]>([])

    init(digest: String = "1", dimension: Int = 4) {
      model = EmbeddingModelInfo(name: "counter", digest: digest, dimension: dimension, maximumTokens: 100)
    }

    func embed(_ texts: [String]) async throws -> [[Float]] {
      asked.withLock { $0 += texts }
      if let index = texts.firstIndex(of: "bad") { throw EmbeddingError.tooLong(index: index, tokens: 9, limit: 3) }
      return texts.map { text in (0..<model.dimension).map { Float(text.utf8.count + $0) } }
    }
  }

  private let folder: TemporaryFolder
  private var file: String { folder.path("vectors.sqlite") }

  init() throws { folder = try TemporaryFolder() }

  @Test func `an unchanged text is embedded once, across calls, repetitions and processes`() async throws {
    let counter = Counter()
    let embedder = CachedEmbedder(counter, cache: try VectorCache(path: file))
    let first = try await embedder.embed(["one", "three", "one"])
    #expect(first.map { $0[0] } == [3, 5, 3])
    let reopened = CachedEmbedder(counter, cache: try VectorCache(path: file))
    #expect(try await reopened.embed(["seventh", "one", "three"]) == [[7, 8, 9, 10], first[0], first[1]])
    #expect(counter.asked.withLock(\.self) == ["one", "three", "seventh"])
    #expect(embedder.tally.found == 1 && embedder.tally.made == 2)
    #expect(reopened.tally.found == 2 && reopened.tally.made == 1)
  }

  @Test func `other weights, and another dimension, are another model`() async throws {
    let cache = try VectorCache(path: file)
    for counter in [Counter(), Counter(digest: "2"), Counter(dimension: 3)] {
      _ = try await CachedEmbedder(counter, cache: cache).embed(["one"])
      #expect(counter.asked.withLock(\.count) == 1)
    }
  }

  @Test func `questions are not kept`() async throws {
    let counter = Counter()
    let cache = try VectorCache(path: file)
    let embedder = CachedEmbedder(counter, cache: cache)
    _ = try await embedder.embed(queries: ["secret"])
    _ = try await embedder.embed(queries: ["secret"])
    #expect(counter.asked.withLock(\.count) == 2)
    #expect(try await cache.size().count == 0)
  }

  @Test func `an error names the text as it was asked for, and keeps nothing`() async throws {
    let cache = try VectorCache(path: file)
    let embedder = CachedEmbedder(Counter(), cache: cache)
    _ = try await embedder.embed(["one", "two"])
    let error = await #expect(throws: EmbeddingError.self) { try await embedder.embed(["one", "two", "new", "bad"]) }
    guard case .tooLong(3, 9, 3)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(try await cache.size().count == 2)
  }

  @Test func `a vector that was damaged is made again`() async throws {
    let counter = Counter()
    _ = try await CachedEmbedder(counter, cache: try VectorCache(path: file)).embed(["one"])
    let script = """
      import sqlite3, sys
      with sqlite3.connect(sys.argv[1]) as database:
          (value,) = database.execute("SELECT value FROM vectors").fetchone()
          database.execute("UPDATE vectors SET value = ?", (bytes([value[0] ^ 1]) + value[1:],))
      """
    let result = try await run(testPython, ["-c", script, file])
    try #require(result.status == 0, "\(result)")
    let embedder = CachedEmbedder(counter, cache: try VectorCache(path: file))
    #expect(try await embedder.embed(["one"]) == [[3, 4, 5, 6]])
    #expect(embedder.tally.made == 1)
    #expect(try await embedder.embed(["one"]) == [[3, 4, 5, 6]] && embedder.tally.made == 1)
  }

  @Test func `it stays within its limit, and forgets all when it is asked to`() async throws {
    let cache = try VectorCache(path: file, limit: 2400)
    let embedder = CachedEmbedder(Counter(), cache: cache)
    for number in 0..<300 { _ = try await embedder.embed(["text \(number)"]) }
    #expect(try await (1200...2400).contains(cache.size().bytes))
    #expect(try await cache.forgetAll() > 0)
    #expect(try await cache.size().count == 0)
  }
}
