/// The bounds on what crawlers read; everything they read is hostile. Sizes are in bytes, times in seconds.
public struct CrawlLimits: Sendable, Hashable, Codable {
  /// The largest file of a repository that is read; a larger one is skipped. 1 MiB.
  public var repositoryFileBytes = 1 << 20
  /// The longest line of a repository's file; a file with a longer one counts as minified. 5,000.
  public var repositoryLineBytes = 5_000
  /// The most files of one repository; those after it in the order of their paths are skipped. 20,000.
  public var repositoryFiles = 20_000
  /// The most bytes of all files of one repository; the files that do not fit are skipped. 256 MiB.
  public var repositoryBytes = 256 << 20
  /// The most bytes that a clone may take on disk. 2 GiB.
  public var cloneBytes = 2 << 30
  /// How long one git command may take. 600.
  public var gitSeconds = 600.0
  /// The most articles that are fetched from one feed. 100.
  public var feedEntries = 100
  /// The largest note or saved page; a larger one is skipped. 16 MiB.
  public var noteBytes = 16 << 20
  /// The most files and folders that are looked at in one folder of notes. 20,000.
  public var folderEntries = 20_000
  /// The most bytes of all notes of one folder. 512 MiB.
  public var folderBytes = 512 << 20
  /// How deep folders may nest. 32.
  public var folderDepth = 32
  /// How long reading one PDF may take. 60.
  public var pdfSeconds = 60.0
  /// The most entries of an archive. 100,000.
  public var archiveEntries = 100_000
  /// The most unpacked bytes of one file of an archive. 64 MiB.
  public var archiveFileBytes = 64 << 20
  /// The most unpacked bytes of all files that are read from an archive. 512 MiB.
  public var archiveBytes = 512 << 20
  /// How many times larger than the archive what is read from it may be, once it exceeds 16 MiB. 200.
  public var archiveRatio = 200

  /// The defaults.
  public init() {}
}
