/// How much a cache holds.
public struct CacheStatistics: Sendable, Hashable {
  /// The keys under which a value is found; several may share one.
  public let entries: Int
  /// The bytes of all packs on disk, which is what the limit is about.
  public let bytes: Int
  /// The packs on disk.
  public let packs: Int
}
