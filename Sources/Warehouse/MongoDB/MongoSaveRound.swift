import Domain

/// One round of a save.
struct MongoSaveRound<D: Document> {
  let client: MongoClient
  let collection: String

  private struct Write {
    let index: Int
    let upsert: MongoUpsert
    /// The outcome if the server confirms the write; nil for a new document, of which the server says what it was.
    let outcome: SaveOutcome?
  }

  func save(_ documents: [D]) throws -> [MongoSaveResult] {
    let stored = try StoredDocuments<D>(of: documents, in: collection, client: client)
    var results: [Int: MongoSaveResult] = [:]
    var writes: [Write] = []
    for (index, document) in documents.enumerated() {
      do {
        if let write = try write(of: document, over: stored.match(for: document), index: index) {
          writes.append(write)
        } else {
          results[index] = .done(.unchanged)
        }
      } catch let error as WarehouseError {
        results[index] = .done(.failed(error))
      }
    }
    if !writes.isEmpty {
      let answer = try client.bulk(writes.map(\.upsert), in: collection)
      for (place, write) in writes.enumerated() { results[write.index] = result(of: write, at: place, answer) }
    }
    return documents.indices.compactMap { results[$0] }
  }

  private func write(of document: D, over stored: StoredBSON<D>?, index: Int) throws -> Write? {
    guard let stored else {
      let key: BSONDocument =
        document.uniqueKey.map { [$0.field: ["$eq": .string($0.value)]] } ?? ["_id": .string(document.id.uuidString)]
      let encoded = try encode(document, collection: collection)
      return Write(index: index, upsert: MongoUpsert(filter: key, update: .insert(encoded)), outcome: nil)
    }
    switch stored.reconciliation(with: document) {
    case .keep: return nil
    case .refresh(let merged): return try replacement(of: stored, by: merged, index: index, outcome: .unchanged)
    case .replace(let merged): return try replacement(of: stored, by: merged, index: index, outcome: .updated)
    }
  }

  private func replacement(
    of stored: StoredBSON<D>, by document: D, index: Int, outcome: SaveOutcome
  ) throws -> Write {
    var encoded = try encode(document, collection: collection)
    // The identifier as it is stored, whatever another program has written: upper-case digits, say.
    let id = stored.document["_id"] ?? .string(document.id.uuidString)
    encoded["_id"] = id
    let upsert = MongoUpsert(filter: ["_id": id], update: .replace(encoded))
    return Write(index: index, upsert: upsert, outcome: outcome)
  }

  private func result(of write: Write, at place: Int, _ answer: MongoBulkResult) -> MongoSaveResult {
    if let failure = answer.failures[place] {
      return failure.code == MongoFailure.duplicateKey
        ? .raced(reason: failure.message) : .failed(reason: failure.message)
    }
    if let outcome = write.outcome { return .done(outcome) }
    // A new document that the server did not make was there already: it must be compared.
    return answer.inserted.contains(place) ? .done(.inserted) : .raced(reason: "it was stored meanwhile")
  }
}
