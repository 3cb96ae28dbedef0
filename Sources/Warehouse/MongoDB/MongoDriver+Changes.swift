import BSON

extension MongoDriver {
  /// How often something that may be repeated is tried.
  static var maximumAttempts: Int { 3 }

  func update(
    _ condition: FilterCondition, _ changes: [FieldChange], in collection: String
  ) async throws -> UpdateOutcome {
    let update = try MongoUpdate(changes)
    guard !update.isEmpty else {
      return UpdateOutcome(matched: try await count(condition, in: collection), modified: 0)
    }
    let (filter, operators) = (condition.bson, update.bson)
    return try await pool.withClient("changing \(collection)", isWrite: true, isLong: true) {
      try $0.updateMany(filter, operators, in: collection)
    }
  }

  func updateFirst(_ query: Query, _ changes: [FieldChange]) async throws -> [UInt8]? {
    let update = try MongoUpdate(changes)
    let (filter, sort, operators) = (query.condition.bson, query.sort, update.bson)
    return try await pool.withClient("changing a document of \(query.collection)", isWrite: true, isLong: true) {
      client in
      if update.isEmpty { return try client.first(filter, in: query.collection, sort: sort) }
      return try client.findAndUpdate(
        filter, sort: sort, update: operators, isUpsert: false, in: query.collection)
    }
  }

  func delete(_ condition: FilterCondition, in collection: String) async throws -> Int {
    let filter = condition.bson
    return try await pool.withClient("deleting from \(collection)", isWrite: true, isLong: true) {
      try $0.deleteMany(filter, in: collection)
    }
  }

  /// One `findAndModify` that inserts.
  ///
  /// The filter has two alternatives. So the document's identifier counts too, and the server does not add what the
  /// condition says of fields to the document that it makes, which it does for a condition that stands alone.
  ///
  /// Two processes that come at once both find nothing. Then the second insertion breaks a unique index, at least that
  /// of `_id`, and what the first one has stored is read.
  func findOrInsert(
    _ document: EncodedDocument, matching condition: FilterCondition, in collection: String
  ) async throws -> [UInt8] {
    let filter: BSONDocument = ["$or": [.document(condition.bson), ["_id": ["$eq": .string(document.id)]]]]
    return try await pool.withClient("storing \(document.label) in \(collection)") { [pool] client in
      let limit = try client.limits().documentBytes
      guard document.bytes.count <= limit else {
        throw WarehouseError.documentTooLarge(
          collection: collection, document: document.label, bytes: document.bytes.count, limit: limit)
      }
      let content = try BSONDocument(bytes: document.bytes)
      var lastFailure: MongoFailure?
      for _ in 0..<Self.maximumRaces {
        do {
          let found = try Self.withRetries {
            try insertUnlessFound(filter, content, document, in: collection, client)
          }
          if let found { return found }
        } catch let failure as MongoFailure where failure.kind == .duplicateKey {
          if let found = try client.first(filter, in: collection, sort: ["_id": 1]) { return found }
          lastFailure = failure
        }
      }
      throw WarehouseError.conflict(
        collection: collection, document: document.label,
        reason: pool.address.redacted(lastFailure?.message ?? "it was deleted while it was being stored"))
    }
  }

  /// Repeats what may be repeated while the server may still answer.
  private static func withRetries<Value>(_ body: () throws -> Value) throws -> Value {
    for _ in 1..<maximumAttempts {
      do { return try body() } catch let failure as MongoFailure where failure.isTransient { continue }
    }
    return try body()
  }

  /// How often a document is tried that another writer stores at the same time. Each time one of them gets through.
  static var maximumRaces: Int { 32 }

  private func insertUnlessFound(
    _ filter: BSONDocument, _ content: BSONDocument, _ document: EncodedDocument, in collection: String,
    _ client: MongoClient
  ) throws -> [UInt8]? {
    // An operator reads names with dots as paths: such a document is inserted as it is.
    guard content.elements.contains(where: { $0.key.isEmpty || $0.key.hasPrefix("$") || $0.key.contains(".") }) else {
      return try client.findAndUpdate(
        filter, sort: ["_id": 1], update: ["$setOnInsert": .document(content)], isUpsert: true, in: collection)
    }
    if let found = try client.first(filter, in: collection, sort: ["_id": 1]) { return found }
    let result = try client.bulk([.insert(document.bytes)], ordered: true, in: collection)
    if let failure = result.failures[0] ?? result.failure { throw failure }
    return document.bytes
  }
}
