/// A response without its body.
public struct HTTPResponseHead: Sendable, Hashable {
  /// The status code of the last response, redirects followed.
  public var status: Int
  /// The header fields of the last response.
  public var headers: HTTPHeaders
  /// The address of the last response, without credentials.
  public var url: String
  /// How often the request was sent.
  public var attempts: Int

  /// Makes a head; see the properties.
  public init(status: Int, headers: HTTPHeaders, url: String, attempts: Int = 1) {
    self.status = status
    self.headers = headers
    self.url = url
    self.attempts = attempts
  }

  /// Whether the status is 200 to 299.
  public var isSuccess: Bool { (200..<300).contains(status) }

  /// Whether the version that the request's validator names is still the current one (304).
  public var isNotModified: Bool { status == 304 }

  /// What to ask with next time; nil if the server sent nothing of the kind.
  public var validator: HTTPValidator? { HTTPValidator(headers) }
}
