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
