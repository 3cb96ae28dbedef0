/// A file to be imported.
public struct ImportJob: Codable, Hashable, Sendable {
  /// Its absolute path, or `-` for standard input.
  public var path: String
  /// Where its rows go.
  public var collection: String

  /// Names a file and where its rows go.
  public init(path: String, collection: String) {
    self.path = path
    self.collection = collection
  }
}
