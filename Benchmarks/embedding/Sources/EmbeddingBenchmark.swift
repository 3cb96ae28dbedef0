import Embedding
import Foundation

/// `EmbeddingBenchmark MODEL PRECISION WORK [OUTPUT]`: our half; see `peers/peer.py` for what is done and printed.
@main enum EmbeddingBenchmark {
  private struct Shape: Decodable { var query: String }

  private struct Result: Encodable {
    var start: Seconds
    var query: Double
    var chunks: Seconds?
    var sentences: Seconds?
  }

  static func main() async throws {
    let arguments = CommandLine.arguments
    guard (4...5).contains(arguments.count), let precision = Precision(rawValue: arguments[2]) else {
      throw CocoaError(.featureUnsupported)
    }
    let work = URL(fileURLWithPath: arguments[3])
    let query = try read(Shape.self, work.appending(path: "shape.json")).query

    var begin = Seconds.now()
    let embedder = try BertEmbedder(
      folder: arguments[1], name: "all-MiniLM-L6-v2", precision: precision, overLimit: .truncate)
    _ = try await embedder.embed([query])
    let start = Seconds.now().since(begin)
    var queries: [Double] = []
    for _ in 0..<200 {
      begin = .now()
      _ = try await embedder.embed([query])
      queries.append(Seconds.now().since(begin).wall)
    }
    var result = Result(start: start, query: queries.sorted()[100])
    if arguments.count == 5 {
      let sentences = try read([String].self, work.appending(path: "sentences.json"))
      begin = .now()
      _ = try await embedder.embed(sentences)
      result.sentences = Seconds.now().since(begin)
      let chunks = try read([String].self, work.appending(path: "chunks.json"))
      begin = .now()
      let vectors = try await embedder.embed(chunks)
      result.chunks = Seconds.now().since(begin)
      try JSONEncoder().encode(vectors).write(to: URL(fileURLWithPath: arguments[4]))
    }
    print(String(decoding: try JSONEncoder().encode(result), as: UTF8.self))
  }

  private static func read<Value: Decodable>(_ type: Value.Type, _ file: URL) throws -> Value {
    try JSONDecoder().decode(type, from: Data(contentsOf: file))
  }
}
