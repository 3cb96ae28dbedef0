import HTTP

/// What a provider's requests and answers look like.
protocol EmbeddingDialect: Sendable {
  /// The most texts of one request.
  var largestBatch: Int { get }
  /// Whether it can be asked to cut texts that are too long.
  var cutsTexts: Bool { get }
  /// The path below the endpoint.
  var path: String { get }

  /// The body of a request.
  ///
  /// - Parameters:
  ///   - texts: one at least.
  ///   - cuts: whether the server may cut texts that are too long; never without being asked.
  func body(_ texts: [String], as role: TextRole, cuts: Bool) -> any Encodable & Sendable

  /// Reads the answer to a request.
  ///
  /// - Throws: `HTTPError`, among others `unexpectedJSON` for an answer of another shape.
  func answer(_ response: HTTPResponse) throws -> EmbeddingAnswer
}

/// What a server has answered.
struct EmbeddingAnswer {
  /// The vectors, each with the number of its text in the request.
  var vectors: [(index: Int, vector: [Float])]
  /// The tokens that the server counted; nil if it does not say.
  var tokens: Int?
}

extension RemoteEmbeddingConfiguration {
  /// The provider's requests and answers.
  var dialect: any EmbeddingDialect {
    switch provider {
    case .openai: OpenAIEmbeddingDialect(model: model, dimension: dimension)
    case .cohere: CohereEmbeddingDialect(model: model, dimension: dimension)
    case .ollama: OllamaEmbeddingDialect(model: model, dimension: dimension)
    case .tei: TextEmbeddingsInferenceDialect(path: "/embed")
    case .huggingface: TextEmbeddingsInferenceDialect(path: "/models/\(model)/pipeline/feature-extraction")
    }
  }
}
