import Foundation

extension Warehouse {
  /// Opens a warehouse that must be there already: a misspelt path would make an empty one otherwise.
  ///
  /// - Throws: ``WarehouseError/cannotReadFile(path:reason:)`` for a file that does not exist; else as
  ///   ``open(_:options:)``.
  public static func open(
    existing url: String, options: WarehouseOptions = WarehouseOptions()
  ) async throws -> Warehouse {
    if case .sqlite(let path) = try WarehouseLocation(url), access(path, F_OK) != 0 {
      throw WarehouseError.cannotReadFile(path: path, reason: "there is no such file")
    }
    return try await open(url, options: options)
  }
}
