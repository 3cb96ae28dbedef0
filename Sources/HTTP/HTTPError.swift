/// Why an exchange failed. URLs in it are redacted (``redactedURL(_:)``).
///
/// A cancelled task gets a `CancellationError` instead.
public enum HTTPError: Error, Hashable, CustomStringConvertible {
  /// The URL cannot be requested: malformed, relative, or of another scheme than `http` and `https`.
  case invalidURL(url: String, reason: String)
  /// A header field's name or value has characters that HTTP does not allow there.
  case invalidHeader(url: String, name: String)
  /// The host's name has no address.
  case nameNotResolved(url: String)
  /// No connection could be made.
  case notConnected(url: String, reason: String)
  /// No secure connection could be made, or the server could not prove who it is.
  case tlsFailed(url: String, reason: String)
  /// Content led to an address of a private network, and was not followed there.
  case privateAddressRefused(url: String, address: String)
  /// The redirects did not end.
  case tooManyRedirects(url: String, limit: Int)
  /// A redirect led from `https` to `http`.
  case insecureRedirect(url: String, target: String)
  /// A limit on time ran out; `reason` says which.
  case timedOut(url: String, reason: String)
  /// The connection broke before the response was complete, or the response was no HTTP.
  case connectionLost(url: String, reason: String)
  /// The body was shorter than announced.
  case truncatedBody(url: String)
  /// The header section was longer than the limit.
  case headersTooLarge(url: String, limit: Int)
  /// The decoded body was longer than the limit.
  case bodyTooLarge(url: String, limit: Int)
  /// The body decoded to far more than was received.
  case compressionBomb(url: String, limit: Int)
  /// The body could not be decoded from its content encoding.
  case undecodableBody(url: String, reason: String)
  /// One line or event of a stream was longer than the limit.
  case streamItemTooLarge(limit: Int)
  /// The status was not one of success; the excerpt is the beginning of the body.
  case unexpectedStatus(url: String, status: Int, excerpt: String)
  /// The body was not the JSON that was expected.
  case unexpectedJSON(url: String, reason: String)
  /// libcurl refused to do it, for a reason of its own.
  case failed(url: String, reason: String)

  /// What was being done, to what, and what to do about it.
  public var description: String {
    switch self {
    case .invalidURL(let url, let reason):
      "cannot request \(url): \(reason); write it as http://host/path or https://host/path"
    case .invalidHeader(let url, let name):
      "cannot request \(url): the header field \"\(name)\" has a line break or another character that is not allowed; "
        + "check the setting it comes from (a key copied with its line end, for example)"
    case .nameNotResolved(let url):
      "cannot request \(url): its host name has no address; check the spelling and the network connection"
    case .notConnected(let url, let reason):
      "cannot connect to \(url): \(reason); check that the server runs and listens there"
    case .tlsFailed(let url, let reason):
      "cannot connect securely to \(url): \(reason); check the address and the server's certificate; if an "
        + "authority of your own has issued it, name the authority's PEM file with `http.certificate_authority_file` in "
        + "the configuration, or with TWIN_HTTP_CERTIFICATE_AUTHORITY_FILE"
    case .privateAddressRefused(let url, let address):
      "refused to connect to \(url): \(address) is not a public address; allow private addresses in the configuration "
        + "if you trust what names it"
    case .tooManyRedirects(let url, let limit):
      "gave up on \(url) after \(limit) redirects; open it in a browser and use the address where it ends"
    case .insecureRedirect(let url, let target):
      "refused to follow \(url) from https to \(target); use the second address if you trust it"
    case .timedOut(let url, let reason):
      "gave up on \(url): \(reason); try again later or raise the time limit"
    case .connectionLost(let url, let reason):
      "lost the connection to \(url): \(reason); try again later"
    case .truncatedBody(let url):
      "the response of \(url) ended before its announced length; try again later"
    case .headersTooLarge(let url, let limit):
      "refused the response of \(url): its header section is larger than \(limit) bytes; raise the limit if it is wanted"
    case .bodyTooLarge(let url, let limit):
      "refused the response of \(url): its body is larger than \(limit) bytes; raise the limit if it is wanted"
    case .compressionBomb(let url, let limit):
      "refused the response of \(url): its body decodes to more than \(limit) times what was sent, as a decompression "
        + "bomb does; raise the limit if you trust the server"
    case .undecodableBody(let url, let reason):
      "cannot decode the response of \(url): \(reason); the server's compression is broken, report it there"
    case .streamItemTooLarge(let limit):
      "refused a streamed response: one line or event is larger than \(limit) bytes; raise the limit if it is wanted"
    case .unexpectedStatus(let url, let status, let excerpt):
      "\(url) answered with status \(status)" + (excerpt.isEmpty ? "" : ": \(excerpt)") + Self.advice(status)
    case .unexpectedJSON(let url, let reason):
      "cannot read the answer of \(url): \(reason); check that the address is the right server's"
    case .failed(let url, let reason):
      "cannot request \(url): \(reason); check the address and try again"
    }
  }

  private static func advice(_ status: Int) -> String {
    switch status {
    case 401, 403: "; check the key or token for this server"
    case 404: "; check the address"
    case 429: "; wait, or send fewer requests at once"
    case 500...: "; try again later"
    default: "; check the request's settings"
    }
  }
}

extension HTTPError {
  /// Whether the same request may go better a little later, as far as the error tells: the server, the network or a
  /// limit on time was in the way, not the address or the answer.
  package var isTransient: Bool {
    switch self {
    case .nameNotResolved, .notConnected, .timedOut, .connectionLost, .truncatedBody: true
    default: false
    }
  }
}
