import Domain

/// A dataset ready to be written.
public struct BuiltDataset: Codable, Hashable, Sendable {
  /// What it is.
  public var settings: DatasetSettings
  /// The samples to train on, by identifier.
  public var train: [Sample]
  /// The samples to test with, by identifier; of documents that no training sample comes from.
  public var test: [Sample]
  /// What was left out and why, by document and place.
  public var rejected: [Rejection]
  /// What was measured of the samples, by identifier.
  public var scores: [String: SampleScores]
  /// The clusters of duplicates; nil for a set that was read from files without them.
  public var clusters: DuplicateClusters?
  /// What each gate looked at and left out, in their order; empty for a set that was read from files without it.
  public var gates: [GateCount]
  /// How near the answers as a whole are to their author's style, for each author by name.
  public var style: [StyleSummary]

  /// Makes a set; see the properties.
  public init(
    settings: DatasetSettings, train: [Sample], test: [Sample], rejected: [Rejection],
    scores: [String: SampleScores] = [:], clusters: DuplicateClusters? = nil, gates: [GateCount] = [],
    style: [StyleSummary] = []
  ) {
    self.settings = settings
    self.train = train
    self.test = test
    self.rejected = rejected
    self.scores = scores
    self.clusters = clusters
    self.gates = gates
    self.style = style
  }

  /// What it trains.
  public var kind: DatasetKind { settings.kind }

  /// The samples of both sides.
  public var samples: [Sample] { train + test }

  /// How many were left out by each rule.
  public var rejectionCounts: [String: Int] {
    rejected.reduce(into: [:]) { $0[$1.rule, default: 0] += 1 }
  }

  /// The set without what comes from some documents.
  ///
  /// Clusters and the gates' counts are not told any more, since what was removed for a sample may be of a document that
  /// is gone.
  func without(_ isRemoved: (Provenance) -> Bool, rejected isRejectionRemoved: (Rejection) -> Bool) -> BuiltDataset {
    var rest = self
    rest.train.removeAll { isRemoved($0.provenance) }
    rest.test.removeAll { isRemoved($0.provenance) }
    rest.rejected.removeAll(where: isRejectionRemoved)
    let kept = Set(rest.samples.map(\.id.uuidString))
    rest.scores = scores.filter { kept.contains($0.key) }
    let authors = Set(rest.samples.map(\.provenance.authorFullName))
    rest.style.removeAll { !authors.contains($0.author) }
    rest.clusters = nil
    rest.gates = []
    return rest
  }
}
