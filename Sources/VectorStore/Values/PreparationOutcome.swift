public import Domain

/// What ``VectorStore/prepare(for:)`` did.
public struct PreparationOutcome: Codable, Hashable, Sendable {
  /// The categories whose collections did not exist and were made.
  public var made: [DataCategory] = []
  /// The categories for which collections were made beside those that there are, because their vectors are of another
  /// model, or because a part of them is missing or of an older version of twin's: all of their documents are to be
  /// computed again.
  public var remade: [DataCategory] = []
  /// Whether collections that an earlier, interrupted change had made are gone on with.
  public var isResumed = false
  /// The model whose vectors searches find until ``VectorStore/activate()``, if the model is changed.
  public var previousModel: EmbeddingModelInfo?
  /// The model of an unfinished change that was given up for this one: what it had made is dropped.
  public var abandoned: EmbeddingModelInfo?

  /// Nothing was to be done.
  public init() {}

  /// Whether a change of the model is under way, which ``VectorStore/activate()`` ends.
  public var isChangingModel: Bool { previousModel != nil }
}
