/// The product's one HTTP client: libcurl's multi interface on a thread of its own.
public final class HTTPClient: Sendable {
  /// Makes a client; its thread starts with the first request.
  public init(configuration: HTTPClientConfiguration = HTTPClientConfiguration()) {}

  /// Sends a request and collects the body, retrying as the configuration says.
  ///
  /// A response of any status is returned; only an exchange that failed throws.
  /// - Throws: ``HTTPError``, or `CancellationError`.
  public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    throw HTTPError.notConnected(url: request.url, reason: "the client is not there yet")
  }
}
