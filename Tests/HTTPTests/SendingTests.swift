import Foundation
import HTTP
import Testing
import TestSupport

@Suite(.timeLimit(.minutes(15)))
struct SendingTests {
  let client = HTTPClient(configuration: .quick)

  @Test(arguments: [HTTPRequest.Method.get, .post, .put, .patch, .delete])
  func `a request arrives as it was made`(method: HTTPRequest.Method) async throws {
    let body: [UInt8]? = method == .get || method == .delete ? nil : Array("päylöad".utf8)
    let request = HTTPRequest(
      method, try Peers.url("/echo?a=b%20c"), headers: ["X-Custom": "value", "X-Empty": ""], body: body,
      trust: .configured)
    let echo = try await client.send(request, decoding: Echo.self)
    #expect(echo.method == method.rawValue)
    #expect(echo.path == "/echo?a=b%20c")
    #expect(echo.headers["x-custom"] == "value")
    #expect(echo.headers["x-empty"] == "")
    #expect(echo.headers["user-agent"] == "twin/0.1")
    #expect(echo.headers["content-type"] == nil)
    #expect(echo.headers["expect"] == nil)
    #expect(echo.body == (body == nil ? "" : "päylöad"))
  }

  @Test func `a body goes with DELETE and GET too`() async throws {
    for method in [HTTPRequest.Method.get, .delete] {
      let request = HTTPRequest(method, try Peers.url("/echo"), body: Array("{}".utf8), trust: .configured)
      let echo = try await client.send(request, decoding: Echo.self)
      #expect(echo.method == method.rawValue)
      #expect(echo.body == "{}")
    }
  }

  @Test func `a POST without a body says that it has none`() async throws {
    let request = HTTPRequest(.post, try Peers.url("/echo"), trust: .configured)
    let echo = try await client.send(request, decoding: Echo.self)
    #expect(echo.method == "POST")
    #expect(echo.headers["content-length"] == "0")
  }

  @Test func `a large body is sent at once and whole`() async throws {
    let body = [UInt8](repeating: UInt8(ascii: "z"), count: 3_000_000)
    let request = HTTPRequest(.post, try Peers.url("/echo"), body: body, trust: .configured)
    let echo = try await client.send(request, decoding: Echo.self)
    #expect(echo.body.utf8.count == body.count)
  }

  @Test func `HEAD has fields and no body`() async throws {
    let response = try await client.send(HTTPRequest(.head, try Peers.url("/large?bytes=1000"), trust: .configured))
    #expect(response.status == 200)
    #expect(response.headers["content-length"] == "1000")
    #expect(response.body.isEmpty)
  }

  @Test func `a status of failure is a response, not an error`() async throws {
    let response = try await client.send(HTTPRequest(.get, try Peers.url("/status/404"), trust: .configured))
    #expect(response.status == 404)
    #expect(response.text == "as you wish")
    #expect(!response.isSuccess)
  }

  @Test(arguments: ["gzip", "deflate", "br", "zstd"])
  func `a body is decoded`(encoding: String) async throws {
    let response = try await client.send(
      HTTPRequest(.get, try Peers.url("/encoded?as=\(encoding)"), trust: .configured))
    #expect(response.text == String(repeating: "twelve bytes", count: 100))
  }

  @Test func `a chunked body is put together, and its trailer is no field`() async throws {
    let response = try await client.send(HTTPRequest(.get, try Peers.url("/chunked?chunks=3"), trust: .configured))
    #expect(response.text == "000000 000001 000002 ")
    #expect(response.headers["X-Sum"] == nil)
  }

  @Test func `fields keep their order, repetitions and folded lines`() async throws {
    let headers = try await client.send(HTTPRequest(.get, try Peers.url("/fields"), trust: .configured)).headers
    #expect(headers.values(of: "X-TWICE") == ["one", "two"])
    #expect(headers["x-folded"] == "a b")
    #expect(headers["x-empty"] == "")
    #expect(headers.fields.map(\.name).prefix(2) == ["X-Twice", "x-twice"])
  }

  @Test func `an interim response is passed over`() async throws {
    let response = try await client.send(HTTPRequest(.get, try Peers.url("/interim"), trust: .configured))
    #expect(response.status == 200)
    #expect(response.headers["X-Kind"] == "final")
    #expect(response.headers["Link"] == nil)
  }

  @Test func `cookies are not kept`() async throws {
    let request = HTTPRequest(.get, try Peers.url("/cookie"), trust: .configured)
    _ = try await client.send(request)
    #expect(try await client.send(request).text == "none")
  }

