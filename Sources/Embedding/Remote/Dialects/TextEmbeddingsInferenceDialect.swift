import HTTP

/// `POST /embed` of Text Embeddings Inference, and the feature extraction of Hugging Face's router, which answers alike: a
/// list of vectors.
struct TextEmbeddingsInferenceDialect: EmbeddingDialect {
  let path: String
  /// The server's `max_client_batch_size` unless it was started with another one.
  let largestBatch = 32
  let cutsTexts = true

  private struct Body: Encodable, Sendable {
    let inputs: [String]
    var normalize = true
    let truncate: Bool
  }

  func body(_ texts: [String], as role: TextRole, cuts: Bool) -> any Encodable & Sendable {
    Body(inputs: texts, truncate: cuts)
  }

  func answer(_ response: HTTPResponse) throws -> EmbeddingAnswer {
    let vectors = try response.decode([[Float]].self)
    let tokens = response.headers["x-compute-tokens"].flatMap { Int($0) }
    return EmbeddingAnswer(vectors: vectors.enumerated().map { ($0, $1) }, tokens: tokens)
  }
}
