import HTTP
import Testing
import TestSupport

@Suite(.timeLimit(.minutes(15)))
struct JSONTests {
  let client = HTTPClient(configuration: .quick)

  private struct Point: Codable, Equatable {
    var z: Double
    var link: String
  }

  @Test func `a value goes as JSON and comes back`() async throws {
    let request = try HTTPRequest.json(
      .post, Peers.url("/echo"), body: Point(z: 0.5, link: "a/b"), headers: ["api-key": "k"], trust: .configured)
    let echo = try await client.send(request, decoding: Echo.self)
    #expect(echo.body == #"{"link":"a/b","z":0.5}"#)
    #expect(echo.headers["content-type"] == "application/json")
    #expect(echo.headers["accept"] == "application/json")
    #expect(echo.headers["api-key"] == "k")
  }

  @Test func `fields of the caller win`() throws {
    let request = try HTTPRequest.json(
      .post, "http://a/", body: [1], headers: ["content-type": "application/x-ndjson"], trust: .configured)
    #expect(request.method == .post)
    #expect(request.headers.values(of: "Content-Type") == ["application/x-ndjson"])
  }

  @Test func `another status than success is an error with the server's words`() async throws {
    let url = try Peers.url("/status/404")
    let expected = HTTPError.unexpectedStatus(url: url, status: 404, excerpt: "as you wish")
    await #expect(throws: expected) {
      try await client.send(HTTPRequest(.get, url, trust: .configured), decoding: Echo.self)
    }
    #expect(expected.description == "\(url) answered with status 404: as you wish; check the address")
  }

  @Test(arguments: [
    (#"{"z":1}"#, #"the document has no "link""#), (#"{"z":"a","link":"b"}"#, "z is not of the type Double"),
    (#"{"z":null,"link":"b"}"#, "z is null"), ("<html>", "the document is not valid"),
    ("", "the document is not valid"),
  ])
  func `a body of another form is an error that says where`(body: String, reason: String) {
    let response = HTTPResponse(status: 200, headers: [:], body: Array(body.utf8), url: "http://a/?key=k")
    #expect(throws: HTTPError.unexpectedJSON(url: "http://a/?key=***", reason: reason)) {
      try response.decode(Point.self)
    }
  }

  @Test func `a place in a list is told by its number`() {
    let response = HTTPResponse(
      status: 200, headers: [:], body: Array(#"[{"z":1,"link":"a"},{"z":1}]"#.utf8), url: "http://a/")
    #expect(throws: HTTPError.unexpectedJSON(url: "http://a/", reason: #"[1] has no "link""#)) {
      try response.decode([Point].self)
    }
  }

  @Test func `an excerpt is short and on one line`() {
    let body = "one\n\ttwo\u{1b}[31m " + String(repeating: "long ", count: 200)
    let response = HTTPResponse(status: 500, headers: [:], body: Array(body.utf8), url: "http://a/")
    let error = #expect(throws: HTTPError.self) { try response.requireSuccess() }
    let text = error?.description ?? ""
    #expect(text.contains("one two [31m long"))
    #expect(text.utf8.count < 400)
    #expect(text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
  }
}