  @Test func `a version that is at hand is not sent again`() async throws {
    let url = try Peers.url("/etag")
    let first = try await client.send(HTTPRequest(.get, url, trust: .configured))
    #expect(first.validator == HTTPValidator(entityTag: "\"v1\"", lastModified: "Wed, 21 Oct 2015 07:28:00 GMT"))
    #expect(!first.isNotModified)
    let second = try await client.send(HTTPRequest(.get, url, trust: .configured, validator: first.validator))
    #expect(second.isNotModified)
    #expect(second.body.isEmpty)
    let stale = HTTPValidator(entityTag: "\"v0\"")
    let third = try await client.send(HTTPRequest(.get, url, trust: .configured, validator: stale))
    #expect(third.text == "version 1")
  }

  @Test func `a validator is sent in both its forms`() async throws {
    let validator = HTTPValidator(entityTag: "W/\"a\"", lastModified: "Wed, 21 Oct 2015 07:28:00 GMT")
    let request = HTTPRequest(.get, try Peers.url("/echo"), trust: .configured, validator: validator)
    let echo = try await client.send(request, decoding: Echo.self)
    #expect(echo.headers["if-none-match"] == "W/\"a\"")
    #expect(echo.headers["if-modified-since"] == "Wed, 21 Oct 2015 07:28:00 GMT")
  }

  @Test func `user and password of the URL become a field and leave the address`() async throws {
    let url = try Peers.url("/echo").replacing("http://", with: "http://ada:p%40ss@")
    let response = try await client.send(HTTPRequest(.get, url, trust: .configured))
    #expect(try response.decode(Echo.self).headers["authorization"] == "Basic YWRhOnBAc3M=")
    #expect(response.url == (try Peers.url("/echo")))
  }

  @Test func `a space in a URL is sent encoded`() async throws {
    let request = HTTPRequest(.get, try Peers.url("/echo?q=a b é#part"), trust: .configured)
    #expect(try await client.send(request, decoding: Echo.self).path == "/echo?q=a+b+%c3%a9")
  }

  @Test(arguments: [
    "", "example.com/page", "/page", "ftp://example.com/", "file:///etc/passwd", "gopher://example.com/", "http://",
    "javascript:alert(1)", "http://a b/", "http://example.com:99999/", "http://exa\nmple.com/",
    "http://example.com/\r\nX: y", "http://[::1/", "http://example.com/\(String(repeating: "a", count: 20_000))",
  ])
  func `what is no web address is refused`(url: String) async throws {
    let error = await httpError { _ = try await client.send(HTTPRequest(.get, url, trust: .content)) }
    guard case .invalidURL = error else {
      Issue.record("\(url.prefix(40)) gave \(String(describing: error))")
      return
    }
  }

  @Test(arguments: [
    ("X-Key", "a\r\nHost: evil"), ("X-Key", "a\n"), ("X Key", "a"), ("X-Key:", "a"), ("", "a"), ("X-Key", "a\0b"),
  ])
  func `a field that would break the request apart is refused`(name: String, value: String) async throws {
    var request = HTTPRequest(.get, try Peers.url("/echo"), trust: .configured)
    request.headers.append(name: name, value: value)
    let refused = HTTPError.invalidHeader(url: request.url, name: name)
    await #expect(throws: refused) { try await client.send(request) }
    #expect(!refused.description.contains("evil"))
  }

  @Test func `a connection is used again`() async throws {
    let server = try PeerServer("http_server.py")
    let url = "http://127.0.0.1:\(server.port)/state"
    for _ in 0..<5 { _ = try await ServerState.of(url, client) }
    #expect(try await ServerState.of(url, client).connections == 1)
  }

  @Test func `the environment's proxy is not used`() async throws {
    // In a process of its own, whose environment no other test reads.
    await #expect(processExitsWith: .success) {
      // libcurl reads `http_proxy` itself; were it heeded, this port of nobody would be asked.
      setenv("http_proxy", "http://127.0.0.1:1", 1)
      let request = HTTPRequest(.get, try Peers.url("/status/200"), trust: .configured)
      let response = try await HTTPClient(configuration: .quick).send(request)
      #expect(response.status == 200)
    }
  }

  @Test func `a configured proxy is asked for the whole address`() async throws {
    let proxied = HTTPClient(configuration: .quick.with { $0.proxy = try? Peers.url("") })
    let response = try await proxied.send(HTTPRequest(.get, "http://example.test/echo", trust: .content))
    #expect(try response.decode(Echo.self).headers["host"] == "example.test")
  }
}
