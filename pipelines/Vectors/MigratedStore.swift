/// A vector store whose model is being changed.
public struct MigratedStore: Sendable, Codable, Hashable {
  /// The model whose vectors searches find until the change is complete; nil if they are of the configured model already,
  /// and stored as this version of twin does.
  public var former: EmbeddingModelInfo?
  /// The model that is changed to.
  public var model: EmbeddingModelInfo
  /// What its documents are marked with; nil if nothing is to be done.
  var fingerprints: MigrationFingerprints?
  /// Whether a change that was interrupted is gone on with.
  public var isResumed = false
  /// The model of another change that was under way, and was given up.
  public var abandonedModel: String?
  /// The model of another change that is under way, and stays so.
  public var changesTo: String?
  /// How many documents searches find.
  public var documents = 0
}

/// What a migration came to.
public struct MigrationSummary: Sendable, Codable, Hashable {
  /// Documents that were embedded.
  public var embedded: Int
  /// Documents that an earlier, interrupted change had embedded already.
  public var kept: Int
  /// Documents that could not be embedded.
  public var failed: Int
  /// Documents that were not embedded, since their replacement or deletion was interrupted.
  public var incomplete = 0
  /// Whether searches find the new vectors.
  public var isActive: Bool
  /// How many chunks were made, and how long they are.
  public var lengths: ChunkLengths
}
