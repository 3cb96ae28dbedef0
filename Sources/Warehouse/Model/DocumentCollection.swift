/// The documents of one type under one name.
public struct DocumentCollection<D: Document>: Sendable {
  /// The name.
  public let name: String
  let driver: any WarehouseDriver

  /// The documents that the filter means, ordered by identifier.
  public func find(_ filter: Filter<D> = .all) -> DocumentSequence<D> {
    DocumentSequence(batches: DocumentBatches(driver: driver, query: Query(collection: name, filter: filter)))
  }

  /// The first document, by identifier, that the filter means.
  ///
  /// - Throws: ``WarehouseError/unreadable(_:)`` when that document is not what it should be.
  public func first(_ filter: Filter<D>) async throws -> D? {
    var query = Query(collection: name, filter: filter)
    query.limit = 1
    let batch = try await driver.batch(query, as: D.self, fields: nil)
    if let unreadable = batch.unreadable.first { throw WarehouseError.unreadable(unreadable) }
    return batch.documents.first
  }

  /// All documents that the filter means, in memory.
  ///
  /// - Throws: ``WarehouseError/unreadable(_:)`` when one is not what it should be.
  public func all(_ filter: Filter<D> = .all) async throws -> [D] {
    var documents: [D] = []
    for try await document in find(filter) { documents.append(document) }
    return documents
  }

  /// Stores documents: each is matched with a stored one by its unique key, else by identifier, and the stored one's
  /// identifier wins.
  ///
  /// - Returns: what became of each, in order. A document that occurs twice is stored in the given order.
  /// - Throws: what stops the store from answering; a document that cannot be stored is an outcome instead.
  public func save(_ documents: [D]) async throws -> [SaveOutcome] {
    documents.isEmpty ? [] : try await driver.save(documents, in: name)
  }

  /// The stored document that the filter means, or `document` after storing it; atomic, also between processes.
  ///
  /// Among several, one whose identifier is not that of `document` (an imported one) wins.
  public func findOrInsert(_ document: D, matching filter: Filter<D>) async throws -> D {
    try await driver.findOrInsert(document, matching: filter, in: name)
  }

  /// Deletes the documents that the filter means.
  ///
  /// - Returns: how many there were.
  public func delete(_ filter: Filter<D>) async throws -> Int {
    try await driver.delete(filter, in: name)
  }

  /// How many documents the filter means.
  public func count(_ filter: Filter<D> = .all) async throws -> Int {
    try await driver.count(filter, in: name)
  }

  /// Chosen fields of all documents that the filter means and that have them as they should be.
  func project<View: Decodable & Sendable>(
    _ type: View.Type, fields: [String], where filter: Filter<D>
  ) async throws -> [View] {
    var query: Query<D>? = Query(collection: name, filter: filter)
    query?.limit = 1000
    var views: [View] = []
    while let current = query {
      let batch = try await driver.batch(current, as: View.self, fields: fields)
      views += batch.documents
      query = batch.last.map { current.after($0) }
    }
    return views
  }
}
