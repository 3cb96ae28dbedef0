import HTTP
import Testing
import TestSupport

@Suite(.timeLimit(.minutes(15)))
struct HTTP2Tests {
  let folder: TemporaryFolder
  let server: PeerServer
  let authority: CertificateAuthority

  init() throws {
    folder = try TemporaryFolder()
    authority = try CertificateAuthority(in: folder)
    server = try PeerServer("http2_server.py", arguments: [authority.serverCertificate, authority.serverKey])
  }

  private var client: HTTPClient {
    HTTPClient(configuration: .quick.with { $0.certificateAuthorityFile = authority.certificate })
  }

  private func url(_ path: String) -> String { "https://localhost:\(server.port)\(path)" }

  private func request(_ path: String) -> HTTPRequest { HTTPRequest(.get, url(path), trust: .configured) }

  private struct State: Decodable {
    let connections: Int
    let most_streams: Int
  }

  @Test func `a burst of requests shares one connection, and each gets its own answer`() async throws {
    let client = client
    let answers = try await withThrowingTaskGroup(of: (Int, String).self) { group in
      for number in 0..<64 {
        group.addTask { (number, try await client.send(request("/page/\(number)")).text) }
      }
      return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    #expect(answers == Dictionary(uniqueKeysWithValues: (0..<64).map { ($0, "/page/\($0)") }))
    let state = try await client.send(request("/state"), decoding: State.self)
    #expect(state.connections == 1)
    #expect(state.most_streams > 1)
  }

  @Test func `a response has its status, its fields and a body larger than the window`() async throws {
    let response = try await client.send(request("/large"))
    #expect(response.status == 200)
    #expect(response.headers["X-Protocol"] == "h2")
    #expect(response.body.count == 1_000_000)
    #expect(try await client.send(request("/redirect")).url == url("/arrived"))
  }

  @Test func `a stream that the server refuses is asked for again`() async throws {
    let response = try await client.send(request("/refused"))
    #expect(response.text == "/refused")
  }

  @Test func `a cancelled request leaves the others on its connection alone`() async throws {
    let client = client
    _ = try await client.send(request("/first"))
    let cancelled = Task { try await client.send(request("/large")) }
    let other = Task { try await client.send(request("/other")) }
    cancelled.cancel()
    #expect(try await other.value.text == "/other")
    _ = await cancelled.result
    #expect(try await client.send(request("/state"), decoding: State.self).connections == 1)
  }

  @Test func `a connection to a private address is not shared with what content names`() async throws {
    let client = client
    _ = try await client.send(request("/first"))
    let error = await httpError { _ = try await client.send(HTTPRequest(.get, url("/second"), trust: .content)) }
    guard case .privateAddressRefused = error else {
      Issue.record("got \(String(describing: error))")
      return
    }
  }
}
