/// A document by name, wherever it is.
public struct DocumentReference: Sendable, Codable, Hashable {
  /// Its identifier.
  public var id: Identifier
  /// What kind of writing it is.
  public var category: DataCategory
}
