/// What an export wrote.
public struct ExportReport: Sendable {
  /// One file per collection that could be read, also for empty ones.
  public var files: [ExportedFile] = []
  /// Collections that have no file.
  public var failures: [FailedCollection] = []

  /// How many stored documents cannot be read, or not be written as extended JSON, and are in no file.
  public var failed: Int { files.reduce(0) { $0 + $1.failed } }
}
