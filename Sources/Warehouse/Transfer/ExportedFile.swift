/// A file of an export: one document per line, in extended JSON, ordered by identifier.
public struct ExportedFile: Codable, Hashable, Sendable {
  /// The collection.
  public var collection: String
  /// The file's path.
  public var path: String
  /// How many documents it has.
  public var count: Int
  /// How many bytes.
  public var bytes: Int
  /// How many documents of the collection are not in it, because they cannot be read or not be written so.
  public var failed = 0
  /// The first of those, ``FailedDocument/maximumCount`` at most.
  public var failures: [FailedDocument] = []

  init(collection: String, path: String) {
    self.collection = collection
    self.path = path
    (count, bytes) = (0, 0)
  }

  mutating func fail(_ document: FailedDocument) {
    failed += 1
    if failures.count < FailedDocument.maximumCount { failures.append(document) }
  }
}
