import Foundation
import HTTP
import Testing
import TestSupport

@Suite(.timeLimit(.minutes(15)))
struct RedirectTests {
  /// The two servers are both on the loopback interface, and a redirect to another origin is checked.
  let client = HTTPClient(configuration: .quick.with { $0.allowsPrivateAddresses = true })

  private func encoded(_ url: String) throws -> String {
    try #require(url.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
  }

  private func redirect(to target: String, status: Int = 302) throws -> String {
    try Peers.url("/redirect?status=\(status)&to=\(encoded(target))")
  }

  @Test(arguments: ["/echo", "echo", "a/../echo", "//127.0.0.1:PORT/echo", "http://127.0.0.1:PORT/echo"])
  func `a target may be relative`(target: String) async throws {
    let target = target.replacing("PORT", with: "\(try Peers.port)")
    let response = try await client.send(HTTPRequest(.get, redirect(to: target), trust: .configured))
    #expect(response.url == (try Peers.url("/echo")))
  }

  @Test func `ten redirects are followed and eleven are not`() async throws {
    let response = try await client.send(HTTPRequest(.get, Peers.url("/hops?left=10"), trust: .configured))
    #expect(response.text == "arrived")
    #expect(response.url == (try Peers.url("/hops?left=0")))
    let longer = try Peers.url("/hops?left=11")
    await #expect(throws: HTTPError.tooManyRedirects(url: longer, limit: 10)) {
      try await client.send(HTTPRequest(.get, longer, trust: .configured))
    }
  }

  @Test func `a loop ends`() async throws {
    let url = try Peers.url("/loop")
    await #expect(throws: HTTPError.tooManyRedirects(url: url, limit: 10)) {
      try await client.send(HTTPRequest(.get, url, trust: .configured))
    }
  }

  @Test(arguments: [
    (301, HTTPRequest.Method.post, "GET"), (302, .post, "GET"), (303, .post, "GET"), (307, .post, "POST"),
    (308, .post, "POST"), (303, .put, "GET"), (302, .put, "PUT"), (308, .get, "GET"),
  ])
  func `the method follows the standard`(status: Int, method: HTTPRequest.Method, expected: String) async throws {
    let body: [UInt8]? = method == .get ? nil : Array("body".utf8)
    let request = HTTPRequest(
      method, try redirect(to: "/echo", status: status), headers: ["Content-Type": "text/plain"], body: body,
      trust: .configured)
    let echo = try await client.send(request, decoding: Echo.self)
    #expect(echo.method == expected)
    #expect(echo.body == (expected == method.rawValue && method != .get ? "body" : ""))
    if expected != method.rawValue { #expect(echo.headers["content-type"] == nil) }
  }

  @Test func `credentials stay with their origin`() async throws {
    let headers: HTTPHeaders = [
      "Authorization": "Bearer secret", "api-key": "secret", "x-api-key": "secret", "Cookie": "secret=1",
      "PRIVATE-TOKEN": "secret", "Accept": "text/plain", "User-Agent": "mine",
    ]
    let same = HTTPRequest(.get, try redirect(to: "/echo"), headers: headers, trust: .configured)
    let kept = try await client.send(same, decoding: Echo.self).headers
    #expect(kept["authorization"] == "Bearer secret")
    #expect(kept["api-key"] == "secret")

    let other = HTTPRequest(.get, try redirect(to: Peers.otherURL("/echo")), headers: headers, trust: .configured)
    let dropped = try await client.send(other, decoding: Echo.self).headers
    #expect(!dropped.values.contains { $0.contains("secret") })
    #expect(dropped["accept"] == "text/plain")
    #expect(dropped["user-agent"] == "mine")
  }

  @Test func `credentials in a target are not used, nor returned`() async throws {
    let target = try Peers.otherURL("/echo").replacing("http://", with: "http://eve:pw@")
    let response = try await client.send(HTTPRequest(.get, redirect(to: target), trust: .configured))
    #expect(response.url == (try Peers.otherURL("/echo")))
    #expect(try response.decode(Echo.self).headers["authorization"] == nil)
  }

  @Test(arguments: ["ftp://example.com/", "file:///etc/passwd", "gopher://127.0.0.1:70/x", "dict://127.0.0.1/"])
  func `a target of another scheme is refused`(target: String) async throws {
    let url = try redirect(to: target)
    let error = await httpError { _ = try await client.send(HTTPRequest(.get, url, trust: .configured)) }
    guard case .invalidURL = error else {
      Issue.record("got \(String(describing: error))")
      return
    }
  }

  @Test func `a redirect is the response when it is not to be followed`() async throws {
    var request = HTTPRequest(.get, try redirect(to: "/echo"), trust: .configured)
    request.followsRedirects = false
    let response = try await client.send(request)
    #expect(response.status == 302)
    #expect(response.headers["Location"] == "/echo")
    #expect(response.text == "elsewhere")
  }

  @Test func `a POST that was answered with a redirect is not repeated`() async throws {
    let key = freshKey()
    let failing = try encoded("/flaky?key=\(key)&failures=1&status=429")
    let url = try Peers.url("/redirect?status=303&to=\(failing)")
    let response = try await client.send(HTTPRequest(.post, url, trust: .configured))
    #expect(response.status == 429)
    #expect(try await requestCount(of: key, client) == 1)
  }
}
