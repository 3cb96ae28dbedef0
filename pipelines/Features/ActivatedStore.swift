/// The vector store after the run's documents are loaded.
public struct ActivatedStore: Sendable, Codable, Hashable {
  /// The model whose vectors were replaced; nil if none were.
  public var replacedVectorsOf: String?
  /// How many documents the change of the model still waits for.
  public var waitsFor = 0
  /// The model of another change that the run gave up.
  public var abandonedModel: String?
  /// The model of another change that is under way.
  public var changesTo: String?
}
