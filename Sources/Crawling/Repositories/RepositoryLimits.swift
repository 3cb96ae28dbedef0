/// The bounds on what is read of a git repository. Sizes are in bytes, times in seconds.
public struct RepositoryLimits: Sendable, Hashable, Codable {
  /// The largest file that is read; a larger one is skipped. 1 MiB.
  public var fileBytes = 1 << 20
  /// The longest line of a file; a file with a longer one counts as minified. 5,000.
  public var lineBytes = 5_000
  /// The most files; those after them in the order of their paths are skipped. 20,000.
  public var files = 20_000
  /// The most bytes of all files; those that do not fit are skipped. 256 MiB.
  public var bytes = 256 << 20
  /// The most bytes that a clone may take on disk. 2 GiB.
  public var cloneBytes = 2 << 30
  /// The most repositories of one user or organisation. 1,000.
  public var repositories = 1_000
  /// How long one git command may take. 600.
  public var gitSeconds = 600.0

  /// The defaults.
  public init() {}
}
