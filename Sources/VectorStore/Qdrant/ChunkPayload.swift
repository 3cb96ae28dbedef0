import Domain

/// A chunk's payload: the chunk's own fields, and `model`.
struct ChunkPayload: Codable, Sendable {
  var chunk: Chunk
  var model: EmbeddingModelInfo

  enum CodingKeys: String, CodingKey { case model }

  init(_ embedded: EmbeddedChunk) {
    chunk = embedded.chunk
    model = embedded.model
  }

  init(from decoder: any Decoder) throws {
    chunk = try Chunk(from: decoder)
    model = try decoder.container(keyedBy: CodingKeys.self).decode(EmbeddingModelInfo.self, forKey: .model)
  }

  func encode(to encoder: any Encoder) throws {
    try chunk.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(model, forKey: .model)
  }
}
