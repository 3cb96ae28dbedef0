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
  /// An absolute `http:` or `https:` URL. A user and password in it become an `Authorization` field.
  public var url: String
  /// Header fields added to the client's own.
  public var headers: HTTPHeaders
  /// The body, if there is one.
  public var body: [UInt8]?
  /// Who chose the address.
  public var trust: Trust
  /// Whether sending it twice does no harm; by default what RFC 9110, section 9.2.2, says of the method. A request that
  /// is not idempotent is sent again only if it surely never reached the server, or the server says that it refused it.
  public var isIdempotent: Bool
  /// The most seconds the whole exchange may take, retries included; nil for the client's default.
  public var totalTimeout: Double?
  /// The most seconds without a byte from the server (for ``Trust/content`` also: at less than the client's
  /// `minimumSpeed`); nil for the client's default for ``Trust/content``, and for no
  /// such limit with ``Trust/configured`` (a language model thinks before it speaks).
  public var stallTimeout: Double?
  /// The most bytes of the decoded body; nil for the client's default.
  public var maximumBodyBytes: Int?
  /// How often it is sent at most; nil for the client's default.
  public var maximumAttempts: Int?
  /// Whether redirects are followed; if not, the redirect itself is the response.
  public var followsRedirects: Bool
  /// The version already at hand: the server answers 304 when it has no other.
  public var validator: HTTPValidator?

  /// Makes a request; see the properties.
  public init(
    _ method: Method, _ url: String, headers: HTTPHeaders = [:], body: [UInt8]? = nil,
    trust: Trust, isIdempotent: Bool? = nil, totalTimeout: Double? = nil, stallTimeout: Double? = nil,
    maximumBodyBytes: Int? = nil, maximumAttempts: Int? = nil, followsRedirects: Bool = true,
    validator: HTTPValidator? = nil
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.trust = trust
    self.isIdempotent = isIdempotent ?? (method != .post && method != .patch)
    self.totalTimeout = totalTimeout
    self.stallTimeout = stallTimeout
    self.maximumBodyBytes = maximumBodyBytes
    self.maximumAttempts = maximumAttempts
    self.followsRedirects = followsRedirects
    self.validator = validator
  }
}
