/// What hosts allow crawlers to fetch (RFC 9309).
public protocol RobotsRules: Sendable {
  /// What the host of an address says about fetching it. The requests that this takes, if any, are the rules' own.
  ///
  /// - Throws: `CancellationError`.
  func permission(for url: String) async throws -> RobotsPermission
}

/// What a host says about fetching an address.
public struct RobotsPermission: Sendable, Hashable {
  /// Whether it may be fetched.
  public var isAllowed: Bool
  /// The least time between two requests to the host, if it asks for one (`Crawl-delay`).
  public var delay: Duration?

  /// Makes a permission; see the properties.
  public init(isAllowed: Bool, delay: Duration? = nil) {
    self.isAllowed = isAllowed
    self.delay = delay
  }
}

/// Rules that allow everything and ask nobody.
public struct AllowingRobots: RobotsRules {
  /// Makes them.
  public init() {}

  /// Yes.
  public func permission(for url: String) -> RobotsPermission { RobotsPermission(isAllowed: true) }
}
