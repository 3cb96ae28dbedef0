import BSON

/// Stores rows as they are, each in the place of the document of its identifier.
struct UntypedRows: RowStoring {
  let driver: any WarehouseDriver
  let collection: String

  func store(_ rows: [[UInt8]]) async throws -> StoredRows {
    var requests: [SaveRequest] = []
    let outcomes = rows.map { row -> RowOutcome? in
      do {
        requests.append(SaveRequest(replacing: try document(of: row), in: collection))
        return nil
      } catch {
        return .bad(readableReason(of: error))
      }
    }
    let saved = try await driver.save(requests, uniqueField: nil, in: collection)
    return StoredRows(outcomes: outcomes.filled(with: saved.map(RowOutcome.stored)))
  }

  func has(_ row: [UInt8]) async throws -> Bool {
    guard let document = try? document(of: row) else { return false }
    return try await driver.match(of: document, uniqueField: nil, in: collection) == document.bytes
  }

  /// The document with its identifier as a string, and first.
  private func document(of row: [UInt8]) throws -> EncodedDocument {
    let bytes = try bson(ofExtendedJSON: row)
    let id = try bytes.withUnsafeBytes(textIdentifier)
    return try EncodedDocument(stored: try RawBSON.settingID(.string(id), in: bytes), in: collection)
  }
}
