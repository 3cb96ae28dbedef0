import Foundation
import HTTP
import Testing
import TestSupport

@Suite(.timeLimit(.minutes(15)))
struct TLSTests {
  let folder: TemporaryFolder
  let server: PeerServer
  let certificate: String

  init() throws {
    folder = try TemporaryFolder()
    certificate = folder.path("certificate.pem")
    let openssl = try runBlocking(
      "openssl",
      [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
        "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", folder.path("key.pem"), "-out",
        certificate,
      ])
    try #require(openssl.status == 0, "\(openssl)")
    server = try PeerServer("http_server.py", arguments: [certificate, folder.path("key.pem")])
  }

  private var trusting: HTTPClient {
    HTTPClient(
      configuration: .quick.with {
        $0.certificateAuthorityFile = certificate
        $0.allowsPrivateAddresses = true
      })
  }

  private func requireTLSFailure(_ client: HTTPClient, _ url: String) async {
    let error = await httpError { _ = try await client.send(HTTPRequest(.get, url, trust: .configured)) }
    guard case .tlsFailed = error else {
      Issue.record("got \(String(describing: error))")
      return
    }
  }

  @Test func `a certificate that nobody vouches for is refused`() async throws {
    await requireTLSFailure(HTTPClient(configuration: .quick), "https://localhost:\(server.port)/status/200")
  }

  @Test func `a certificate of another name is refused`() async throws {
    await requireTLSFailure(trusting, "https://127.0.0.1:\(server.port)/status/200")
  }

  @Test func `a server without TLS is refused`() async throws {
    await requireTLSFailure(trusting, try Peers.url("/status/200").replacing("http:", with: "https:"))
  }

  @Test func `an authority of the configuration is trusted`() async throws {
    let request = HTTPRequest(.get, "https://localhost:\(server.port)/status/200", trust: .configured)
    #expect(try await trusting.send(request).status == 200)
  }

  @Test func `a redirect from https to http is refused`() async throws {
    let target = try Peers.url("/echo")
    let url = "https://localhost:\(server.port)/redirect?to=\(target)"
    await #expect(throws: HTTPError.insecureRedirect(url: url, target: target)) {
      try await trusting.send(HTTPRequest(.get, url, trust: .configured))
    }
  }

  @Test func `a redirect from http to https is followed`() async throws {
    let target = "https://localhost:\(server.port)/echo"
    let response = try await trusting.send(
      HTTPRequest(.get, try Peers.url("/redirect?to=\(target)"), trust: .content))
    #expect(response.url == target)
  }
}
