public import GRDB

/// A named step that brings the file's tables to what a store needs; applied once, in a transaction.
public struct Migration: Sendable {
  /// A unique name, such as `warehouse-1`; stored in the file, so it never changes.
  public let name: String
  let apply: @Sendable (Database) throws -> Void

  /// Makes a migration.
  public init(_ name: String, apply: @Sendable @escaping (Database) throws -> Void) {
    self.name = name
    self.apply = apply
  }
}
