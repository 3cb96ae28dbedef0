import BSON
import Domain
import Foundation
import TestSupport
import Testing

@testable import Warehouse

/// The stores that the shared suite runs against: one list of tests, every driver.
enum TestStore: String, CaseIterable, CustomTestStringConvertible {
  case sqlite
  /// MongoDB's protocol, and its semantics as the peer knows them; always there.
  case mongoPeer
  /// A server that `TWIN_TEST_MONGODB_URI` names; each test has a database of its own, which is dropped at the end.
  case mongoServer

  static let serverURL = ProcessInfo.processInfo.environment["TWIN_TEST_MONGODB_URI"]

  static var available: [TestStore] { allCases.filter { $0 != .mongoServer || serverURL != nil } }
  static var mongoStores: [TestStore] { available.filter { $0 != .sqlite } }

  var testDescription: String { rawValue }

  /// An empty warehouse of the test's own.
  func make() async throws -> TestWarehouse {
    let test = try TestWarehouse(url: newURL(), folder: TemporaryFolder())
    Cleanup.current?.add(test)
    return test
  }

  private func newURL() throws -> String {
    let name = "twin_test_" + UUID().uuidString.lowercased().replacing("-", with: "")
    switch self {
    case .sqlite: return "sqlite:\(FileManager.default.temporaryDirectory.path)/\(name)/warehouse.sqlite"
    case .mongoPeer: return "mongodb://127.0.0.1:\(try sharedPeer.get().port)/\(name)"
    case .mongoServer: return Self.url(Self.serverURL ?? "", database: name)
    }
  }

  /// The URL with another database.
  private static func url(_ url: String, database: String) -> String {
    let parts = url.split(separator: "?", maxSplits: 1)
    let scheme = parts[0].firstRange(of: "://").map { parts[0][..<$0.upperBound] } ?? ""
    let authority = parts[0].dropFirst(scheme.count).prefix { $0 != "/" }
    return "\(scheme)\(authority)/\(database)" + (parts.count > 1 ? "?\(parts[1])" : "")
  }
}

/// One peer serves all tests, since each has its own database; tests that make faults start one of their own.
private let sharedPeer = Result { try PeerServer("mongo_server.py") }

/// A warehouse's place, which is removed with it.
final class TestWarehouse: Sendable {
  let url: String
  let folder: TemporaryFolder

  init(url: String, folder: TemporaryFolder) {
    self.url = url
    self.folder = folder
  }

  deinit {
    if url.hasPrefix("sqlite:") {
      try? FileManager.default.removeItem(
        at: URL(fileURLWithPath: String(url.dropFirst(7))).deletingLastPathComponent())
    }
  }

  /// Opens the warehouse; each call is a way of its own to the same data, as another process would have it.
  func open() async throws -> Warehouse {
    try await Warehouse.open(url)
  }
}

/// Keeps the warehouses of a test until it ends, and drops the databases that it made on a real server.
struct Cleanup: SuiteTrait, TestTrait, TestScoping {
  let isRecursive = true
  @TaskLocal static var current: Made?

  final class Made: @unchecked Sendable {
    // Guarded by the lock.
    private var tests: [TestWarehouse] = []
    private let lock = NSLock()

    func add(_ test: TestWarehouse) { lock.withLock { tests.append(test) } }
    func all() -> [TestWarehouse] { lock.withLock { tests } }
  }

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    let made = Made()
    let result: Result<Void, any Error> = await Self.$current.withValue(made) {
      do { return .success(try await function()) } catch { return .failure(error) }
    }
    for test in made.all() where TestStore.serverURL != nil && test.url.hasPrefix("mongodb") {
      let pool = try MongoClientPool(url: test.url, options: WarehouseOptions())
      try await pool.withClient("dropping a test's database") { _ = try $0.write(["dropDatabase": 1]) }
    }
    try result.get()
  }
}

extension Trait where Self == Cleanup {
  static var dropsDatabases: Self { Cleanup() }
}

/// A test could not go on.
struct Unexpected: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
