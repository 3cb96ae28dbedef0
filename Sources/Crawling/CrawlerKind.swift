/// The name of a crawler, as a configuration spells it; a user's own crawlers have names of their own. Those that ship
/// stand beside their routes.
public struct CrawlerKind: RawRepresentable, Sendable, Hashable, Codable, CustomStringConvertible {
  /// The name, lower case.
  public let rawValue: String

  /// Takes a name.
  public init(rawValue: String) {
    self.rawValue = rawValue.lowercased()
  }

  /// The name.
  public var description: String { rawValue }
}
