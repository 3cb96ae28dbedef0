import Domain

/// What is stored of the documents of a round.
struct StoredDocuments<D: Document> {
  private var byKey: [String: StoredBSON<D>] = [:]
  private var byID: [String: StoredBSON<D>] = [:]

  init(of documents: [D], in collection: String, client: MongoClient) throws {
    var conditions: [BSONValue] = [["_id": ["$in": .array(documents.map { .string($0.id.uuidString) })]]]
    let keys = documents.compactMap(\.uniqueKey)
    if let field = keys.first?.field {
      conditions.append(.document([field: ["$in": .array(keys.map { .string($0.value) })]]))
    }
    for found in try client.find(["$or": .array(conditions)], in: collection, options: ["sort": ["_id": 1]]) {
      let stored = StoredBSON<D>(document: found, collection: collection)
      byID[stored.id] = stored
      if let field = keys.first?.field, case .string(let value) = found[field], byKey[value] == nil {
        byKey[value] = stored
      }
    }
  }

  /// The stored document of the same unique key, else of the same identifier.
  func match(for document: D) -> StoredBSON<D>? {
    document.uniqueKey.flatMap { byKey[$0.value] } ?? byID[document.id.uuidString]
  }
}
