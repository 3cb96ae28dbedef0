import Foundation
import HTTP
import TestSupport
import VectorStore

/// The engines that the shared suite is run against.
enum Engine: String, CaseIterable, Sendable {
  case embedded
  case qdrantPeer
  /// The server that `TWIN_TEST_QDRANT_URL` names; only under a random prefix.
  case qdrantServer

  static let serverURL = ProcessInfo.processInfo.environment["TWIN_TEST_QDRANT_URL"]

  /// The engines that can be had here.
  static let available: [Engine] = allCases.filter { $0 != .qdrantServer || serverURL != nil }

  /// Runs `body` with an empty store that is gone afterwards.
  func withStore(_ body: (VectorStore) async throws -> Void) async throws {
    switch self {
    case .embedded:
      let folder = try TemporaryFolder()
      try await body(try await VectorStore.open("sqlite:\(folder.path("twin.sqlite"))", http: HTTPClient()))
    case .qdrantPeer:
      let peer = try PeerServer("qdrant_server.py")
      try await body(try await VectorStore.open("http://127.0.0.1:\(peer.port)", http: HTTPClient()))
      peer.stop()
    case .qdrantServer:
      let url = Self.serverURL ?? ""
      let key = ProcessInfo.processInfo.environment["TWIN_TEST_QDRANT_API_KEY"]
      let prefix = "twin_test_\(UUID().uuidString.lowercased())_"
      let store = try await VectorStore.open(url, apiKey: key, http: HTTPClient(), prefix: prefix)
      do {
        try await body(store)
      } catch {
        try await store.drop()
        throw error
      }
      try await store.drop()
    }
  }
}
