/// What an export wrote.
public struct ExportReport: Sendable {
  /// One file per collection, also for empty ones.
  public var files: [ExportedFile] = []
  /// Stored documents that could not be read, and are in no file.
  public var unreadable: [UnreadableDocument] = []
}

/// A file of an export: one document per line, in relaxed extended JSON, ordered by identifier.
public struct ExportedFile: Codable, Hashable, Sendable {
  /// The collection.
  public var collection: String
  /// The file's path.
  public var path: String
  /// How many documents it has.
  public var count: Int
  /// How many bytes.
  public var bytes: Int
}
