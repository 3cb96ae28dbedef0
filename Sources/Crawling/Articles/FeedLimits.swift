/// The bounds on what is read of a feed.
public struct FeedLimits: Sendable, Hashable, Codable {
  /// The most articles that are fetched. 100.
  public var entries = 100

  /// The defaults.
  public init() {}
}
