import Domain
import Embedding
import Foundation
import HTTP
import TestSupport
import Testing
import Tokenizers

/// Vectors over real sockets, from a server that speaks each provider's protocol and refuses what the real ones refuse.
struct RemoteEmbedderTests {
  private let server: PeerServer

  init() throws { server = try PeerServer("embedding_server.py") }

  private static let providers = RemoteEmbeddingProvider.allCases

  private func configuration(
    _ provider: RemoteEmbeddingProvider, _ model: String = "counting", before path: String = ""
  ) -> RemoteEmbeddingConfiguration {
    let root = "http://127.0.0.1:\(server.port)\(path)"
    return RemoteEmbeddingConfiguration(
      provider: provider, model: model, endpoint: provider == .openai ? root + "/v1" : root, timeout: 300)
  }

  private func embedder(
    _ configuration: RemoteEmbeddingConfiguration, price: Double? = nil
  ) async throws -> RemoteEmbedder {
    var client = HTTPClientConfiguration()
    client.backoffBase = 0.001
    client.backoffCap = 0.001
    return try await RemoteEmbedder(
      configuration, tokenizer: WordTokenizer(), price: price, client: HTTPClient(configuration: client))
  }

  /// A request as the server saw it.
  private struct Seen: Decodable {
    struct Body: Decodable {
      let input: [String]?
      let texts: [String]?
      let inputs: [String]?
      let input_type: String?
      let truncate: Truncation?
      let dimensions: Int?

