// Our half of the comparison: `QdrantBenchmark load|search COUNT URL FOLDER` prints its figures as a line of JSON, as
// `peer.py` does. FOLDER holds what `run` has made.

import BenchmarkClock
import Domain
import Foundation
import HTTP
import VectorStore

@main
struct QdrantBenchmark {
  static let dimension = 384
  private static let chunksPerDocument = 10
  private static let documentsPerCall = 500
  private static let model = EmbeddingModelInfo(name: "made", digest: "1", dimension: dimension, maximumTokens: 256)

  struct Figures: Encodable {
    var count: Int
    var wall: Double
    var cpu: Double
  }

  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 5, ["load", "search"].contains(arguments[1]), let count = Int(arguments[2]), count > 0
    else {
      FileHandle.standardError.write(Data("usage: QdrantBenchmark load|search COUNT URL FOLDER\n".utf8))
      exit(2)
    }
    let store = try await VectorStore.open(arguments[3], http: HTTPClient())
    let folder = URL(fileURLWithPath: arguments[4])
    let figures =
      arguments[1] == "load" ? try await load(count, from: folder, into: store) : try await search(store, count, folder)
    print(String(decoding: try JSONEncoder().encode(figures), as: UTF8.self))
  }

  private static func load(_ count: Int, from folder: URL, into store: VectorStore) async throws -> Figures {
    let vectors = try vectors(folder.appending(path: "vectors.f32"))
    let texts = try String(contentsOf: folder.appending(path: "texts.txt"), encoding: .utf8).split(separator: "\n")
    try await store.prepare(for: model)
    var clock = Clock()
    let perCall = chunksPerDocument * documentsPerCall
    for start in stride(from: 0, to: count, by: perCall) {
      let documents = stride(from: start, to: min(start + perCall, count), by: chunksPerDocument).map { first in
        document(of: first..<min(first + chunksPerDocument, count), texts, vectors)
      }
      let outcome = try await clock.time { try await store.replaceChunks(documents) }
      if let failure = outcome.failures.first { throw failure.value }
    }
    return Figures(count: count, wall: clock.wall, cpu: clock.processor)
  }

  private static func document(
    of numbers: Range<Int>, _ texts: [Substring], _ vectors: [Float]
  ) -> DocumentReplacement {
    let raw = RawDocument(
      category: .articles, link: "https://example.org/\(numbers.lowerBound)", platform: "blog",
      author: User(fullName: "Ada Example"), text: "")
    let document = CleanedDocument(of: raw, text: "document", fingerprint: ContentHash(of: "1"))
    let chunks = numbers.map { number in
      let chunk = Chunk(
        of: document, text: String(texts[number]), start: number, end: number + 1, tokens: 60, headings: [],
        chunking: ChunkingMethod(strategy: "benchmark", size: 256, overlap: 0), occurrence: number)
      let vector = Array(vectors[number * dimension..<(number + 1) * dimension])
      return EmbeddedChunk(chunk: chunk, vector: vector, model: model)
    }
    return DocumentReplacement(document: document, chunks: chunks)
  }

  /// - Parameter count: how many questions are asked, one after the other.
  private static func search(_ store: VectorStore, _ count: Int, _ folder: URL) async throws -> Figures {
    let queries = try vectors(folder.appending(path: "queries.f32"))
    let number = queries.count / dimension
    var clock = Clock()
    var found = 0
    for index in 0..<count {
      let vector = Array(queries[(index % number) * dimension..<(index % number + 1) * dimension])
      let query = SearchQuery(text: "", vector: vector, mode: .dense, limit: 10, categories: [.articles])
      found += try await clock.time { try await store.search(query).count }
    }
    precondition(found == 10 * count, "a search found less than it should")
    return Figures(count: count, wall: clock.wall, cpu: clock.processor)
  }

  private static func vectors(_ file: URL) throws -> [Float] {
    try Data(contentsOf: file).withUnsafeBytes { bytes in
      (0..<bytes.count / 4).map { bytes.loadUnaligned(fromByteOffset: $0 * 4, as: Float.self) }
    }
  }
}
