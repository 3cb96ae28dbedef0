/// What a gate found wrong with a sample.
public struct Finding: Codable, Hashable, Sendable {
  /// The rule that is broken, in a word that can be counted.
  public var rule: String
  /// What broke it: enough to judge the finding without running the gate again.
  public var evidence: String

  /// Makes a finding.
  public init(_ rule: String, _ evidence: String) {
    self.rule = rule
    self.evidence = evidence
  }
}
