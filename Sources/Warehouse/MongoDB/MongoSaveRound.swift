import BSON

/// One round of a save: read, decide, write.
///
/// Another writer may come between the reading and the writing. What it stores is never overwritten unseen:
/// - A new document is inserted, not put in the place of one; if its identifier or unique field is there meanwhile, the
///   insertion fails, and the next round reads and decides on what is there.
/// - A replacement is made only if the whole stored document still is the one that was decided on. The server compares
///   them in the same atomic step. (For a document so large that it and its successor do not fit in one command, only
///   what is small in it is compared, and its size.)
///
/// What the server does not confirm (the connection broke, or a replacement found another document) is looked at in the
/// next round: if the very bytes that were written are there, it was done, and its outcome is reported. So every
/// document is stored once, and counted once, however often the connection breaks.
///
/// What is in memory is bounded: of the new documents by whoever makes the round, of the stored ones by
/// ``MongoStoredDocuments/maximumBytes``, of what is written by ``maximumWriteBytes``, each plus one document. Where it
/// would be more, the round ends without outcomes for some: they go to a later one.
struct MongoSaveRound: Sendable {
  private struct Write {
    let index: Int
    let write: MongoWrite
    let bytes: [UInt8]
    let outcome: SaveOutcome
    var isInsertion: Bool { if case .insert = write { true } else { false } }
    /// What is in memory beside the new and the stored document.
    var replacementBytes: Int {
      if case .replace(let filter, let document) = write { filter.count + document.count } else { 0 }
    }
  }

  /// The bytes of replacements, and of what the server compares with stored documents, after which a round writes what
  /// it has decided on.
  private static let maximumWriteBytes = 32 << 20

  private(set) var tasks: [MongoSaveTask]
  /// How much of the stored documents was read; nil if the server did not answer.
  private(set) var reading: Reading?
  private let uniqueField: FieldPath?
  private let collection: String
  private let address: MongoAddress

  init(tasks: [MongoSaveTask], uniqueField: FieldPath?, collection: String, address: MongoAddress) {
    (self.tasks, self.uniqueField, self.collection, self.address) = (tasks, uniqueField, collection, address)
  }

  /// How much a round has read of what is stored of its documents.
  enum Reading: Sendable {
    case all(bytes: Int)
    /// It was more than may be in memory, so that nothing was decided: fewer documents must be in a round.
    case cutOff
  }

  /// - Returns: what kept the server from answering, if it did not.
  mutating func run(_ client: MongoClient) throws -> MongoFailure? {
    let limits: ServerLimits
    let stored: MongoStoredDocuments
    do {
      limits = try client.limits()
      stored = try MongoStoredDocuments(
        of: tasks.map(\.request.document), uniqueField: uniqueField, in: collection, client)
    } catch let failure as MongoFailure {
      return failure
    }
    reading = stored.isCutOff ? .cutOff : .all(bytes: stored.bytes)
    if stored.isCutOff { return nil }
    var decided: [Write] = []
    var bytes = 0
    for index in tasks.indices where bytes <= Self.maximumWriteBytes {
      guard let write = try write(of: index, over: stored, limits) else { continue }
      bytes += write.replacementBytes
      decided.append(write)
    }
    // Writes of a kind side by side go in one command.
    let writes = decided.filter(\.isInsertion) + decided.filter { !$0.isInsertion }
    guard !writes.isEmpty else { return nil }
    let result = try client.bulk(writes.map(\.write), ordered: false, in: collection)
    record(result, of: writes)
    return result.failure ?? result.writeConcernFailure
  }

  // MARK: - Deciding

  private mutating func write(
    of index: Int, over documents: MongoStoredDocuments, _ limits: ServerLimits
  ) throws -> Write? {
    let document = tasks[index].request.document
    guard let stored = documents.match(for: document) else {
      return try checked(
        Write(index: index, write: .insert(document.bytes), bytes: document.bytes, outcome: .inserted), limits)
    }
    if let attempt = tasks[index].attempt, attempt.bytes == stored {
      tasks[index].outcome = attempt.outcome
      return nil
    }
    switch stored.withUnsafeBytes({ tasks[index].request.decide($0) }) {
    case .keep(let outcome):
      tasks[index].outcome = outcome
      return nil
    case .replace(let bytes, let outcome):
      let filter = try MongoGuard(stored, replacement: bytes, limits).bson.bytes()
      return try checked(
        Write(index: index, write: .replace(filter: filter, by: bytes), bytes: bytes, outcome: outcome), limits)
    }
  }

  private mutating func checked(_ write: Write, _ limits: ServerLimits) throws -> Write? {
    guard write.bytes.count > limits.documentBytes else { return write }
    tasks[write.index].outcome = .failed(
      .documentTooLarge(
        collection: collection, document: tasks[write.index].request.document.label, bytes: write.bytes.count,
        limit: limits.documentBytes))
    return nil
  }

  // MARK: - What is answered

  private mutating func record(_ result: MongoBulkResult, of writes: [Write]) {
    var insertions: [Write] = []
    var replacements: [Write] = []
    for (place, write) in writes.enumerated() {
      guard let failure = result.failures[place] else {
        if write.isInsertion { insertions.append(write) } else { replacements.append(write) }
        continue
      }
      if failure.kind == .duplicateKey {
        tasks[write.index].race(failure.message)
      } else {
        tasks[write.index].outcome = .failed(
          failure.error(address: address, operation: "storing \(tasks[write.index].request.document.label)"))
      }
    }
    // A count that is not full does not say which ones it leaves out.
    finish(insertions, isConfirmed: result.inserted == insertions.count, result)
    finish(replacements, isConfirmed: result.matched == replacements.count, result)
  }

  private mutating func finish(_ writes: [Write], isConfirmed: Bool, _ result: MongoBulkResult) {
    for write in writes {
      if isConfirmed, result.writeConcernFailure == nil {
        tasks[write.index].outcome = write.outcome
      } else {
        tasks[write.index].attempt = (write.bytes, write.outcome)
        if result.failure == nil { tasks[write.index].race("it was changed meanwhile") }
      }
    }
  }
}
