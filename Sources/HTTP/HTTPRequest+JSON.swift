public import Foundation

extension HTTPRequest {
  /// A request with a JSON body, that asks for JSON.
  ///
  /// Keys are sorted, so that equal values are equal bytes (caches and tests rely on it), and slashes are not escaped.
  /// - Parameter headers: fields beside `Content-Type` and `Accept`, which they may replace.
  /// - Throws: `EncodingError`, when the value has no JSON form (a NaN, say).
  public static func json(
    _ method: Method, _ url: String, body: some Encodable, headers: HTTPHeaders = [:], trust: Trust,
    isIdempotent: Bool? = nil, totalTimeout: Double? = nil, encoder: JSONEncoder = .canonical
  ) throws -> HTTPRequest {
    var request = HTTPRequest(
      method, url, headers: headers, body: [UInt8](try encoder.encode(body)), trust: trust,
      isIdempotent: isIdempotent, totalTimeout: totalTimeout)
    if headers["Content-Type"] == nil { request.headers["Content-Type"] = "application/json" }
    if headers["Accept"] == nil { request.headers["Accept"] = "application/json" }
    return request
  }
}

extension JSONEncoder {
  /// An encoder with sorted keys and plain slashes: equal values, equal bytes.
  public static var canonical: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }
}
