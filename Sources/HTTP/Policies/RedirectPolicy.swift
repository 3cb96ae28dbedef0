/// One request of a redirect chain.
struct Hop: Sendable {
  /// The method; a redirect may turn it to `GET`.
  var method: HTTPRequest.Method
  /// Where it goes.
  var url: WebURL
  /// The caller's fields that may go there.
  var headers: HTTPHeaders
  /// The body.
  var body: [UInt8]?
  /// Whether the address must be a public one.
  var checksAddress: Bool

  /// The first request of a chain.
  ///
  /// - Throws: ``HTTPError/invalidURL(url:reason:)``.
  init(_ request: HTTPRequest, allowsPrivateAddresses: Bool) throws {
    method = request.method
    url = try WebURL(request.url)
    headers = request.headers
    body = request.body
    checksAddress = request.trust == .content && !allowsPrivateAddresses
    if let authorization = url.authorization, headers["Authorization"] == nil {
      headers["Authorization"] = authorization
    }
    if let tag = request.validator?.entityTag { headers["If-None-Match"] = tag }
    if let date = request.validator?.lastModified { headers["If-Modified-Since"] = date }
  }
}

/// Where a response sends the request, and what may go along.
struct RedirectPolicy: Sendable {
  /// Whether no address is checked at all.
  let allowsPrivateAddresses: Bool

  /// The fields that may follow a redirect to another origin. Any other may be a secret: servers give their keys names
  /// of their own (`api-key`, `x-api-key`, `PRIVATE-TOKEN`).
  private static let harmless: Set = [
    "accept", "accept-language", "cache-control", "content-language", "content-type", "if-modified-since",
    "if-none-match", "range", "user-agent",
  ]

  /// Whether a status sends the request elsewhere, if there is a `Location`.
  static func isRedirect(_ status: Int) -> Bool { [301, 302, 303, 307, 308].contains(status) }

  /// The next request.
  ///
  /// A user and password in the target are dropped: nobody but the caller chooses credentials.
  /// - Throws: ``HTTPError/insecureRedirect(url:target:)``, ``HTTPError/invalidURL(url:reason:)``.
  func next(after hop: Hop, status: Int, location: String) throws -> Hop {
    let target = try hop.url.resolving(location)
    if hop.url.isSecure && !target.isSecure {
      throw HTTPError.insecureRedirect(url: redactedURL(hop.url.text), target: redactedURL(target.text))
    }
    var next = hop
    next.url = target
    if turnsToGet(hop.method, status: status) {
      next.method = .get
      next.body = nil
      next.headers.keep { !$0.lowercased().hasPrefix("content-") }
    }
    if target.origin != hop.url.origin {
      next.headers.keep { Self.harmless.contains($0.lowercased()) }
      next.checksAddress = !allowsPrivateAddresses
    }
    return next
  }

  /// RFC 9110, section 15.4: 303 asks for a `GET`, and after 301 and 302 a `POST` becomes one, as browsers do it.
  private func turnsToGet(_ method: HTTPRequest.Method, status: Int) -> Bool {
    switch status {
    case 303: method != .get && method != .head
    case 301, 302: method == .post
    default: false
    }
  }
}
