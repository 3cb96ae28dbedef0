/// What a server said of the version it sent, to ask later whether there is another (RFC 9110, section 8.8).
public struct HTTPValidator: Sendable, Hashable, Codable {
  /// The `ETag` value with its quotes, as the server wrote it.
  public var entityTag: String?
  /// The `Last-Modified` value, as the server wrote it.
  public var lastModified: String?

  /// Makes a validator; one without either value asks nothing.
  public init(entityTag: String? = nil, lastModified: String? = nil) {
    self.entityTag = entityTag
    self.lastModified = lastModified
  }

  /// The validator in a response's fields; nil if the server sent none.
  public init?(_ headers: HTTPHeaders) {
    self.init(entityTag: headers["ETag"], lastModified: headers["Last-Modified"])
    if entityTag == nil && lastModified == nil { return nil }
  }
}
