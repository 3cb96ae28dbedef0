/// A collection that an export or a copy had to leave out, or that it could not bring to its end.
public struct FailedCollection: Codable, Hashable, Sendable {
  /// Its name.
  public var name: String
  /// Why.
  public var reason: String
}
