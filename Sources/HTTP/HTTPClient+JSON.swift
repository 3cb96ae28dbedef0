public import Foundation

extension HTTPClient {
  /// Sends a request and reads the body as JSON.
  ///
  /// - Throws: ``HTTPError/unexpectedStatus(url:status:excerpt:)`` for any status but 200 to 299,
  ///   ``HTTPError/unexpectedJSON(url:reason:)``, and what ``send(_:)`` throws.
  public func send<Value: Decodable>(
    _ request: HTTPRequest, decoding type: Value.Type, decoder: JSONDecoder = JSONDecoder()
  ) async throws -> Value {
    try await send(request).decode(type, decoder: decoder)
  }
}
