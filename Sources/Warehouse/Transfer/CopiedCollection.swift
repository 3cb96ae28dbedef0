/// A collection that was copied.
public struct CopiedCollection: Codable, Hashable, Sendable {
  /// How many failures are kept one by one; ``failed`` counts them all.
  public static let maximumFailures = 1000

  /// A document that could not be stored.
  public struct Failure: Codable, Hashable, Sendable {
    /// Its identifier.
    public var id: String
    /// Why.
    public var reason: String
  }

  /// Its name.
  public var name: String
  /// How many documents were new in the target.
  public var inserted = 0
  /// How many replaced another version of themselves.
  public var updated = 0
  /// How many were there already.
  public var unchanged = 0
  /// How many could not be stored.
  public var failed = 0
  /// The first of those.
  public var failures: [Failure] = []
  /// What both sides have.
  public var verification = CopyVerification()

  init(name: String) { self.name = name }

  /// How many documents were read.
  public var count: Int { inserted + updated + unchanged + failed }

  mutating func fail(_ id: String, _ reason: String) {
    failed += 1
    if failures.count < Self.maximumFailures { failures.append(Failure(id: id, reason: reason)) }
  }
}
