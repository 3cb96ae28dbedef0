/// What became of the items of a step.
public struct ItemCounts: Codable, Sendable, Hashable {
  /// The items taken: of a step that fans out those it fans out over, else those of the longest argument.
  public var `in`: Int
  /// The items produced.
  public var out: Int
  /// The items worked on.
  public var computed: Int
  /// The items that an earlier run had done.
  public var cached: Int
  /// The items whose results were deleted since they are gone or changed.
  public var deleted: Int
  /// The items put aside.
  public var failed: Int

  /// Counts; zero unless given.
  public init(
    in taken: Int = 0, out: Int = 0, computed: Int = 0, cached: Int = 0, deleted: Int = 0, failed: Int = 0
  ) {
    self.in = taken
    self.out = out
    self.computed = computed
    self.cached = cached
    self.deleted = deleted
    self.failed = failed
  }
}
