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
}
