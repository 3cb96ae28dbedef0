import BSON

/// What is stored of the documents of a round.
struct MongoStoredDocuments {
  private var byKey: [BSONValue: [UInt8]] = [:]
  private var byID: [String: [UInt8]] = [:]

  /// Reads from the primary what has the key or the identifier of one of the documents.
  init(
    of documents: [EncodedDocument], uniqueField: FieldPath?, in collection: String, _ client: MongoClient
  ) throws {
    var conditions: [BSONValue] = [["_id": ["$in": .array(documents.map { .string($0.id) })]]]
    let keys = documents.compactMap(\.key)
    if let uniqueField, !keys.isEmpty { conditions.append(.document([uniqueField.path: ["$in": .array(keys)]])) }
    try client.find(["$or": .array(conditions)], in: collection) { bytes in
      let copy = Array(bytes)
      if case .string(let id) = value(of: .id, in: bytes) { byID[id] = copy }
      guard let uniqueField, let key = value(of: uniqueField, in: bytes).map(normalized) else { return }
      // Without a unique index there may be several; it is the first one in the order of identifiers.
      if let known = byKey[key], !isOrdered(copy, before: known) { return }
      byKey[key] = copy
    }
  }

  /// The stored document of the same key, else of the same identifier.
  func match(for document: EncodedDocument) -> [UInt8]? {
    document.key.flatMap { byKey[normalized($0)] } ?? byID[document.id]
  }

  private func isOrdered(_ left: [UInt8], before right: [UInt8]) -> Bool {
    guard case .string(let left) = value(of: .id, in: left), case .string(let right) = value(of: .id, in: right) else {
      return false
    }
    return left.utf8.lexicographicallyPrecedes(right.utf8)
  }
}

/// The server finds a number whatever type it is stored as.
private func normalized(_ key: BSONValue) -> BSONValue {
  key.integer.map { .int64(Int64($0)) } ?? key
}
