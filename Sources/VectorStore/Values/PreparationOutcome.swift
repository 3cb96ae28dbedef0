public import Domain

/// What ``VectorStore/prepare(for:)`` did.
public struct PreparationOutcome: Codable, Hashable, Sendable {
  /// The categories whose collections did not exist and were made.
  public var made: [DataCategory] = []
  /// The categories whose collections were dropped and made anew, because their vectors were of another model or a part
  /// of them was missing: all of their documents are to be computed again.
  public var remade: [DataCategory] = []
  /// The model whose vectors were dropped, if any were.
  public var previousModel: EmbeddingModelInfo?

  /// Nothing was to be done.
  public init() {}

  /// Whether stored documents were dropped, so that everything of ``remade`` is computed again.
  public var droppedVectors: Bool { !remade.isEmpty }
}
