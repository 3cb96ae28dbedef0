/// The bounds on what is read of a feed.
public struct FeedLimits: Sendable, Hashable, Codable {
  /// The most articles that are fetched. 1,000.
  public var entries = 1000
  /// The most bytes of a saved feed or sitemap, unpacked. 50 MiB.
  public var fileBytes = 50 << 20

  /// The defaults.
  public init() {}
}
