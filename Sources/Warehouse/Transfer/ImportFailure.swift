/// A row that could not be imported.
public struct ImportFailure: Codable, Hashable, Sendable, CustomStringConvertible {
  /// The file.
  public var path: String
  /// Where in it, such as `line 3` or `element 7`.
  public var row: String
  /// What is wrong with it.
  public var reason: String

  /// All of it, on one line.
  public var description: String { "\(path), \(row): \(reason)" }
}
