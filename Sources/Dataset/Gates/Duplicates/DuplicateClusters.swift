public import Domain

/// The clusters of samples of which one was kept: told so that a rule that eats a set is seen.
public struct DuplicateClusters: Codable, Hashable, Sendable {
  /// A kept sample and how many were left out for it.
  public struct Cluster: Codable, Hashable, Sendable {
    /// The sample that stays.
    public var kept: Identifier
    /// How many were the same or nearly so.
    public var removed: Int
  }

  /// How many clusters there are of each size, the kept sample included; `1` are samples that nothing resembles.
  public var sizes: [String: Int]
  /// The largest, at most ten.
  public var largest: [Cluster]

  /// Counts what was left out for each kept sample.
  init(removed: [Identifier: Int], kept: [Identifier]) {
    sizes = kept.reduce(into: [:]) { $0[String(1 + removed[$1, default: 0]), default: 0] += 1 }
    let clusters = removed.filter { $0.value > 0 }.map { Cluster(kept: $0.key, removed: $0.value) }
    largest = Array(clusters.sorted { ($1.removed, $0.kept) < ($0.removed, $1.kept) }.prefix(10))
  }
}
