import Testing
import TestSupport

@testable import HTTP

@Suite(.timeLimit(.minutes(15)))
struct AddressTests {
  let client = HTTPClient(configuration: .quick)

  @Test(arguments: [
    "0.0.0.0", "10.0.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.0.9", "169.254.169.254",
    "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1",
    "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.1.2.3", "64:ff9b::127.0.0.1", "64:ff9b::a00:1",
    "64:ff9b:1::1", "2002:7f00:1::", "2002:c0a8:101::1", "2001::1", "2001:db8::1", "fc00::1", "fd12:3456::1",
    "fe80::1", "fec0::1", "ff02::1", "100::1", "3fff::1", "5f00::1",
  ])
  func `a special address is not public`(text: String) throws {
    #expect(try !#require(IPAddress(text)).isPublic)
  }

  @Test(arguments: [
    "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.0.0.1", "128.0.0.1",
    "169.253.0.1", "172.15.0.1", "172.32.0.1", "192.0.1.1", "192.167.0.1", "192.169.0.1", "198.17.0.1", "198.20.0.1",
    "223.255.255.255", "2606:4700::1111", "2a00:1450::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1",
  ])
  func `an ordinary address is public`(text: String) throws {
    #expect(try #require(IPAddress(text)).isPublic)
  }

  @Test(arguments: ["", "example.com", "1.2.3", "1.2.3.4.5", "::g", "127.0.0.1 "])
  func `what is no address is none`(text: String) {
    #expect(IPAddress(text) == nil)
  }

  @Test(arguments: [
    "127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0", "[::1]", "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]", "127.0.0.1.", "localhost.", "%31%32%37.0.0.1", "①②⑦.0.0.1",
  ])
  func `content does not lead to this machine`(host: String) async throws {
    let url = "http://\(host):\(try Peers.port)/status/200"
    let error = await httpError {
      let response = try await client.send(HTTPRequest(.get, url, trust: .content))
      Issue.record("\(host) was reached: \(response.status)")
    }
    switch error {
    case .privateAddressRefused, .nameNotResolved, .invalidURL, .notConnected: break
    default: Issue.record("\(host) gave \(String(describing: error))")
    }
  }

  @Test func `the refusal says which address`() async throws {
    let url = "http://2130706433:\(try Peers.port)/"
    let shown = try Peers.url("/")
    await #expect(throws: HTTPError.privateAddressRefused(url: shown, address: "127.0.0.1")) {
      try await client.send(HTTPRequest(.get, url, trust: .content))
    }
  }

  @Test func `a name is refused for what it resolves to`() async throws {
    let url = "http://localhost:\(try Peers.port)/status/200"
    let error = await httpError { _ = try await client.send(HTTPRequest(.get, url, trust: .content)) }
    guard case .privateAddressRefused = error else {
      Issue.record("got \(String(describing: error))")
      return
    }
  }

  @Test func `content is not sent over a connection that was opened for a configured endpoint`() async throws {
    let url = try Peers.url("/status/200")
    #expect(try await client.send(HTTPRequest(.get, url, trust: .configured)).status == 200)
    await #expect(throws: HTTPError.privateAddressRefused(url: url, address: "127.0.0.1")) {
      try await client.send(HTTPRequest(.get, url, trust: .content))
    }
  }

  @Test func `a configured endpoint may redirect within its origin, not into the private network`() async throws {
    let inside = try Peers.url("/redirect?to=/status/200")
    #expect(try await client.send(HTTPRequest(.get, inside, trust: .configured)).status == 200)
    let target = try Peers.otherURL("/status/200")
    let outside = try Peers.url("/redirect?to=\(target)")
    await #expect(throws: HTTPError.privateAddressRefused(url: target, address: "127.0.0.1")) {
      try await client.send(HTTPRequest(.get, outside, trust: .configured))
    }
  }

  @Test func `the configuration opens private networks`() async throws {
    let open = HTTPClient(configuration: .quick.with { $0.allowsPrivateAddresses = true })
    let response = try await open.send(HTTPRequest(.get, try Peers.url("/status/200"), trust: .content))
    #expect(response.status == 200)
  }

  @Test func `a refusal is not tried again`() async throws {
    let counted = AttemptCounter()
    let client = HTTPClient(configuration: .quick, logger: counted.logger)
    let url = try Peers.url("/status/200")
    await #expect(throws: HTTPError.self) { try await client.send(HTTPRequest(.get, url, trust: .content)) }
    #expect(counted.repetitions == 0)
  }
}
