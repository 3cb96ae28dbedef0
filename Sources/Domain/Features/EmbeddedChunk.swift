/// A chunk with its vector and the model that made it.
public struct EmbeddedChunk: Codable, Hashable, Sendable, Identifiable {
  /// The chunk.
  public var chunk: Chunk
  /// `model.dimension` components.
  public var vector: [Float]
  /// The model that made ``vector``.
  public var model: EmbeddingModelInfo

  /// The chunk's identifier.
  public var id: Identifier { chunk.id }

  /// Joins a chunk and its vector.
  public init(chunk: Chunk, vector: [Float], model: EmbeddingModelInfo) {
    self.chunk = chunk
    self.vector = vector
    self.model = model
  }
}
