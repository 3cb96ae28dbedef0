import CCurl

/// Why one transfer failed, with what the retry policy must know.
struct TransferFailure: Error {
  /// What the caller is told.
  let error: HTTPError
  /// Whether another attempt may go better.
  var isTransient = false
  /// Whether the server surely has not seen the request.
  var neverSent = false
}

/// What libcurl says of a failed transfer.
struct CurlOutcome {
  /// The code.
  let code: CURLcode
  /// libcurl's own sentence; empty if it has none.
  let message: String
  /// Whether the request began to be sent.
  var wasSent = false
  /// Whether the response's header section was complete.
  var hasHead = false

  /// The failure of a transfer with these limits.
  func failure(of exchange: Exchange) -> TransferFailure {
    let url = redactedURL(exchange.hop.url.text)
    var failure = classified(url: url, exchange: exchange)
    failure.neverSent = !wasSent
    return failure
  }

  private func classified(url: String, exchange: Exchange) -> TransferFailure {
    switch code {
    case CURLE_URL_MALFORMAT:
      TransferFailure(error: .invalidURL(url: url, reason: reason))
    case CURLE_COULDNT_RESOLVE_HOST:
      TransferFailure(error: .nameNotResolved(url: url), isTransient: true)
    case CURLE_COULDNT_CONNECT, CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY:
      TransferFailure(error: .notConnected(url: url, reason: reason), isTransient: true)
    case CURLE_OPERATION_TIMEDOUT:
      TransferFailure(error: .timedOut(url: url, reason: reason), isTransient: true)
    case CURLE_SSL_CONNECT_ERROR:
      TransferFailure(error: .tlsFailed(url: url, reason: reason), isTransient: true)
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
      CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS:
      TransferFailure(error: .tlsFailed(url: url, reason: reason))
    case CURLE_PARTIAL_FILE:
      TransferFailure(error: .truncatedBody(url: url), isTransient: true)
    case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_HTTP2, CURLE_HTTP2_STREAM,
      CURLE_WEIRD_SERVER_REPLY:
      TransferFailure(error: .connectionLost(url: url, reason: reason), isTransient: true)
    case CURLE_UNSUPPORTED_PROTOCOL:
      // The scheme was checked before, so it is the answer that is no HTTP/1 or later.
      TransferFailure(error: .connectionLost(url: url, reason: "the answer is not HTTP"))
    case CURLE_BAD_CONTENT_ENCODING:
      TransferFailure(error: .undecodableBody(url: url, reason: reason))
    case CURLE_OUT_OF_MEMORY where hasHead:
      // More than 64 MiB were decoded from one buffer of a paused transfer (DYN_PAUSE_BUFFER of libcurl's sources).
      TransferFailure(error: .compressionBomb(url: url, limit: exchange.maximumExpansion))
    case CURLE_OUT_OF_MEMORY:
      // One header line was longer than 100 kB (DYN_H1_TRAILER and DYN_HTTP_REQUEST of libcurl's sources).
      TransferFailure(error: .headersTooLarge(url: url, limit: exchange.maximumHeaderBytes))
    default:
      TransferFailure(error: .failed(url: url, reason: reason))
    }
  }

  private var reason: String {
    let text = message.isEmpty ? String(cString: curl_easy_strerror(code)) : message
    return text.prefix(1).lowercased() + text.dropFirst()
  }
}
