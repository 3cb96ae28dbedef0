import HTTP

/// Ollama's `POST /api/embed` (docs/api.md, "Generate Embeddings"). It cuts texts unless it is told not to.
struct OllamaEmbeddingDialect: EmbeddingDialect {
  let model: String
  let dimension: Int?
  let largestBatch = 64
  let cutsTexts = true
  let path = "/api/embed"

  private struct Body: Encodable, Sendable {
    let model: String
    let input: [String]
    let truncate: Bool
    let dimensions: Int?
  }

  private struct Answer: Decodable {
    let embeddings: [[Float]]
    let prompt_eval_count: Int?
  }

  func body(_ texts: [String], as role: TextRole, cuts: Bool) -> any Encodable & Sendable {
    Body(model: model, input: texts, truncate: cuts, dimensions: dimension)
  }

  func answer(_ response: HTTPResponse) throws -> EmbeddingAnswer {
    let answer = try response.decode(Answer.self)
    return EmbeddingAnswer(
      vectors: answer.embeddings.enumerated().map { ($0, $1) }, tokens: answer.prompt_eval_count)
  }
}
