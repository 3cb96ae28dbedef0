/// The limits of a client; every one has a default.
public struct HTTPClientConfiguration: Sendable {
  /// The `User-Agent` field.
  public var userAgent: String = "twin/0.1"
  /// Whether addresses from content may be private.
  public var allowsPrivateAddresses: Bool = false
  /// The defaults.
  public init() {}
}
