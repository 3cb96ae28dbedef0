import HTTP
import Testing
import TestSupport

@Suite(.timeLimit(.minutes(15)))
struct RetryTests {
  let client = HTTPClient(configuration: .quick)

  private func request(
    _ method: HTTPRequest.Method = .get, _ path: String, isIdempotent: Bool? = nil
  ) throws -> HTTPRequest {
    HTTPRequest(method, try Peers.url(path), trust: .configured, isIdempotent: isIdempotent)
  }

  @Test(arguments: [408, 425, 429, 500, 502, 503, 504])
  func `a status that may pass is tried again`(status: Int) async throws {
    let response = try await client.send(request(.get, "/flaky?key=\(freshKey())&failures=2&status=\(status)"))
    #expect(response.status == 200)
    #expect(response.text == "attempt 3")
    #expect(response.attempts == 3)
  }

  @Test(arguments: [400, 401, 403, 404, 410, 501])
  func `a status that will not pass is not`(status: Int) async throws {
    let response = try await client.send(request(.get, "/flaky?key=\(freshKey())&failures=1&status=\(status)"))
    #expect(response.status == status)
    #expect(response.attempts == 1)
  }

  @Test func `the last response is returned when the attempts are used up`() async throws {
    let key = freshKey()
    let response = try await client.send(request(.get, "/flaky?key=\(key)&failures=100"))
    #expect(response.status == 503)
    #expect(response.attempts == 5)
    #expect(response.text == "not yet")
    #expect(try await requestCount(of: key, client) == 5)
  }

  @Test func `a request may have fewer attempts than its client`() async throws {
    var request = try request(.get, "/flaky?key=\(freshKey())&failures=100")
    request.maximumAttempts = 2
    #expect(try await client.send(request).attempts == 2)
  }

  @Test(arguments: [500, 502, 504, 503, 408])
  func `a POST that the server may have processed is not repeated`(status: Int) async throws {
    let key = freshKey()
    let response = try await client.send(request(.post, "/flaky?key=\(key)&failures=1&status=\(status)"))
    #expect(response.status == status)
    #expect(try await requestCount(of: key, client) == 1)
  }

  @Test(arguments: ["status=429", "status=425", "status=503&retry_after=0"])
  func `a POST that the server says it refused is repeated`(failure: String) async throws {
    let response = try await client.send(request(.post, "/flaky?key=\(freshKey())&failures=1&\(failure)"))
    #expect(response.status == 200)
    #expect(response.attempts == 2)
  }

  @Test func `a POST that is said to be idempotent is repeated`() async throws {
    let path = "/flaky?key=\(freshKey())&failures=1&status=500"
    #expect(try await client.send(request(.post, path, isIdempotent: true)).attempts == 2)
  }

  @Test func `the server's wish for a pause is granted`() async throws {
    let counted = AttemptCounter()
    let client = HTTPClient(configuration: .quick, logger: counted.logger)
    let response = try await client.send(request(.get, "/flaky?key=\(freshKey())&failures=1&retry_after=1"))
    #expect(response.attempts == 2)
    // The backoff alone would be 10 ms at most.
    #expect(counted.pauses == [1])
  }

  @Test(arguments: ["retry_after=100000", "retry_date=100000"])
  func `a pause longer than the time left is not begun`(wish: String) async throws {
    let response = try await client.send(request(.get, "/flaky?key=\(freshKey())&failures=1&\(wish)"))
    #expect(response.status == 503)
    #expect(response.attempts == 1)
    #expect(response.headers["Retry-After"] != nil)
  }

  @Test func `a dropped connection is made anew`() async throws {
    let response = try await client.send(request(.get, "/drop?key=\(freshKey())&failures=2"))
    #expect(response.text == "attempt 3")
  }

  @Test func `a POST on a dropped connection is not repeated`() async throws {
    let key = freshKey()
    let error = await httpError { _ = try await client.send(request(.post, "/drop?key=\(key)&failures=1")) }
    guard case .connectionLost = error else {
      Issue.record("got \(String(describing: error))")
      return
    }
    #expect(try await requestCount(of: key, HTTPClient()) == 1)
  }

  @Test func `a truncated body is asked for again`() async throws {
    let response = try await client.send(request(.get, "/truncated?key=\(freshKey())&failures=1"))
    #expect(response.text == "whole")
    #expect(response.attempts == 2)
  }

  @Test func `a refused connection is tried again, for a POST too`() async throws {
    // A port where a server was and no longer is.
    let server = try PeerServer("http_server.py")
    server.stop()
    let url = "http://127.0.0.1:\(server.port)/"
    for method in [HTTPRequest.Method.get, .post] {
      let counted = AttemptCounter()
      let client = HTTPClient(configuration: .quick, logger: counted.logger)
      let error = await httpError { _ = try await client.send(HTTPRequest(method, url, trust: .configured)) }
      guard case .notConnected = error else {
        Issue.record("got \(String(describing: error))")
        continue
      }
      #expect(counted.repetitions == 4)
    }
  }

  @Test func `a name without an address is looked up twice`() async throws {
    let counted = AttemptCounter()
    let client = HTTPClient(configuration: .quick, logger: counted.logger)
    let url = "http://no-such-host.invalid/"
    await #expect(throws: HTTPError.nameNotResolved(url: url)) {
      try await client.send(HTTPRequest(.get, url, trust: .content))
    }
    #expect(counted.repetitions == 1)
  }
}
