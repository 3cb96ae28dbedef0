/// The set's `dataset.json`: what it is and how it was made, for programs.
public struct DatasetDescription: Codable, Hashable, Sendable {
  /// Of the file's form.
  static let version = 1

  /// Of the file's form.
  public let version: Int
  /// What the set is.
  public let settings: DatasetSettings
  /// The formats of its rows.
  public let formats: [DatasetFormat]
  /// The clusters of duplicates.
  public let clusters: DuplicateClusters?
  /// What each gate looked at and left out; nil in files of versions that did not count it.
  public let gates: [GateCount]?
  /// How near its answers are to their authors' style.
  public let style: [StyleSummary]
  /// How varied its samples are.
  public let statistics: DatasetStatistics
  /// How many were left out by each rule.
  public let rejected: [String: Int]

  init(_ dataset: BuiltDataset, formats: [DatasetFormat], statistics: DatasetStatistics) {
    version = Self.version
    settings = dataset.settings
    self.formats = DatasetFormat.allCases.filter(formats.contains)
    clusters = dataset.clusters
    gates = dataset.gates.isEmpty ? nil : dataset.gates
    style = dataset.style
    self.statistics = statistics
    rejected = dataset.rejectionCounts
  }
}
