// Our half of the comparison: `VectorsBenchmark build|query|link|keyword|hybrid|filtered COUNT FOLDER [ANSWERS]` prints its
// figures as a line of JSON, as `peers/peer.py` does. FOLDER holds what `data.py` has made; the store is made in it, too.
// The others are for a store that was built: `link` looks for chunks that say the same, `keyword` and `hybrid` search for
// four words of a text, and `filtered` asks what `query` asks of the chunks of one platform, which all of them are.

import BenchmarkClock
import Domain
import Foundation
import HTTP
import VectorStore

@main
struct VectorsBenchmark {
  /// Chunks of one document, and documents of one call.
  private static let chunksPerDocument = 10
  private static let documentsPerCall = 500

  /// How is searched; by angle among all without anything else.
  private struct Search {
    var mode = SearchQuery.Mode.dense
    var filter = VectorFilter.everything
  }

  private static let modes = [
    "keyword": Search(mode: .keyword), "hybrid": Search(mode: .hybrid),
    "filtered": Search(filter: .field(.platform, anyOf: ["blog"])),
  ]
  private static let wordsOfQuery = 4

  struct Figures: Encodable {
    var count: Int
    var wall: Double?
    var cpu: Double?
    /// Milliseconds of each query, the opening of the store counted into the first.
    var queries: [Double]?
    /// Milliseconds of the processor of each query but the first.
    var processor: [Double]?
  }

  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count >= 4, ["build", "link", "query"].contains(arguments[1]) || modes[arguments[1]] != nil,
      let count = Int(arguments[2]), count > 0
    else {
      let phases = ["build", "link", "query"] + modes.keys.sorted()
      let usage = "usage: VectorsBenchmark \(phases.joined(separator: "|")) COUNT FOLDER [ANSWERS]\n"
      FileHandle.standardError.write(Data(usage.utf8))
      exit(2)
    }
    let data = try Corpus(folder: URL(fileURLWithPath: arguments[3]))
    let url = "sqlite:\(arguments[3])/twin.sqlite"
    let figures =
      switch arguments[1] {
      case "build": try await build(count, data, url)
      case "link": try await link(count, url)
      case let phase:
        try await query(
          count, data, url, modes[phase] ?? Search(), answers: arguments.count > 4 ? arguments[4] : nil)
      }
    print(String(decoding: try JSONEncoder().encode(figures), as: UTF8.self))
  }

  private static func build(_ count: Int, _ data: Corpus, _ url: String) async throws -> Figures {
    let model = EmbeddingModelInfo(name: "random", digest: "1", dimension: data.dimension, maximumTokens: 256)
    var clock = Clock()
    let store = try await clock.time {
      let store = try await VectorStore.open(url, http: HTTPClient())
      try await store.prepare(for: model)
      return store
    }
    let perCall = documentsPerCall * chunksPerDocument
    for start in stride(from: 0, to: count, by: perCall) {
      let documents = try stride(from: start, to: min(start + perCall, count), by: chunksPerDocument).map {
        try document(of: $0..<min($0 + chunksPerDocument, count), data, model)
      }
      let outcome = try await clock.time { try await store.replaceChunks(documents) }
      if let failure = outcome.failures.first { throw failure.value }
    }
    return Figures(count: count, wall: clock.wall, cpu: clock.processor)
  }

  private static func document(
    of numbers: Range<Int>, _ data: Corpus, _ model: EmbeddingModelInfo
  ) throws -> DocumentReplacement {
    let raw = RawDocument(
      category: .articles, link: "https://example.org/\(numbers.lowerBound)", platform: "blog",
      author: User(fullName: "Ada Example"), text: "")
    let document = CleanedDocument(of: raw, text: "document", fingerprint: ContentHash(of: "1"))
    let chunks = try numbers.map { number in
      var chunk = Chunk(
        of: document, text: try data.text(number), start: number, end: number + 1, tokens: 60, headings: [],
        chunking: ChunkingMethod(strategy: "benchmark", size: 256, overlap: 0), occurrence: 0)
      chunk.id = Identifier("benchmark", [String(number)])
      return EmbeddedChunk(chunk: chunk, vector: data.vector(number), model: model)
    }
    return DocumentReplacement(document: document, chunks: chunks)
  }

  private static func link(_ count: Int, _ url: String) async throws -> Figures {
    var clock = Clock()
    let store = try await VectorStore.open(url, http: HTTPClient())
    let report = try await clock.time { try await store.linkDuplicates() }
    guard report.checked == count else { throw Incomplete(checked: report.checked) }
    return Figures(count: count, wall: clock.wall, cpu: clock.processor)
  }

  private struct Incomplete: Error { var checked: Int }

  private static func query(
    _ count: Int, _ data: Corpus, _ url: String, _ search: Search, answers: String?
  ) async throws -> Figures {
    var times: [Double] = []
    var processor: [Double] = []
    var found: [[Int]] = []
    var clock = Clock()
    let store = try await clock.time { try await VectorStore.open(url, http: HTTPClient()) }
    var before = (wall: 0.0, processor: clock.processor)
    for (number, vector) in data.queries.enumerated() {
      // The words of texts all over the store, as frequent as they are there.
      let words = try data.text(number * 7919 % count).split(separator: " ").prefix(wordsOfQuery)
      let query = SearchQuery(
        text: search.mode == .dense ? "" : words.joined(separator: " "), vector: vector, mode: search.mode, limit: 10,
        filter: search.filter)
      let hits = try await clock.time { try await store.search(query) }
      if !times.isEmpty { processor.append((clock.processor - before.processor) * 1000) }
      times.append((clock.wall - before.wall) * 1000)
      before = (clock.wall, clock.processor)
      found.append(hits.map(\.start))
    }
    if let answers { try JSONEncoder().encode(found).write(to: URL(fileURLWithPath: answers)) }
    return Figures(count: count, wall: clock.wall, cpu: clock.processor, queries: times, processor: processor)
  }
}
