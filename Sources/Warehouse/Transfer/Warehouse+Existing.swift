import Foundation

extension Warehouse {
  /// Opens a warehouse to read it, which must be there already: a misspelt path or name would make an empty one
  /// otherwise, or read as one.
  ///
  /// A file may be where nothing can be written.
  ///
  /// - Throws: ``WarehouseError/cannotReadFile(path:reason:)`` for a file that does not exist,
  ///   ``WarehouseError/noSuchDatabase(location:)`` for a database without collections, which to MongoDB is none; else as
  ///   ``open(_:options:)``.
  public static func open(
    existing url: String, options: WarehouseOptions = WarehouseOptions()
  ) async throws -> Warehouse {
    if case .sqlite(let path) = try WarehouseLocation(url) {
      guard access(path, F_OK) == 0 else {
        throw WarehouseError.cannotReadFile(path: path, reason: "there is no such file")
      }
      return try await open(url, options: options, isForReading: true)
    }
    let warehouse = try await open(url, options: options, isForReading: true)
    guard !(try await warehouse.driver.collectionNames()).isEmpty else {
      throw WarehouseError.noSuchDatabase(location: try await warehouse.information().location)
    }
    return warehouse
  }
}
