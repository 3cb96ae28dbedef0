public import Domain

/// What a copy of a vector store to another did, and whether the other has what it should.
public struct VectorCopyReport: Codable, Hashable, Sendable {
  /// Where the documents and chunks come from, without credentials.
  public var source: String
  /// Where they went, without credentials.
  public var target: String
  /// The model of the vectors.
  public var model: EmbeddingModelInfo
  /// The model whose vectors the target held before, if it was another one.
  public var previousModel: EmbeddingModelInfo?
  /// Whether searches of the target find what was copied: not so if the target held another model's vectors and the copy
  /// is not complete; then those stay until the copy is made again.
  public var isActive = true
  /// What became of each category.
  public var categories: [CopiedCategory] = []
  /// Whether it was copied, too, which chunks say the same as others; if not, the next run of `features` finds out. It is
  /// copied only if the target has nothing else, since it depends on all that is there.
  public var copiesLinks = false

  enum CodingKeys: String, CodingKey {
    case source = "from"
    case target = "to"
    case model
    case previousModel = "previous_model"
    case isActive = "active"
    case categories
    case copiesLinks = "links_copied"
  }

  /// How many documents of the source could not be copied: those that are incomplete or damaged there.
  public var failed: Int { categories.reduce(0) { $0 + $1.incomplete + $1.failed } }

  /// Whether every document that could be copied, and each of its chunks, is the same on both sides.
  public var isVerified: Bool { categories.allSatisfy { $0.documents.isSound && $0.chunks.isSound } }
}
