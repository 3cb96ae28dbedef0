/// What a generator made of an extract.
public struct GeneratorOutcome: Codable, Hashable, Sendable {
  /// The samples, the best first.
  public var accepted: [Candidate]
  /// What was made and rejected, or the extract itself with the reason why nothing was made.
  public var rejected: [Rejection]

  /// A sample, and another way to ask for it.
  public struct Candidate: Codable, Hashable, Sendable {
    /// The sample.
    public var sample: Sample
    /// The instruction to use when another sample has the same one; it names the document. Nil when there is none.
    public var distinctInstruction: String?

    /// Makes a candidate; see the properties.
    public init(_ sample: Sample, distinctInstruction: String? = nil) {
      self.sample = sample
      self.distinctInstruction = distinctInstruction
    }
  }

  /// Makes an outcome; see the properties.
  public init(accepted: [Candidate] = [], rejected: [Rejection] = []) {
    self.accepted = accepted
    self.rejected = rejected
  }
}
