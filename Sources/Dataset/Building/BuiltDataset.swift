/// A dataset ready to be written.
public struct BuiltDataset: Codable, Hashable, Sendable {
  /// What it trains.
  public var kind: DatasetKind
  /// The samples to train on, by identifier.
  public var train: [Sample]
  /// The samples to test with, by identifier; of documents that no training sample comes from.
  public var test: [Sample]
  /// What was left out and why, by document and place.
  public var rejected: [Rejection]

  /// Makes a set; see the properties.
  public init(kind: DatasetKind, train: [Sample], test: [Sample], rejected: [Rejection]) {
    self.kind = kind
    self.train = train
    self.test = test
    self.rejected = rejected
  }

  /// How many were left out by each rule.
  public var rejectionCounts: [String: Int] {
    rejected.reduce(into: [:]) { $0[$1.rule, default: 0] += 1 }
  }
}
