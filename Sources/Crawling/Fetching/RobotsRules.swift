/// What hosts allow crawlers to fetch (RFC 9309).
public protocol RobotsRules: Sendable {
  /// What the host of an address says about fetching it. The requests that this takes, if any, are the rules' own.
  ///
  /// - Throws: ``RobotsUnknown`` if the rules of the host cannot be had, `CancellationError`, or what keeps the host from
  ///   being asked.
  func permission(for url: String) async throws -> RobotsPermission

  /// The sitemaps that the host of an address names, as it writes them; none by default.
  ///
  /// - Throws: as ``permission(for:)``.
  func sitemaps(of url: String) async throws -> [String]
}

extension RobotsRules {
  /// None.
  public func sitemaps(of url: String) async throws -> [String] { [] }
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

/// Nobody knows what a host allows, so that nothing of it is fetched for now (RFC 9309, section 2.3.1.4).
public struct RobotsUnknown: Error, Sendable, Hashable, CustomStringConvertible {
  /// Why, and what to do about it, as a sentence.
  public var description: String
  /// How often the rules were asked for; 0 if that was when another address of the host was to be fetched.
  public var attempts: Int

  /// Makes an error; see the properties.
  public init(description: String, attempts: Int) {
    self.description = description
    self.attempts = attempts
  }
}

/// Rules that allow everything and ask nobody.
public struct AllowingRobots: RobotsRules {
  /// Makes them.
  public init() {}

  /// Yes.
  public func permission(for url: String) -> RobotsPermission { RobotsPermission(isAllowed: true) }
}
