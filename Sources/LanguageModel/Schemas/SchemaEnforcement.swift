/// What was found out about whether a model's server keeps to schemas.
public struct SchemaEnforcement: Codable, Hashable, Sendable {
  /// What came of asking for JSON that only the schema tells of.
  public enum Outcome: String, Codable, Hashable, Sendable {
    /// The reply could only come of the schema: the server enforces it.
    case enforced
    /// The server ignores the schema, but the model keeps to it when the prompt says so.
    case prompted
    /// Neither way gave a reply that fits.
    case broken
  }

  /// The model as ``LanguageModel/name`` has it.
  public var model: String
  /// What came of it.
  public var outcome: Outcome
  /// What was seen, in a sentence.
  public var evidence: String

  /// Makes a finding; see the properties.
  public init(model: String, outcome: Outcome, evidence: String) {
    self.model = model
    self.outcome = outcome
    self.evidence = evidence
  }
}
