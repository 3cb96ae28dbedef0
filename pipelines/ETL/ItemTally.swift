/// What became of the items of one host, or of this machine's files.
public struct ItemTally: Sendable, Hashable, Codable {
  /// Documents that are new, or whose content changed.
  public var documents = 0
  /// Documents that are as they were.
  public var unchanged = 0
  /// Documents that are gone.
  public var gone = 0
  /// What was left out on purpose.
  public var skipped = 0
  /// What failed.
  public var failed = 0

  mutating func add(_ other: ItemTally) {
    documents += other.documents
    unchanged += other.unchanged
    gone += other.gone
    skipped += other.skipped
    failed += other.failed
  }
}
