import Domain

/// A chunk's payload: the chunk's own fields, `model`, the digest of its text, and, once that is known, whether it says the
/// same as another one and which that is.
struct ChunkPayload: Codable, Sendable {
  var chunk: Chunk
  var model: EmbeddingModelInfo

  /// The chunk that stands for this one.
  var duplicateOf: Identifier?

  /// The key that says whether a chunk says the same as another one; a chunk of which that is not known has none.
  static let isDuplicateKey = "is_duplicate"

  enum CodingKeys: String, CodingKey {
    case model
    case textDigest = "text_digest"
    case duplicateOf = "duplicate_of"
  }

  init(_ embedded: EmbeddedChunk) {
    chunk = embedded.chunk
    model = embedded.model
  }

  init(from decoder: any Decoder) throws {
    chunk = try Chunk(from: decoder)
    model = try decoder.container(keyedBy: CodingKeys.self).decode(EmbeddingModelInfo.self, forKey: .model)
    duplicateOf = try decoder.container(keyedBy: CodingKeys.self).decodeIfPresent(Identifier.self, forKey: .duplicateOf)
  }

  func encode(to encoder: any Encoder) throws {
    try chunk.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(model, forKey: .model)
    try container.encode(textDigest(of: chunk.text), forKey: .textDigest)
  }
}
