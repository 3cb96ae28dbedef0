/// What removing old records did, or would do.
public struct PruneResult: Codable, Sendable, Hashable {
  /// The ids of the runs whose records were removed, the newest first.
  public var removed: [String] = []
  /// The ids of older runs whose records stay since they are the last ones of an artifact, from which the next run goes on
  /// to number its versions.
  public var needed: [String] = []
  /// The ids of older runs that are under way.
  public var running: [String] = []
}
