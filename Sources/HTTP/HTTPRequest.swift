/// A request; values only, so that it can be sent again.
public struct HTTPRequest: Sendable {
  /// The methods that the product uses.
  public enum Method: String, Sendable {
    /// Fetches a representation.
    case get = "GET"
    /// Fetches its header fields only.
    case head = "HEAD"
    /// Sends a body to be processed.
    case post = "POST"
    /// Stores a body.
    case put = "PUT"
    /// Changes a part.
    case patch = "PATCH"
    /// Removes.
    case delete = "DELETE"
  }

  /// Who chose the address, and so whether private networks are open to it.
  public enum Trust: Sendable {
    /// The user configured this endpoint (a store, a language model): any address will do, but not for its redirects.
    case configured
    /// A source or some content named it: private, loopback and link-local addresses are refused, unless the client's
    /// configuration allows them.
    case content
  }

  /// The method.
  public var method: Method
  /// An absolute `http:` or `https:` URL.
  public var url: String
  /// Header fields added to the client's own.
  public var headers: HTTPHeaders
  /// The body, if there is one.
  public var body: [UInt8]?
  /// Who chose the address.
  public var trust: Trust
  /// Whether sending it twice does no harm; by default what RFC 9110, section 9.2.2, says of the method. A request that
  /// is not idempotent is sent again only if it surely never reached the server.
  public var isIdempotent: Bool
  /// The most seconds the whole exchange may take, retries included; nil for the client's default.
  public var totalTimeout: Double?

  /// Makes a request; see the properties.
  public init(
    _ method: Method = .get, _ url: String, headers: HTTPHeaders = [:], body: [UInt8]? = nil,
    trust: Trust, isIdempotent: Bool? = nil, totalTimeout: Double? = nil
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.trust = trust
    self.isIdempotent = isIdempotent ?? (method != .post && method != .patch)
    self.totalTimeout = totalTimeout
  }
}
