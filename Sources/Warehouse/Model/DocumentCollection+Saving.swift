import BSON
import Domain

extension DocumentCollection {
  /// Stores new documents, and changes none that are there.
  ///
  /// - Parameter ordered: whether a document that fails keeps those behind it from being tried.
  /// - Returns: what became of each, in order.
  /// - Throws: what stops the store from answering; a document that cannot be stored is an outcome instead.
  public func insert(_ documents: [D], ordered: Bool = false) async throws -> [InsertOutcome] {
    let driver = try await driver(for: .writing)
    var outcomes: [InsertOutcome] = []
    outcomes.reserveCapacity(documents.count)
    var hasStopped = false
    while let part = part(of: documents, from: outcomes.count) {
      try Task.checkCancellation()
      if hasStopped {
        outcomes += part.documents.map { _ in .skipped }
      } else if !part.documents.isEmpty {
        let inserted = try await driver.insert(part.documents, ordered: ordered, in: name)
        // Not only the last one: what broke off may have stored some behind one that failed.
        hasStopped = ordered && inserted.contains { $0 != .inserted }
        outcomes += inserted
      }
      if let failure = part.failure {
        outcomes.append(.failed(failure))
        hasStopped = ordered
      }
    }
    return outcomes
  }

  /// Stores a new document.
  ///
  /// - Throws: why it cannot be stored; ``WarehouseError/conflict(collection:document:reason:)`` when its identifier or
  ///   a unique field is there already.
  public func insert(_ document: D) async throws {
    if case .failed(let error) = try await insert([document])[0] { throw error }
  }

  /// Stores documents: each is matched with a stored one by the field of the unique index, else by identifier, and the
  /// stored one's identifier wins. ``Document/reconciled(with:)`` decides what becomes of a stored one.
  ///
  /// - Returns: what became of each, in order. A document that occurs twice is stored in the given order.
  /// - Throws: what stops the store from answering; a document that cannot be stored is an outcome instead.
  public func save(_ documents: [D]) async throws -> [SaveOutcome] {
    try await save(documents) { try $0.reconciled(with: $1) }
  }

  /// Stores a document; see ``save(_:)-([D])``.
  ///
  /// - Throws: also why it cannot be stored.
  @discardableResult
  public func save(_ document: D) async throws -> SaveOutcome {
    let outcome = try await save([document])[0]
    if case .failed(let error) = outcome { throw error }
    return outcome
  }

  /// Stores documents like ``save(_:)-([D])``, but replaces stored ones without asking whether they are different.
  public func upsert(_ documents: [D]) async throws -> [SaveOutcome] {
    try await save(documents) { document, stored in
      var merged = document
      merged.id = stored.id
      return .replace(merged)
    }
  }

  /// The stored document that the filter means, or `document` after storing it; atomic, also between processes, if the
  /// identifier or a unique index follows from what the filter compares (else two processes may both store theirs).
  ///
  /// Among several, one whose identifier is not that of `document` (an imported one) wins.
  public func findOrInsert(_ document: D, matching filter: Filter<D>) async throws -> D {
    let driver = try await driver(for: .writing)
    if let found = try await preferred(over: document, matching: filter) { return found }
    let encoded = try encoded(document)
    return try decoded(await driver.findOrInsert(encoded, matching: filter.condition, in: name))
  }

  /// The stored document that wins over a new one that means the same: an imported one, whose identifier is not the
  /// derived one, before one that was made here.
  func preferred(over document: D, matching filter: Filter<D>) async throws -> D? {
    var own: D?
    for try await batch in find(filter).batches {
      for stored in batch.documents {
        if stored.id != document.id { return stored }
        own = own ?? stored
      }
    }
    return own
  }

  private func save(
    _ documents: [D], reconcile: @Sendable @escaping (D, D) throws -> Reconciliation<D>
  ) async throws -> [SaveOutcome] {
    let driver = try await driver(for: .writing)
    var outcomes: [SaveOutcome] = []
    outcomes.reserveCapacity(documents.count)
    while let part = part(of: documents, from: outcomes.count) {
      try Task.checkCancellation()
      let requests = zip(part.documents, documents[outcomes.count...]).map { encoded, original in
        SaveRequest(document: encoded) { decision(on: $0, about: original, reconcile: reconcile) }
      }
      if !requests.isEmpty { outcomes += try await driver.save(requests, uniqueField: uniqueField, in: name) }
      if let failure = part.failure { outcomes.append(.failed(failure)) }
    }
    return outcomes
  }

  private func decision(
    on bytes: UnsafeRawBufferPointer, about document: D, reconcile: (D, D) throws -> Reconciliation<D>
  ) -> SaveDecision {
    let stored = StoredDocument<D>(bytes: bytes, collection: name)
    do {
      let reconciliation: Reconciliation<D>
      if let readable = try? stored.decoded(as: D.self) {
        reconciliation = try reconcile(document, readable)
      } else {
        // What cannot be read is replaced.
        var merged = document
        merged.id = Identifier(existing: stored.id)
        reconciliation = .replace(merged)
      }
      switch reconciliation {
      case .keep: return .keep(.unchanged)
      case .refresh(let merged): return .replace(try stored.replacement(by: encoded(merged)), .unchanged)
      case .replace(let merged): return .replace(try stored.replacement(by: encoded(merged)), .updated)
      }
    } catch let error as WarehouseError {
      return .keep(.failed(error))
    } catch {
      let id = document.id.uuidString
      return .keep(.failed(.unencodable(collection: name, document: id, reason: readableReason(of: error))))
    }
  }

  /// A document as it is stored.
  ///
  /// - Throws: ``WarehouseError/unencodable(collection:document:reason:)`` or
  ///   ``WarehouseError/documentTooLarge(collection:document:bytes:)``.
  func encoded(_ document: D) throws(WarehouseError) -> EncodedDocument {
    let bytes: [UInt8]
    do {
      bytes = try encodedBytes(of: document)
    } catch {
      throw .unencodable(
        collection: name, document: document.id.uuidString, reason: readableReason(of: error))
    }
    let id = document.id.uuidString
    var encoded = EncodedDocument(id: id, bytes: bytes)
    // An empty text is no key, as it is none in MongoDB's indexes of ours.
    switch uniqueField.flatMap({ value(of: $0, in: bytes) }) {
    case nil, .null: break
    case .string(let text) where text.isEmpty: break
    case let key?: encoded.key = key
    }
    guard !hasNUL(encoded.id), !hasNUL(encoded.label) else {
      // SQLite would compare what comes before it only.
      throw .unencodable(
        collection: name, document: encoded.label.debugDescription,
        reason: "a NUL character is in its identifier or unique field")
    }
    guard bytes.count <= Warehouse.maximumDocumentBytes else {
      throw .documentTooLarge(collection: name, document: encoded.label, bytes: bytes.count)
    }
    return encoded
  }
}

private func hasNUL(_ text: String) -> Bool {
  var text = text
  return text.withUTF8 { $0.contains(0) }
}
