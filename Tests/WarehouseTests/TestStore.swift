import Domain
import Foundation
import TestSupport
import Testing
import Warehouse

/// The drivers that the shared suite runs against.
enum TestStore: String, CaseIterable, CustomTestStringConvertible {
  case sqlite

  static var available: [TestStore] { allCases }

  var testDescription: String { rawValue }

  /// An empty warehouse of the test's own.
  func make() async throws -> TestWarehouse {
    switch self {
    case .sqlite:
      let folder = try TemporaryFolder()
      return try await TestWarehouse(url: "sqlite:\(folder.path("warehouse.sqlite"))", folder: folder)
    }
  }
}

/// A warehouse and what it lives in, which ends with it.
struct TestWarehouse {
  let url: String
  let warehouse: Warehouse
  let folder: TemporaryFolder

  init(url: String, folder: TemporaryFolder) async throws {
    self.url = url
    self.folder = folder
    warehouse = try await Warehouse.open(url)
  }

  /// A second way to the same data, as another process would have it.
  func reopened() async throws -> Warehouse {
    try await Warehouse.open(url)
  }
}
