/// What an export wrote.
public struct ExportReport: Sendable {
  /// One file per collection that could be read, also for empty ones.
  public var files: [ExportedFile] = []
  /// Stored documents that cannot be written as extended JSON, and are in no file.
  public var unreadable: [UnreadableDocument] = []
  /// Collections that have no file.
  public var failures: [FailedCollection] = []
}
