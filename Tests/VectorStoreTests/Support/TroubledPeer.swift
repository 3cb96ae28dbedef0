import Foundation
import HTTP
import TestSupport
import VectorStore

/// A Qdrant peer, that makes trouble when it is told to.
struct TroubledPeer: Sendable {
  /// The one that the whole run shares, since a start takes a second; nobody may trouble it.
  static let untroubled = Result { try TroubledPeer() }
  let server: PeerServer
  let http: HTTPClient

  /// Starts one; its client gives up after the first attempt unless told otherwise.
  init(arguments: [String] = [], attempts: Int = 1) throws {
    server = try PeerServer("qdrant_server.py", arguments: arguments)
    var configuration = HTTPClientConfiguration()
    configuration.maximumAttempts = attempts
    configuration.backoffBase = 0.01
    http = HTTPClient(configuration: configuration)
  }

  var url: String { "http://127.0.0.1:\(server.port)" }

  /// A prefix that no other test has.
  static func randomPrefix() -> String { "twin_test_\(UUID().uuidString.lowercased())_" }

  func store(prefix: String = "", apiKey: String? = nil) async throws -> VectorStore {
    try await VectorStore.open(url, apiKey: apiKey, http: http, prefix: prefix)
  }

  /// Lets `changes` pass and troubles the next `count`; see the peer for the kinds.
  func trouble(_ kind: String, after changes: Int = 0, count: Int = 1) async throws {
    try await send(.post, "/test/fault", #"{"kind":"\#(kind)","after":\#(changes),"count":\#(count)}"#)
  }

  /// Makes no trouble any more.
  func calm() async throws { try await trouble("drop", count: 0) }

  /// Sends a request of the test's own, and gives the status and body.
  @discardableResult
  func send(_ method: HTTPRequest.Method, _ path: String, _ body: String? = nil) async throws -> (Int, String) {
    let request = HTTPRequest(
      method, url + path, headers: ["Content-Type": "application/json"], body: body.map { Array($0.utf8) },
      trust: .configured)
    let response = try await http.send(request)
    return (response.status, String(decoding: response.body, as: UTF8.self))
  }
}
