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
}
