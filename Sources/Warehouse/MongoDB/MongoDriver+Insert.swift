extension MongoDriver {
  func insert(
    _ documents: [EncodedDocument], ordered: Bool, in collection: String
  ) async throws -> [InsertOutcome] {
    guard !documents.isEmpty else { return [] }
    let operation = "storing \(collection)"
    let context = MongoInsertion.Context(
      collection: collection, operation: operation, isOrdered: ordered, address: pool.address,
      readsMajority: pool.waitsForMajority)
    return try await pool.withClient(operation, isWrite: true) { client in
      var insertion = MongoInsertion(documents, context)
      return try insertion.run(client)
    }
  }
}
