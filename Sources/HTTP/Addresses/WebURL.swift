import CCurl
import Foundation

/// An absolute `http` or `https` URL, read by libcurl's parser: the one that will connect, so that no difference between
/// two parsers can be exploited. Numeric hosts of any spelling (`http://2130706433/`) come out in dotted form.
struct WebURL: Hashable, Sendable {
  /// The longest URL taken, in bytes.
  static let maximumLength = 16 * 1024

  /// Scheme, host and port (RFC 6454): what credentials belong to.
  struct Origin: Hashable, Sendable {
    let scheme: String
    let host: String
    let port: String
  }

  /// The normal form, without user, password and fragment.
  let text: String
  /// Its origin.
  let origin: Origin
  /// The value of an `Authorization` field for the user and password that the URL had (RFC 7617).
  let authorization: String?

  /// Whether it is an `https` URL.
  var isSecure: Bool { origin.scheme == "https" }

  /// Reads a URL.
  ///
  /// - Throws: ``HTTPError/invalidURL(url:reason:)``.
  init(_ text: String) throws {
    try self.init(text, base: nil)
  }

  /// Reads a redirect's target, which may be relative to this URL.
  ///
  /// - Throws: ``HTTPError/invalidURL(url:reason:)``.
  func resolving(_ location: String) throws -> WebURL {
    try WebURL(location, base: self.text)
  }

  private init(_ text: String, base: String?) throws {
    guard text.utf8.count <= Self.maximumLength else {
      throw HTTPError.invalidURL(
        url: redactedURL(String(text.prefix(80))) + "…", reason: "it is longer than \(Self.maximumLength) bytes")
    }
    guard let handle = curl_url() else { throw HTTPError.failed(url: redactedURL(text), reason: "out of memory") }
    defer { curl_url_cleanup(handle) }
    for part in [base, text].compactMap({ $0 }) {
      let code = curl_url_set(handle, CURLUPART_URL, part, UInt32(CURLU_URLENCODE))
      if code != CURLUE_OK { throw HTTPError.invalidURL(url: redactedURL(text), reason: Self.reason(code)) }
    }
    let parts = URLParts(handle: handle)
    guard let scheme = parts.get(CURLUPART_SCHEME), scheme == "http" || scheme == "https" else {
      throw HTTPError.invalidURL(url: redactedURL(text), reason: "its scheme is neither http nor https")
    }
    guard let host = parts.get(CURLUPART_HOST), !host.isEmpty,
      let port = parts.get(CURLUPART_PORT, CURLU_DEFAULT_PORT)
    else {
      throw HTTPError.invalidURL(url: redactedURL(text), reason: "it names no host")
    }
    origin = Origin(scheme: scheme, host: host.lowercased(), port: port)
    authorization = parts.authorization
    for part in [CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_OPTIONS, CURLUPART_FRAGMENT] {
      curl_url_set(handle, part, nil, 0)
    }
    guard let whole = parts.get(CURLUPART_URL) else {
      throw HTTPError.invalidURL(url: redactedURL(text), reason: "it is malformed")
    }
    self.text = whole
  }

  private static func reason(_ code: CURLUcode) -> String {
    switch code {
    case CURLUE_BAD_SCHEME: "it has no scheme"
    case CURLUE_UNSUPPORTED_SCHEME: "its scheme is neither http nor https"
    case CURLUE_NO_HOST, CURLUE_BAD_HOSTNAME, CURLUE_BAD_IPV6: "its host is malformed"
    case CURLUE_BAD_PORT_NUMBER: "its port is not a number from 1 to 65535"
    default: "it is malformed"
    }
  }
}

/// The parts of a parsed URL.
private struct URLParts {
  let handle: OpaquePointer

  func get(_ part: CURLUPart, _ flags: Int32 = 0) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard curl_url_get(handle, part, &text, UInt32(flags)) == CURLUE_OK, let text else { return nil }
    defer { curl_free(text) }
    return String(cString: text)
  }

  var authorization: String? {
    let user = get(CURLUPART_USER, CURLU_URLDECODE)
    let password = get(CURLUPART_PASSWORD, CURLU_URLDECODE)
    if user == nil && password == nil { return nil }
    return "Basic " + Data("\(user ?? ""):\(password ?? "")".utf8).base64EncodedString()
  }
}
