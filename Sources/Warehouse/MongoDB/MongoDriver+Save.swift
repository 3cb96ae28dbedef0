import Domain

extension MongoDriver {
  /// How often a document is tried that another writer stores at the same time. Each time one of them gets through.
  private static var maximumAttempts: Int { 8 }
  /// Documents per round trip; libmongoc splits what is larger than the server takes.
  private static var roundSize: Int { 100 }

  /// Stores some at a time, in rounds. A round reads what is stored, decides, and writes in one bulk; it holds at most one document of
  /// each link and identifier, so that the order of equal ones is kept. What another writer stored in between goes to
  /// the next round, which sees it.
  func save<D: Document>(_ documents: [D], in collection: String) async throws -> [SaveOutcome] {
    var outcomes: [SaveOutcome] = []
    for first in stride(from: 0, to: documents.count, by: Self.roundSize) {
      let part = Array(documents[first..<min(first + Self.roundSize, documents.count)])
      outcomes += try await savePart(part, in: collection)
    }
    return outcomes
  }

  private func savePart<D: Document>(_ documents: [D], in collection: String) async throws -> [SaveOutcome] {
    var outcomes: [Int: SaveOutcome] = [:]
    var attempts: [Int: Int] = [:]
    var pending = Array(documents.indices)
    while !pending.isEmpty {
      let round = firstOfEach(pending, documents)
      let chosen = round.map { documents[$0] }
      let results = try await pool.withClient("storing \(collection)") { client in
        try MongoSaveRound<D>(client: client, collection: collection).save(chosen)
      }
      for (index, result) in zip(round, results) {
        attempts[index, default: 0] += 1
        switch result {
        case .done(let outcome): outcomes[index] = outcome
        case .failed(let reason):
          outcomes[index] = .failed(
            .serverRefused(location: pool.location, operation: "storing \(documents[index].label)", reason: reason))
        case .raced(let reason) where attempts[index, default: 0] >= Self.maximumAttempts:
          outcomes[index] = .failed(
            .conflict(collection: collection, document: documents[index].label, reason: reason))
        case .raced: break
        }
      }
      pending.removeAll { outcomes[$0] != nil }
    }
    return documents.indices.compactMap { outcomes[$0] }
  }

  private func firstOfEach<D: Document>(_ pending: [Int], _ documents: [D]) -> [Int] {
    var keys: Set<UniqueKey> = []
    var ids: Set<Identifier> = []
    var round: [Int] = []
    for index in pending {
      let document = documents[index]
      let isFirst = ids.insert(document.id).inserted
      let isFirstKey = document.uniqueKey.map { keys.insert($0).inserted } ?? true
      if isFirst, isFirstKey { round.append(index) }
    }
    return round
  }
}

/// What became of one document in one round.
enum MongoSaveResult: Sendable {
  case done(SaveOutcome)
  /// Another writer was faster: try again.
  case raced(reason: String)
  /// The server refuses this document.
  case failed(reason: String)
}

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
    case .refresh(let merged): return try replacement(merged, index: index, outcome: .unchanged)
    case .replace(let merged): return try replacement(merged, index: index, outcome: .updated)
    }
  }

  private func replacement(_ document: D, index: Int, outcome: SaveOutcome) throws -> Write {
    let encoded = try encode(document, collection: collection)
    let upsert = MongoUpsert(filter: ["_id": .string(document.id.uuidString)], update: .replace(encoded))
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

/// What is stored of the documents of a round.
private struct StoredDocuments<D: Document> {
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
