/// What an export wrote.
public struct ExportReport: Sendable {
  /// One file per collection, also for empty ones.
  public var files: [ExportedFile] = []
  /// Stored documents that could not be read, and are in no file.
  public var unreadable: [UnreadableDocument] = []
}
