public import Domain

/// A stored document that cannot be read.
public struct UnreadableDocument: Hashable, Sendable {
  /// The collection it is in.
  public var collection: String
  /// Its identifier.
  public var id: Identifier
  /// Which field is wrong, and how.
  public var reason: String
}
