import HTTP

/// Cohere's `POST /v2/embed` (API reference, "Embed API (v2)").
struct CohereEmbeddingDialect: EmbeddingDialect {
  let model: String
  let dimension: Int?
  let largestBatch = 96
  let cutsTexts = true
  let path = "/v2/embed"

  private struct Body: Encodable, Sendable {
    let model: String
    let texts: [String]
    let input_type: String
    var embedding_types = ["float"]
    let output_dimension: Int?
    let truncate: String
  }

  private struct Answer: Decodable {
    struct Embeddings: Decodable { let float: [[Float]] }
    struct Meta: Decodable {
      struct Units: Decodable { let input_tokens: Double? }
      let billed_units: Units?
    }
    let embeddings: Embeddings
    let meta: Meta?
  }

  func body(_ texts: [String], as role: TextRole, cuts: Bool) -> any Encodable & Sendable {
    Body(
      model: model, texts: texts, input_type: role == .query ? "search_query" : "search_document",
      output_dimension: dimension, truncate: cuts ? "END" : "NONE")
  }

  func answer(_ response: HTTPResponse) throws -> EmbeddingAnswer {
    let answer = try response.decode(Answer.self)
    return EmbeddingAnswer(
      vectors: answer.embeddings.float.enumerated().map { ($0, $1) },
      tokens: answer.meta?.billed_units?.input_tokens.flatMap { Int(exactly: $0.rounded()) })
  }
}
