import Domain

extension MongoDriver {
  /// Connects, makes sure that the server answers, and makes the indexes.
  static func open(_ url: String, options: WarehouseOptions) async throws -> MongoDriver {
    let opening = BlockingExecutor(label: "twin.warehouse.open", threads: 1)
    let driver = MongoDriver(pool: try await opening.run { try MongoClientPool(url: url, options: options) })
    try await driver.prepare(User.self)
    try await driver.prepare(RawDocument.self)
    return driver
  }

  private func prepare<D: Document>(_ type: D.Type) async throws {
    for collection in D.collections {
      let command: BSONDocument = [
        "createIndexes": .string(collection), "indexes": .array(D.indexes.map { .document($0.bson) }),
      ]
      try await pool.withClient("making the indexes of \(collection)") { client in
        do {
          try client.write(command)
        } catch let failure as MongoFailure where failure.isDuplicateKey {
          throw WarehouseError.duplicates(location: pool.location, collection: collection, reason: failure.message)
        }
        try requireStringIdentifiers(in: collection, client)
      }
    }
  }

  /// Documents are read in the order of their identifiers, which only works among those of one type: an `_id` that is no
  /// string would be passed over in silence. The server orders types, so that the first and the last one tell.
  private func requireStringIdentifiers(in collection: String, _ client: MongoClient) throws {
    for order in [1, -1] as [BSONValue] {
      let options: BSONDocument = ["sort": ["_id": order], "limit": .int64(1), "projection": ["_id": 1]]
      guard let id = try client.find([:], in: collection, options: options).first?["_id"] else { return }
      if case .string = id { continue }
      let text = (try? BSONValueDecoder(value: id, codingPath: [], context: [:]).decode(String.self)) ?? "of its own"
      throw WarehouseError.unreadable(
        UnreadableDocument(
          collection: collection, id: Identifier(existing: text),
          reason:
            "its _id is of type \(id.typeName) instead of a string. Write the collection out with mongoexport and "
            + "import the file into another database"))
    }
  }
}

extension Index {
  /// The index as `createIndexes` takes it.
  fileprivate var bson: BSONDocument {
    let name = "twin_" + fields.joined(separator: "_")
    var document: BSONDocument = [
      "key": .document(BSONDocument(fields.map { .init(key: $0, value: 1) })), "name": .string(name),
    ]
    if isUnique {
      document["unique"] = true
      // Documents without the field are not compared. `$gt` means strings only, and the query planner sees that a
      // query for a string is within it, which it does not for `$type`.
      document["partialFilterExpression"] = .document(BSONDocument(fields.map { .init(key: $0, value: ["$gt": ""]) }))
    }
    return document
  }
}
