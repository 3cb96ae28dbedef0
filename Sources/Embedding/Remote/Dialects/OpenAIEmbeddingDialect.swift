import Foundation
import HTTP

/// OpenAI's `POST /v1/embeddings` (API reference, "Create embeddings"), as many servers speak it.
struct OpenAIEmbeddingDialect: EmbeddingDialect {
  let model: String
  let dimension: Int?
  /// OpenAI takes 2,048 texts; its imitators fewer.
  let largestBatch = 256
  /// OpenAI refuses texts that are too long, and has no field to ask for anything else.
  let cutsTexts = false
  let path = "/embeddings"

  private struct Body: Encodable, Sendable {
    let model: String
    let input: [String]
    // Base64 would be shorter, but not all imitators know it.
    var encoding_format = "float"
    let dimensions: Int?
  }

  private struct Answer: Decodable {
    struct Item: Decodable {
      let index: Int
      let embedding: [Float]
    }
    struct Usage: Decodable { let prompt_tokens: Int? }
    let data: [Item]
    let usage: Usage?
  }

  func body(_ texts: [String], as role: TextRole, cuts: Bool) -> any Encodable & Sendable {
    Body(model: model, input: texts, dimensions: dimension)
  }

  func answer(_ response: HTTPResponse) throws -> EmbeddingAnswer {
    let answer = try response.decode(Answer.self)
    return EmbeddingAnswer(
      vectors: answer.data.map { ($0.index, $0.embedding) }, tokens: answer.usage?.prompt_tokens)
  }
}
