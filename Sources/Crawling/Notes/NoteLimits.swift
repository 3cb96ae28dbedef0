/// The bounds on notes and folders of notes. Sizes are in bytes.
public struct NoteLimits: Sendable, Hashable, Codable {
  /// The largest note or saved page; a larger one is skipped. 16 MiB.
  public var fileBytes = 16 << 20
  /// The most files and folders that are looked at in one folder. 20,000.
  public var folderEntries = 20_000
  /// The most bytes of all notes of one folder. 512 MiB.
  public var folderBytes = 512 << 20
  /// How deep folders may nest. 32.
  public var folderDepth = 32

  /// The defaults.
  public init() {}
}
