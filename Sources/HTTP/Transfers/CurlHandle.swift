import CCurl

/// An easy handle of libcurl, used for one transfer after another. It belongs to the thread of its ``TransferLoop``.
final class CurlHandle {
  /// libcurl's handle.
  let pointer: UnsafeMutableRawPointer
  /// The transfer that it runs.
  private(set) var transfer: Transfer?
  /// Whether it may connect to public addresses only. Behind a proxy the address seen is the proxy's, and says nothing.
  private(set) var checksAddresses = true
  private let message: UnsafeMutablePointer<CChar>
  private var fields: UnsafeMutablePointer<curl_slist>?

  init?() {
    guard let pointer = curl_easy_init() else { return nil }
    self.pointer = pointer
    message = .allocate(capacity: Int(CURL_ERROR_SIZE))
  }

  deinit {
    curl_easy_cleanup(pointer)
    curl_slist_free_all(fields)
    message.deallocate()
  }

  /// Prepares the handle for a transfer.
  ///
  /// - Throws: ``CurlRefusal`` if libcurl does not take an option.
  func prepare(for transfer: Transfer, configuration: HTTPClientConfiguration) throws {
    self.transfer = transfer
    let exchange = transfer.exchange
    checksAddresses = exchange.hop.checksAddress && configuration.proxy == nil
    message.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    try set(CURLOPT_ERRORBUFFER, message)
    try set(CURLOPT_PRIVATE, Unmanaged.passUnretained(self).toOpaque())
    try set(CURLOPT_NOSIGNAL, 1)
    // A transfer that is dropped while its name is looked up must not hold the thread until the resolver answers.
    try set(CURLOPT_QUICK_EXIT, 1)
    try set(CURLOPT_URL, exchange.hop.url.text)
    try setProtocols(configuration, url: exchange.hop.url)
    try setMethod(exchange.hop)
    try setFields(exchange.hop, userAgent: configuration.userAgent)
    try setTimes(exchange, configuration)
    try setCallbacks()
  }

  /// Forgets the transfer; connections stay open, as they belong to the multi handle.
  func reset() {
    curl_easy_reset(pointer)
    curl_slist_free_all(fields)
    fields = nil
    transfer = nil
  }

  /// What libcurl wrote about a failure.
  var failureMessage: String { String(cString: message) }

  /// The bytes of the body received so far, before decoding.
  var receivedBytes: Int {
    var count: curl_off_t = 0
    return twin_curl_getinfo_offset(pointer, CURLINFO_SIZE_DOWNLOAD_T, &count) == CURLE_OK ? Int(count) : 0
  }

  /// The handle that libcurl's pointer belongs to, while it is in use.
  static func owner(of pointer: UnsafeMutableRawPointer) -> CurlHandle? {
    var address: UnsafeMutableRawPointer?
    guard twin_curl_getinfo_private(pointer, &address) == CURLE_OK, let address else { return nil }
    return Unmanaged<CurlHandle>.fromOpaque(address).takeUnretainedValue()
  }

  private func setProtocols(_ configuration: HTTPClientConfiguration, url: WebURL) throws {
    try set(CURLOPT_PROTOCOLS_STR, "http,https")
    try set(CURLOPT_FOLLOWLOCATION, 0)
    try set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
    // A burst waits for the first handshake, which tells whether one connection will do for all. Without TLS only the
    // first answer would tell, which may take minutes.
    try set(CURLOPT_PIPEWAIT, url.isSecure ? 1 : 0)
    try set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    try set(CURLOPT_SSL_VERIFYPEER, 1)
    try set(CURLOPT_SSL_VERIFYHOST, 2)
    if let file = configuration.certificateAuthorityFile { try set(CURLOPT_CAINFO, file) }
    // An empty string turns the environment's proxy off.
    try set(CURLOPT_PROXY, configuration.proxy ?? "")
    try set(CURLOPT_NOPROXY, "")
    try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    // An empty string asks for every encoding that libcurl was built with.
    try set(CURLOPT_ACCEPT_ENCODING, "")
  }

  private func setMethod(_ hop: Hop) throws {
    if let body = hop.body ?? (hop.method == .get || hop.method == .head || hop.method == .delete ? nil : []) {
      try setBody(body)
      try set(CURLOPT_CUSTOMREQUEST, hop.method.rawValue)
    } else if hop.method == .head {
      try set(CURLOPT_NOBODY, 1)
    } else if hop.method != .get {
      try set(CURLOPT_CUSTOMREQUEST, hop.method.rawValue)
    }
  }

  private func setBody(_ body: [UInt8]) throws {
    try check(twin_curl_setopt_offset(pointer, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)))
    try body.withUnsafeBytes {
      // Never nil, which would ask for a read callback.
      if let start = $0.baseAddress {
        try check(twin_curl_setopt_bytes(pointer, CURLOPT_COPYPOSTFIELDS, start))
      } else {
        try check(twin_curl_setopt_string(pointer, CURLOPT_COPYPOSTFIELDS, ""))
      }
    }
  }

  private func setFields(_ hop: Hop, userAgent: String) throws {
    var lines = hop.headers.fields.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
    // No pause for `100 Continue`, and no form's content type that nobody asked for.
    lines.append("Expect:")
    if hop.headers["Content-Type"] == nil { lines.append("Content-Type:") }
    if hop.headers["User-Agent"] == nil { lines.append("User-Agent: \(userAgent)") }
    for line in lines {
      guard let longer = curl_slist_append(fields, line) else { throw CurlRefusal(code: CURLE_OUT_OF_MEMORY) }
      fields = longer
    }
    try check(twin_curl_setopt_list(pointer, CURLOPT_HTTPHEADER, fields))
  }

  private func setTimes(_ exchange: Exchange, _ configuration: HTTPClientConfiguration) throws {
    try set(CURLOPT_TIMEOUT_MS, milliseconds(exchange.timeout))
    try set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds(configuration.connectTimeout))
    if let stall = exchange.stallTimeout {
      try set(CURLOPT_LOW_SPEED_LIMIT, exchange.minimumSpeed)
      try set(CURLOPT_LOW_SPEED_TIME, max(1, Int(min(stall, 1e6).rounded(.up))))
    }
  }

  /// Zero would mean no limit.
  private func milliseconds(_ seconds: Double) -> Int { max(1, Int(min(seconds, 1e6) * 1000)) }

  func set(_ option: CURLoption, _ value: Int) throws { try check(twin_curl_setopt_long(pointer, option, value)) }

  func set(_ option: CURLoption, _ value: String) throws { try check(twin_curl_setopt_string(pointer, option, value)) }

  func set(_ option: CURLoption, _ value: UnsafeMutableRawPointer) throws {
    try check(twin_curl_setopt_pointer(pointer, option, value))
  }

  func check(_ code: CURLcode) throws {
    if code != CURLE_OK { throw CurlRefusal(code: code) }
  }
}

/// libcurl did not take an option.
struct CurlRefusal: Error {
  /// Its reason.
  let code: CURLcode
}
