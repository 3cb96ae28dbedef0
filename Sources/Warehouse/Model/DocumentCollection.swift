import BSON
public import Domain

/// The documents of one type under one name.
///
/// It is a value and may be copied freely; the collection and its indexes are made when it is first used.
public struct DocumentCollection<D: Document>: Sendable {
  /// The name.
  public let name: String
  let store: PreparedStore
  /// That of the type, which is asked for with every document.
  let uniqueField: FieldPath?

  init(name: String, store: PreparedStore) {
    self.name = name
    self.store = store
    uniqueField = D.uniqueField
  }

  /// The documents that the filter means, read as they are asked for.
  ///
  /// - Parameters:
  ///   - order: what they are ordered by; by identifier if nothing is said, and among equal ones.
  ///   - limit: at most so many.
  public func find(
    _ filter: Filter<D> = .all, sortedBy order: Order<D>..., limit: Int? = nil
  ) -> DocumentSequence<D> {
    documents(query(filter, order, limit: limit))
  }

  /// Parts of the documents that the filter means, read as they are asked for.
  ///
  /// - Parameters: See ``find(_:sortedBy:limit:)``.
  public func find<View: Projection>(
    as type: View.Type, _ filter: Filter<D> = .all, sortedBy order: Order<D>..., limit: Int? = nil
  ) -> DocumentSequence<View> where View.D == D {
    var query = query(filter, order, limit: limit)
    query.fields = View.fields.map(\.path)
    return documents(query)
  }

  /// The first document that the filter means.
  ///
  /// - Throws: ``WarehouseError/unreadable(_:)`` when that document is not what it should be.
  public func first(_ filter: Filter<D>, sortedBy order: Order<D>...) async throws -> D? {
    try await documents(query(filter, order, limit: 1)).first { _ in true }
  }

  /// The document of an identifier.
  ///
  /// - Throws: ``WarehouseError/unreadable(_:)`` when it is not what it should be.
  public func document(_ id: Identifier) async throws -> D? {
    try await first(.id == id)
  }

  /// All documents that the filter means, in memory.
  ///
  /// - Throws: ``WarehouseError/unreadable(_:)`` when one is not what it should be.
  public func all(_ filter: Filter<D> = .all, sortedBy order: Order<D>...) async throws -> [D] {
    try await documents(query(filter, order)).reduce(into: []) { $0.append($1) }
  }

  /// How many documents the filter means.
  public func count(_ filter: Filter<D> = .all) async throws -> Int {
    try await driver(for: .reading).count(filter.condition, in: name)
  }

  /// The different values of a field, in order; a document without the field has none.
  public func distinct<Value: FilterComparable & Decodable & Comparable & Hashable>(
    _ field: Field<D, Value>, _ filter: Filter<D> = .all
  ) async throws -> [Value] {
    try await counts(by: field, filter).keys.compactMap(\.self).sorted()
  }

  /// How many documents have each value of a field; under nil those that have none.
  ///
  /// - Throws: `DecodingError` when a stored value is not one of the type.
  public func counts<Value: FilterComparable & Decodable & Hashable>(
    by field: Field<D, Value>, _ filter: Filter<D> = .all
  ) async throws -> [Value?: Int] {
    let decoder = BSONDecoder()
    var counts: [Value?: Int] = [:]
    for group in try await driver(for: .reading).groupCounts(by: field.erased, where: filter.condition, in: name) {
      let value = group.value == .null ? nil : try decoder.decode(Value.self, from: group.value)
      counts[value, default: 0] += group.count
    }
    return counts
  }

  /// Deletes the documents that the filter means.
  ///
  /// - Returns: how many there were.
  @discardableResult
  public func delete(_ filter: Filter<D>) async throws -> Int {
    try await driver(for: .writing).delete(filter.condition, in: name)
  }

  /// Changes all documents that the filter means, on the store's side.
  ///
  /// Every single document is changed atomically. An update whose connection broke may be repeated only if repeating it
  /// does no harm: setting does none, incrementing and appending do.
  @discardableResult
  public func update(_ filter: Filter<D>, _ changes: Update<D>...) async throws -> UpdateOutcome {
    try await driver(for: .writing).update(filter.condition, checked(changes), in: name)
  }

  /// Changes the first document that the filter means, and gives it as it is then; nil if there is none.
  ///
  /// One atomic step: of several workers that claim a document so, one gets it.
  ///
  /// - Throws: ``WarehouseError/unreadable(_:)`` when the changed document is not what it should be;
  ///   ``WarehouseError/invalidUpdate(collection:document:reason:)``.
  public func updateFirst(
    _ filter: Filter<D>, sortedBy order: Order<D>..., changes: Update<D>...
  ) async throws -> D? {
    let changed = try await driver(for: .writing).updateFirst(
      query(filter, order, limit: 1), checked(changes))
    return try changed.map(decoded)
  }

  func driver(for use: CollectionUse) async throws -> any WarehouseDriver {
    try await store.prepared(for: D.self, name: name, use)
  }

  /// - Throws: ``WarehouseError/unreadable(_:)``.
  func decoded(_ bytes: [UInt8]) throws -> D {
    do {
      return try bytes.withUnsafeBytes { try StoredDocument<D>(bytes: $0, collection: name).decoded(as: D.self) }
    } catch let error as UnreadableDocumentError {
      throw WarehouseError.unreadable(error.document)
    }
  }

  private func query(_ filter: Filter<D>, _ order: [Order<D>], limit: Int? = nil) -> Query {
    Query(collection: name, condition: filter.condition, order: order.map(\.key), limit: limit.map { max(0, $0) })
  }

  /// The changes, none of which is one of the identifier: it is what a document is found by.
  private func checked(_ changes: [Update<D>]) throws(WarehouseError) -> [FieldChange] {
    let changes = changes.map(\.change)
    if let change = changes.first(where: { $0.path == "_id" || $0.path.hasPrefix("_id.") }) {
      throw .invalidUpdate(
        collection: name, document: "of the filter", reason: "\(change.path): an identifier never changes")
    }
    return changes
  }

  private func documents<Value: Decodable & Sendable>(_ query: Query) -> DocumentSequence<Value> {
    DocumentSequence(batches: DocumentBatches(of: self, query: query))
  }
}
