/// What a generator made of an extract.
public struct GeneratorOutcome: Codable, Hashable, Sendable {
  /// The extract.
  public var extract: Extract
  /// The samples, the best first.
  public var accepted: [Candidate]
  /// What was made and rejected, or the extract itself with the reason why nothing was made.
  public var rejected: [Rejection]

  /// A sample, another way to ask for it, and what was measured of it.
  public struct Candidate: Codable, Hashable, Sendable {
    /// The sample.
    public var sample: Sample
    /// The instruction to use when another sample has the same one; it names the document. Nil when there is none.
    public var distinctInstruction: String?
    /// How the sample stands to its source; nil before ``gated(_:by:)``.
    public var scores: SampleScores?

    /// Makes a candidate; see the properties.
    public init(_ sample: Sample, distinctInstruction: String? = nil) {
      self.sample = sample
      self.distinctInstruction = distinctInstruction
    }
  }

  /// Makes an outcome; see the properties.
  public init(of extract: Extract, accepted: [Candidate] = [], rejected: [Rejection] = []) {
    self.extract = extract
    self.accepted = accepted
    self.rejected = rejected
  }
}
