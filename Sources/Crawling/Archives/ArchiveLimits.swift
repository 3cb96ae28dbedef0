/// The bounds on what is read from an archive, or from the folder that it was unpacked to. Sizes are in bytes.
public struct ArchiveLimits: Sendable, Hashable, Codable {
  /// The most entries. 100,000.
  public var entries = 100_000
  /// The most unpacked bytes of one file. 64 MiB.
  public var fileBytes = 64 << 20
  /// The most unpacked bytes of all files that are read. 512 MiB.
  public var bytes = 512 << 20
  /// How many times larger than the archive what is read from it may be, once it exceeds 16 MiB. 200.
  public var ratio = 200

  /// The defaults.
  public init() {}
}
