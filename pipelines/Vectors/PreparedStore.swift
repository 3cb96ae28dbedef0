/// The vector store, ready to take what a run makes, and what that means for changes of the model.
public struct PreparedStore: Sendable, Codable, Hashable {
  /// The model whose vectors searches find until those of the run's model are complete; nil if no change is under way to
  /// that. It may be the same model, in the form of an earlier version of twin's.
  public var previousModel: EmbeddingModelInfo?
  /// Whether a change to the run's model that was interrupted is gone on with.
  public var isResumed = false
  /// The model of another change that was under way, and was given up for that to the run's model.
  public var abandonedModel: String?
  /// The model of another change that is under way, and goes on with the next run of that model.
  public var changesTo: String?

  /// Prepares a vector store for the vectors of a model.
  ///
  /// - Throws: as `VectorStore.prepare(for:)`.
  init(_ vectors: VectorStore, for model: EmbeddingModelInfo) async throws {
    let outcome = try await vectors.prepare(for: model)
    previousModel = outcome.previousModel
    isResumed = outcome.isResumed
    abandonedModel = outcome.abandoned?.name
    if let pending = try await vectors.pendingModel(), !pending.makesSameVectors(as: model) { changesTo = pending.name }
  }
}
