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
      let url = "http://127.0.0.1:\(try TroubledPeer.untroubled.get().server.port)"
      try await Self.withPrefix(body) { try await VectorStore.open(url, http: HTTPClient(), prefix: $0) }
    case .qdrantServer:
      let url = Self.serverURL ?? ""
      let key = ProcessInfo.processInfo.environment["TWIN_TEST_QDRANT_API_KEY"]
      try await Self.withPrefix(body) { try await VectorStore.open(url, apiKey: key, http: HTTPClient(), prefix: $0) }
    }
  }

  /// Opens a store once more, as another process would.
  func reopen(_ store: VectorStore) async throws -> VectorStore {
    let key = self == .qdrantServer ? ProcessInfo.processInfo.environment["TWIN_TEST_QDRANT_API_KEY"] : nil
    return try await VectorStore.open(store.location, apiKey: key, http: HTTPClient(), prefix: store.prefix)
  }

  /// Opens a store under a random prefix and drops what is in it afterwards.
  private static func withPrefix(
    _ body: (VectorStore) async throws -> Void, open: (String) async throws -> VectorStore
  ) async throws {
    let store = try await open(TroubledPeer.randomPrefix())
    do {
      try await body(store)
    } catch {
      try await store.drop()
      throw error
    }
    try await store.drop()
  }
}
