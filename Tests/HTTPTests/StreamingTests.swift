import HTTP
import Testing
import TestSupport

@Suite(.timeLimit(.minutes(15)))
struct StreamingTests {
  let client = HTTPClient(configuration: .quick)

  private func streamed(_ text: String, chunk: Int) async throws -> HTTPBody {
    let url = try Peers.url("/stream?chunk=\(chunk)")
    let request = HTTPRequest(.post, url, body: Array(text.utf8), trust: .configured)
    return try await client.stream(request).body
  }

  @Test func `the head comes before the body`() async throws {
    // The server sends a beginning and then nothing for ten minutes.
    let request = HTTPRequest(.get, try Peers.url("/stall?seconds=600"), trust: .configured, totalTimeout: 600)
    let (head, body) = try await client.stream(request)
    #expect(head.status == 200)
    var bytes = body.makeAsyncIterator()
    #expect(try await bytes.next() == Array("a beginning".utf8))
  }

  @Test func `a body is whole`() async throws {
    let (_, body) = try await client.stream(
      HTTPRequest(.get, try Peers.url("/large?bytes=3000000"), trust: .configured))
    var count = 0
    for try await bytes in body {
      #expect(bytes.count <= HTTPBody.bufferSize)
      count += bytes.count
    }
    #expect(count == 3_000_000)
  }

  @Test func `an empty body ends at once`() async throws {
    let (head, body) = try await client.stream(HTTPRequest(.head, try Peers.url("/echo"), trust: .configured))
    #expect(head.isSuccess)
    for try await _ in body { Issue.record("there are bytes") }
  }

  @Test func `a slow reader slows the server down`() async throws {
    let server = try PeerServer("http_server.py")
    let address = "http://127.0.0.1:\(server.port)"
    let request = HTTPRequest(
      .get, "\(address)/endless", trust: .configured, maximumBodyBytes: .max, maximumAttempts: 1)
    let (_, body) = try await client.stream(request)
    var before = -1
    var now = 0
    while now != before {
      before = now
      try await Task.sleep(for: .milliseconds(200))
      now = try await ServerState.of("\(address)/state", client).endless_bytes
    }
    // The buffer, and what the system's sockets hold; unhindered, loopback moves gigabytes in this time.
    #expect(now < 64 * 1024 * 1024)
    var read = 0
    for try await bytes in body {
      read += bytes.count
      if read > now + 1_000_000 { break }
    }
    #expect(read > now)
  }

  @Test func `a dropped body ends its transfer`() async throws {
    let server = try PeerServer("http_server.py")
    let single = HTTPClient(configuration: .quick.with { $0.maximumConnectionsPerHost = 1 })
    let address = "http://127.0.0.1:\(server.port)"
    _ = try await single.stream(HTTPRequest(.get, "\(address)/endless", trust: .configured))
    // The only connection is free again.
    #expect(try await single.send(HTTPRequest(.get, "\(address)/status/200", trust: .configured)).status == 200)
  }

  @Test func `a body outlives its client`() async throws {
    let request = HTTPRequest(.get, try Peers.url("/large?bytes=3000000"), trust: .configured)
    let body = try await HTTPClient(configuration: .quick).stream(request).body
    var count = 0
    for try await bytes in body { count += bytes.count }
    #expect(count == 3_000_000)
  }

  @Test func `two readers share a body, and both come to its end`() async throws {
    let (_, body) = try await client.stream(
      HTTPRequest(.get, try Peers.url("/large?bytes=3000000"), trust: .configured))
    let count = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<2 {
        group.addTask {
          var count = 0
          for try await bytes in body { count += bytes.count }
          return count
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(count == 3_000_000)
  }

  @Test func `a streamed response is redirected as any other`() async throws {
    let (head, body) = try await client.stream(
      HTTPRequest(.get, try Peers.url("/redirect?to=/chunked%3Fchunks=1"), trust: .configured))
    #expect(head.url == (try Peers.url("/chunked?chunks=1")))
    var text = ""
    for try await bytes in body { text += String(decoding: bytes, as: UTF8.self) }
    #expect(text == "000000 ")
  }

  @Test func `a streamed body has its limit`() async throws {
    let url = try Peers.url("/endless")
    let (_, body) = try await client.stream(
      HTTPRequest(.get, url, trust: .configured, maximumBodyBytes: 1_000_000))
    await #expect(throws: HTTPError.bodyTooLarge(url: url, limit: 1_000_000)) { for try await _ in body {} }
  }

  @Test func `a body that breaks off throws after its last bytes`() async throws {
    let url = try Peers.url("/truncated")
    let (_, body) = try await client.stream(HTTPRequest(.get, url, trust: .configured))
    var text = ""
    await #expect(throws: HTTPError.truncatedBody(url: url)) {
      for try await bytes in body { text += String(decoding: bytes, as: UTF8.self) }
    }
    #expect(text == "only this")
  }

  @Test func `attempts before the body begins are repeated`() async throws {
    let url = try Peers.url("/flaky?key=\(freshKey())&failures=2")
    let (head, body) = try await client.stream(HTTPRequest(.get, url, trust: .configured))
    #expect(head.attempts == 3)
    var text = ""
    for try await bytes in body { text += String(decoding: bytes, as: UTF8.self) }
    #expect(text == "attempt 3")
  }

  @Test func `a reader that is cancelled stops`() async throws {
    let url = try Peers.url("/stall?seconds=600")
    let (_, body) = try await client.stream(HTTPRequest(.get, url, trust: .configured, totalTimeout: 600))
    let reader = Task { for try await _ in body {} }
    try await Task.sleep(for: .milliseconds(50))
    reader.cancel()
    await #expect(throws: CancellationError.self) { try await reader.value }
  }

  @Test(arguments: [1, 2, 3, 7, 1000])
  func `events are read off the wire`(chunk: Int) async throws {
    let text = "data: one\n\nevent: delta\ndata: two\ndata: ä\nid: 7\n\ndata: [DONE]\n\ndata: cut off"
    var events: [ServerSentEvent] = []
    for try await event in try await streamed(text, chunk: chunk).events { events.append(event) }
    #expect(
      events == [
        ServerSentEvent(data: "one"), ServerSentEvent(type: "delta", data: "two\nä", lastEventID: "7"),
        ServerSentEvent(data: "[DONE]", lastEventID: "7"),
      ])
  }

  @Test(arguments: [1, 2, 3, 7, 1000])
  func `lines are read off the wire`(chunk: Int) async throws {
    var lines: [String] = []
    for try await line in try await streamed("{\"a\":1}\n\r\n{\"b\":\"ü\"}\r\n{\"c\":3}", chunk: chunk).lines {
      lines.append(String(decoding: line, as: UTF8.self))
    }
    #expect(lines == ["{\"a\":1}", "{\"b\":\"ü\"}", "{\"c\":3}"])
  }
}