      var all: [String] { input ?? texts ?? inputs ?? [] }
    }
    /// A truth or a word, by provider.
    struct Truncation: Decodable, Equatable {
      let isAllowed: Bool
      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        isAllowed = try (try? container.decode(Bool.self)) ?? (container.decode(String.self) != "NONE")
      }
    }
    let path: String
    let body: Body
  }

  private func requests() async throws -> [Seen] {
    let request = HTTPRequest(.get, "http://127.0.0.1:\(server.port)/requests", trust: .configured)
    return try await HTTPClient().send(request, decoding: [Seen].self)
  }

  /// What the server says of a text, of length one.
  private func expected(_ text: String, dimension: Int = 8) -> [Float] {
    var vector = [Float](repeating: 0, count: dimension)
    for word in text.split(separator: " ") { vector[word.count % dimension] += 1 }
    let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return vector.map { $0 / length }
  }

  private func isNear(_ left: [Float], _ right: [Float]) -> Bool {
    left.count == right.count && zip(left, right).allSatisfy { abs($0 - $1) < 1e-5 }
  }

  private func text(_ words: Int, _ seed: Int = 0) -> String {
    (0..<words).map { String(repeating: "w", count: ($0 * 7 + seed) % 11 + 1) }.joined(separator: " ")
  }

  @Test(arguments: providers)
  func `every text has its vector, in order, over many batches at once`(provider: RemoteEmbeddingProvider) async throws
  {
    var configuration = configuration(provider)
    configuration.batchSize = 7
    let embedder = try await embedder(configuration, price: 2)
    #expect(embedder.model.name == "\(provider.rawValue)/counting" && embedder.model.dimension == 8)
    let texts = (0..<100).map { text($0 % 30 + 1, $0) }
    let vectors = try await embedder.embed(texts)
    #expect(vectors.count == 100)
    for (text, vector) in zip(texts, vectors) { #expect(isNear(vector, expected(text))) }
    let seen = try await requests()
    #expect(seen.allSatisfy { $0.body.all.count <= 7 && $0.body.truncate?.isAllowed != true })
    let usage = embedder.meter.usage
    // One text asked for the dimension.
    #expect(usage.texts == 101 && usage.requests == 16)
    #expect(usage.tokens == texts.reduce(1) { $0 + $1.split(separator: " ").count })
    #expect(usage.cost == Double(usage.tokens) * 2 / 1_000_000)
  }

  @Test func `a question is told from a passage where the provider makes a difference`() async throws {
    let embedder = try await embedder(configuration(.cohere))
    _ = try await embedder.embed(["a passage"])
    _ = try await embedder.embed(queries: ["a question"])
    #expect(try await requests().map(\.body.input_type) == ["search_document", "search_document", "search_query"])
  }

  @Test(arguments: providers)
  func `a text that is too long is an error that names it, and nothing is cut`(provider: RemoteEmbeddingProvider)
    async throws
  {
    let embedder = try await embedder(configuration(provider))
    let error = await #expect(throws: EmbeddingError.self) {
      try await embedder.embed([self.text(3), self.text(5), self.text(41), self.text(2)])
    }
    guard case .refusedAsTooLong(let index, _, let reason)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(index == 2 && !reason.isEmpty)
    #expect(
      error?.description.contains("text 3 of those to embed is too long for \(provider.rawValue)/counting") == true)
    #expect(try await requests().allSatisfy { $0.body.truncate?.isAllowed != true })
  }

  @Test(arguments: providers)
  func `where truncation is asked for it is done to what is too long alone, and counted`(
    provider: RemoteEmbeddingProvider
  ) async throws {
    var configuration = configuration(provider)
    configuration.overLimit = .truncate
    let embedder = try await embedder(configuration)
    let texts = [text(3), text(90), text(40)]
    let vectors = try await embedder.embed(texts)
    #expect(isNear(vectors[0], expected(texts[0])) && isNear(vectors[2], expected(texts[2])))
    #expect(embedder.meter.usage.truncated == 1)
    let cut = try await requests().filter { $0.body.truncate?.isAllowed == true }
    if provider == .openai {
      // It cannot be asked to cut, so that the beginning is looked for: a half is too long still, a quarter is not.
      #expect(cut.isEmpty && isNear(vectors[1], expected(text(22))))
    } else {
      #expect(cut.map(\.body.all) == [[texts[1]]])
      #expect(isNear(vectors[1], expected(text(40))))
    }
  }

  @Test(arguments: providers)
  func `in windows all of a text counts`(provider: RemoteEmbeddingProvider) async throws {
    var configuration = configuration(provider)
    configuration.overLimit = .windows
    let embedder = try await embedder(configuration)
    let long = Array(repeating: "aa bbb", count: 40).joined(separator: " ")
    let vectors = try await embedder.embed([text(3), long])
    // The parts are not equally long: each weighs by its bytes.
    #expect(zip(vectors[1], expected("aa bbb")).allSatisfy { abs($0 - $1) < 1e-2 })
    #expect(embedder.meter.usage.windowed == 1 && embedder.meter.usage.truncated == 0)
    #expect(try await requests().allSatisfy { $0.body.truncate?.isAllowed != true })
  }

  @Test(arguments: ["counting-flaky", "counting-busy"])
  func `a server that is busy is asked again`(model: String) async throws {
    let embedder = try await embedder(configuration(.openai, model))
    #expect(isNear(try await embedder.embed(["one two"])[0], expected("one two")))
    #expect(try await requests().count == 3)
  }

  @Test(arguments: [
    ("short", "it gave 1 vectors for 2 texts"), ("doubled", "numbered wrongly"), ("html", "it cannot be read"),
  ])
  func `an answer that cannot be right is refused`(fault: String, reason: String) async throws {
    var configuration = configuration(.openai, "counting-\(fault)")
    configuration.dimension = 8
    configuration.model = "text-embedding-3-\(fault)"
    let embedder = try await embedder(configuration)
    let error = await #expect(throws: EmbeddingError.self) { try await embedder.embed(["one", "two"]) }
    guard case .notUnderstood(_, let told)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(told.contains(reason) || fault == "html", "\(told)")
  }

  @Test func `a vector of another dimension, and one without a direction, are errors`() async throws {
    var wide = configuration(.openai, "text-embedding-3-wide")
    wide.dimension = 8
    let first = try await embedder(wide)
    let found = await #expect(throws: EmbeddingError.self) { try await first.embed(["one"]) }
    #expect(found?.description.contains("vectors of 9 components, and not of 8") == true)
    var zero = configuration(.openai, "text-embedding-3-zero")
    zero.dimension = 8
    let second = try await embedder(zero)
    let none = await #expect(throws: EmbeddingError.self) { try await second.embed(["one"]) }
    guard case .notANumber(0)? = none else {
      Issue.record("\(String(describing: none))")
      return
    }
  }

  @Test func `the vectors have as many components as are asked for, and known models ask nobody`() async throws {
    var configuration = configuration(.openai, "text-embedding-3-small")
    #expect(try await embedder(configuration).model.dimension == 1536)
    #expect(try await requests().isEmpty)
    configuration.dimension = 5
    let embedder = try await embedder(configuration)
    #expect(isNear(try await embedder.embed(["one two"])[0], expected("one two", dimension: 5)))
    #expect(embedder.model.maximumTokens == 8192)
  }

  @Test func `the weights are known by what the server says of them`() async throws {
    let inference = try await embedder(configuration(.tei))
    #expect(inference.model.digest == "5ad1" && inference.model.maximumTokens == 40)
    #expect(try await embedder(configuration(.ollama)).model.digest == "c0ffee")
  }

  @Test func `a wrong key, an unknown model and a server that is gone are told apart`() async throws {
    var wrong = configuration(.openai)
    wrong.apiKey = "wrong"
    let refused = await #expect(throws: EmbeddingError.self) { try await self.embedder(wrong) }
    #expect(refused?.description.contains("status 401: Incorrect API key provided") == true)
    let unknown = await #expect(throws: EmbeddingError.self) {
      try await self.embedder(self.configuration(.ollama, "none"))
    }
    #expect(unknown?.description.contains("try pulling it first") == true)
    var known = configuration(.openai, "text-embedding-3-small")
    known.attempts = 1
    let embedder = try await embedder(known)
    server.stop()
    let gone = await #expect(throws: EmbeddingError.self) { try await embedder.embed(["one"]) }
    #expect(gone?.description.contains("Start the server") == true)
  }
}
