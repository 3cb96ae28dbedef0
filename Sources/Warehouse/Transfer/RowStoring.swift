import BSON

/// Stores the rows of a file in a collection.
protocol RowStoring: Sendable {
  /// Stores documents in extended JSON.
  ///
  /// - Throws: what keeps the store from storing anything.
  func store(_ rows: [[UInt8]]) async throws -> StoredRows

  /// Whether the store has a row, so that to store it would change nothing.
  ///
  /// - Throws: what keeps the store from answering.
  func has(_ row: [UInt8]) async throws -> Bool
}

extension WarehouseDriver {
  /// The stored document that one is matched with when it is saved: by its key, else by its identifier.
  func match(
    of document: EncodedDocument, uniqueField: FieldPath?, in collection: String
  ) async throws -> [UInt8]? {
    var conditions: [FilterCondition] = []
    if let uniqueField, case .string(let key) = document.key {
      conditions.append(.compare(uniqueField, .equal, .string(key)))
    }
    conditions.append(.compare(.id, .equal, .string(document.id)))
    for condition in conditions {
      let cursor = cursor(Query(collection: collection, condition: condition, limit: 1))
      defer { cursor.close() }
      if let found = try await cursor.next(), !found.isEmpty { return found.bytes }
    }
    return nil
  }
}
