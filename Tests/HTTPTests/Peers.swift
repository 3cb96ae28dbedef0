import Foundation
import HTTP
import TestSupport

/// The servers that the tests share, each on a port of its own.
enum Peers {
  private static let one = Result { try PeerServer("http_server.py") }
  private static let two = Result { try PeerServer("http_server.py") }

  /// The address of a page of the server.
  static func url(_ path: String) throws -> String { "http://127.0.0.1:\(try one.get().port)\(path)" }

  /// The address of a page of another origin.
  static func otherURL(_ path: String) throws -> String { "http://127.0.0.1:\(try two.get().port)\(path)" }

  /// The server's port.
  static var port: Int { get throws { try one.get().port } }
}

extension HTTPClientConfiguration {
  /// The defaults with pauses that tests can wait for.
  static var quick: HTTPClientConfiguration {
    var configuration = HTTPClientConfiguration()
    configuration.backoffBase = 0.001
    configuration.backoffCap = 0.01
    return configuration
  }

  /// Changes some limits.
  func with(_ change: (inout HTTPClientConfiguration) -> Void) -> HTTPClientConfiguration {
    var copy = self
    change(&copy)
    return copy
  }
}

/// What `/echo` saw of a request.
struct Echo: Decodable {
  let method: String
  let path: String
  let headers: [String: String]
  let body: String
}

/// How many requests a key of the server has seen.
func requestCount(of key: String, _ client: HTTPClient) async throws -> Int {
  struct Count: Decodable { let count: Int }
  let request = HTTPRequest(.get, try Peers.url("/count?of=\(key)"), trust: .configured)
  return try await client.send(request, decoding: Count.self).count
}

/// What the server says of itself.
struct ServerState: Decodable {
  let connections: Int
  let endless_bytes: Int
  let most_running: Int

  static func of(_ url: String, _ client: HTTPClient) async throws -> ServerState {
    try await client.send(HTTPRequest(.get, url, trust: .configured), decoding: ServerState.self)
  }
}

/// The error that a body throws, if it is one of the library's.
func httpError(_ body: () async throws -> Void) async -> HTTPError? {
  do {
    try await body()
    return nil
  } catch {
    return error as? HTTPError
  }
}

/// A name that no other test uses.
func freshKey() -> String { UUID().uuidString }
