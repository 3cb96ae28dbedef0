/// What an update did.
public struct UpdateOutcome: Hashable, Sendable {
  /// How many documents the filter meant.
  public var matched: Int
  /// How many of them are different now.
  public var modified: Int

  /// Takes the numbers.
  public init(matched: Int, modified: Int) {
    self.matched = matched
    self.modified = modified
  }
}
