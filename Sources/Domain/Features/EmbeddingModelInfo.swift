/// Which model made a vector; vectors of different models are never compared.
public struct EmbeddingModelInfo: Codable, Hashable, Sendable {
  /// The model's name, such as `all-MiniLM-L6-v2`.
  public var name: String
  /// The hash of its weights, or of what else decides its vectors.
  public var digest: String
  /// The number of components of a vector.
  public var dimension: Int
  /// The longest input in tokens, special tokens included.
  public var maximumTokens: Int

  /// Describes a model; see the properties.
  public init(name: String, digest: String, dimension: Int, maximumTokens: Int) {
    self.name = name
    self.digest = digest
    self.dimension = dimension
    self.maximumTokens = maximumTokens
  }

  /// Whether vectors of both models may be compared; the longest input does not matter.
  public func makesSameVectors(as other: EmbeddingModelInfo) -> Bool {
    name == other.name && digest == other.digest && dimension == other.dimension
  }

  enum CodingKeys: String, CodingKey {
    case name, digest, dimension
    case maximumTokens = "maximum_tokens"
  }
}
