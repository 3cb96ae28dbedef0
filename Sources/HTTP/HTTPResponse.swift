/// A response with its whole body.
public struct HTTPResponse: Sendable {
  /// The status code of the last response, redirects followed.
  public var status: Int
  /// The header fields of the last response.
  public var headers: HTTPHeaders
  /// The body, decoded from gzip, br or zstd.
  public var body: [UInt8]
  /// The address of the last response, without credentials.
  public var url: String
  /// How often the request was sent.
  public var attempts: Int

  /// Makes a response; see the properties.
  public init(status: Int, headers: HTTPHeaders, body: [UInt8], url: String, attempts: Int = 1) {
    self.status = status
    self.headers = headers
    self.body = body
    self.url = url
    self.attempts = attempts
  }

  /// The response without its body.
  public var head: HTTPResponseHead {
    HTTPResponseHead(status: status, headers: headers, url: url, attempts: attempts)
  }

  /// Whether the status is 200 to 299.
  public var isSuccess: Bool { head.isSuccess }

  /// Whether the version that the request's validator names is still the current one (304).
  public var isNotModified: Bool { head.isNotModified }

  /// What to ask with next time; nil if the server sent nothing of the kind.
  public var validator: HTTPValidator? { head.validator }

  /// The body as UTF-8, malformed bytes replaced.
  public var text: String { String(decoding: body, as: UTF8.self) }
}
