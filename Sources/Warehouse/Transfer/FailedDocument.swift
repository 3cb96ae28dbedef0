/// A document that an export or a copy had to leave out.
public struct FailedDocument: Codable, Hashable, Sendable {
  /// How many are kept of a collection one by one; all are counted.
  public static let maximumCount = 1000

  /// Its identifier.
  public var id: String
  /// Why.
  public var reason: String
}
