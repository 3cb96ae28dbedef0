import HTTP
import Testing
import TestSupport

@Suite(.timeLimit(.minutes(15)))
struct LimitTests {
  let client = HTTPClient(configuration: .quick)

  @Test(arguments: [1000, 999])
  func `a body may be as long as the limit and no longer`(limit: Int) async throws {
    let url = try Peers.url("/large?bytes=1000")
    var request = HTTPRequest(.get, url, trust: .configured)
    request.maximumBodyBytes = limit
    if limit == 1000 {
      #expect(try await client.send(request).body.count == 1000)
    } else {
      await #expect(throws: HTTPError.bodyTooLarge(url: url, limit: limit)) { try await client.send(request) }
    }
  }

  @Test func `a body without an announced length has the same limit`() async throws {
    let url = try Peers.url("/endless")
    await #expect(throws: HTTPError.bodyTooLarge(url: url, limit: 20 * 1024 * 1024)) {
      try await client.send(HTTPRequest(.get, url, trust: .configured))
    }
  }

  @Test(arguments: ["/bomb?bytes=30000000", "/bomb?bytes=30000000&chunked", "/brotli-bomb", "/zstd-bomb"])
  func `a decompression bomb is refused`(path: String) async throws {
    let url = try Peers.url(path)
    await #expect(throws: HTTPError.compressionBomb(url: url, limit: 200)) {
      try await client.send(HTTPRequest(.get, url, trust: .configured))
    }
  }

  @Test(arguments: ["/bomb?bytes=30000000", "/brotli-bomb", "/zstd-bomb"])
  func `a bomb is refused when it is streamed to a slow reader, too`(path: String) async throws {
    let url = try Peers.url(path)
    let (_, body) = try await client.stream(HTTPRequest(.get, url, trust: .configured))
    await #expect(throws: HTTPError.compressionBomb(url: url, limit: 200)) {
      for try await _ in body { try await Task.sleep(for: .milliseconds(1)) }
    }
  }

  @Test func `a bomb below the ratio is stopped by the limit of its decoded bytes`() async throws {
    let lax = HTTPClient(configuration: .quick.with { $0.maximumExpansion = .max })
    let url = try Peers.url("/bomb?bytes=30000000")
    await #expect(throws: HTTPError.bodyTooLarge(url: url, limit: 20 * 1024 * 1024)) {
      try await lax.send(HTTPRequest(.get, url, trust: .configured))
    }
  }

  @Test func `a small page that compresses well is no bomb`() async throws {
    let request = HTTPRequest(.get, try Peers.url("/bomb?bytes=1000000"), trust: .configured)
    #expect(try await client.send(request).body.count == 1_000_000)
  }

  @Test(arguments: [60_000, 90_000])
  func `a header section has a limit`(bytes: Int) async throws {
    let client = HTTPClient(configuration: .quick.with { $0.maximumHeaderBytes = 64 * 1024 })
    let url = try Peers.url("/large-header?bytes=\(bytes)")
    let request = HTTPRequest(.get, url, trust: .configured)
    if bytes == 60_000 {
      #expect(try await client.send(request).headers["X-Large"]?.utf8.count == bytes)
    } else {
      await #expect(throws: HTTPError.headersTooLarge(url: url, limit: 64 * 1024)) { try await client.send(request) }
    }
  }

  @Test func `one endless field is refused too`() async throws {
    let url = try Peers.url("/large-header?bytes=1000000")
    await #expect(throws: HTTPError.headersTooLarge(url: url, limit: 128 * 1024)) {
      try await client.send(HTTPRequest(.get, url, trust: .configured))
    }
  }

  @Test(arguments: ["/truncated", "/truncated-chunked"])
  func `a truncated body is an error`(path: String) async throws {
    let url = try Peers.url(path)
    await #expect(throws: HTTPError.truncatedBody(url: url)) {
      try await client.send(HTTPRequest(.get, url, trust: .configured))
    }
  }

  @Test func `a body that is not what its encoding says is an error`() async throws {
    let url = try Peers.url("/broken-gzip")
    let error = await httpError { _ = try await client.send(HTTPRequest(.get, url, trust: .configured)) }
    guard case .undecodableBody = error else {
      Issue.record("got \(String(describing: error))")
      return
    }
  }

  @Test func `what is not HTTP is an error`() async throws {
    let request = HTTPRequest(.get, try Peers.url("/not-http"), trust: .configured)
    let error = await httpError { _ = try await client.send(request) }
    guard case .connectionLost = error else {
      Issue.record("got \(String(describing: error))")
      return
    }
  }

  @Test func `the time for all attempts is limited`() async throws {
    let request = HTTPRequest(.get, try Peers.url("/slow?seconds=600"), trust: .configured, totalTimeout: 0.2)
    let error = await httpError { _ = try await client.send(request) }
    guard case .timedOut = error else {
      Issue.record("got \(String(describing: error))")
      return
    }
  }

  @Test func `a silent server is left`() async throws {
    let request = HTTPRequest(
      .get, try Peers.url("/stall?seconds=600"), trust: .configured, stallTimeout: 1, maximumAttempts: 1)
    let error = await httpError { _ = try await client.send(request) }
    guard case .timedOut(_, let reason) = error else {
      Issue.record("got \(String(describing: error))")
      return
    }
    #expect(reason.contains("too slow"))
  }

  @Test func `a server that content named and that drips is left, though it is never silent for long`() async throws {
    let open = HTTPClient(configuration: .quick.with { $0.allowsPrivateAddresses = true })
    // Two bytes a second, for ten minutes.
    let request = HTTPRequest(
      .get, try Peers.url("/drip?bytes=1200&seconds=0.5"), trust: .content, totalTimeout: 600, stallTimeout: 2,
      maximumAttempts: 1)
    let error = await httpError { _ = try await open.send(request) }
    guard case .timedOut(_, let reason) = error else {
      Issue.record("got \(String(describing: error))")
      return
    }
    #expect(reason.contains("too slow"))
  }

  @Test func `a server of the configuration may take its time between two bytes`() async throws {
    let request = HTTPRequest(
      .get, try Peers.url("/drip?bytes=10&seconds=0.4"), trust: .configured, stallTimeout: 1, maximumAttempts: 1)
    #expect(try await client.send(request).text == "..........")
  }

  @Test func `an address that does not answer is left`() async throws {
    // A listener whose queue is full would do, but only a black hole is the same everywhere: 192.0.2.0/24 is for
    // documentation (RFC 5737), so nobody answers, or the system says at once that it has no way there.
    let hasty = HTTPClient(configuration: .quick.with { $0.connectTimeout = 0.1 })
    let request = HTTPRequest(.get, "http://192.0.2.1:81/", trust: .configured, maximumAttempts: 1)
    let error = await httpError { _ = try await hasty.send(request) }
    switch error {
    case .timedOut, .notConnected: break
    default: Issue.record("got \(String(describing: error))")
    }
  }
}
