import BSON

/// The insertion of some documents, with what became of each.
///
/// Documents are sent in commands that the server's limits allow, one after the other. When the connection breaks,
/// libmongoc sends the command once more under the same transaction number, which a replica set answers from memory. When
/// that fails too, or the deployment has no such numbers, it is not known what the command has done: this type then sends
/// it again, as a new command. Why nothing is lost and nothing doubled by that:
/// - `_id` is unique, so that a document is stored at most once, however often it is sent, and whatever a command does
///   that is still on its way when its successor comes.
/// - The new command's answer says of each document either that it was stored just now, or that its `_id` is there. That
///   may be the work of the lost command: if what is stored has the very same bytes, then it is, or is as good, and the
///   document counts as inserted. The answer came with the write concern, which covers all that was stored before it, so
///   that what is found there is as durable as what was stored just now.
/// - If other bytes are stored, nobody can tell whether ours were there and have been changed, or never were: this is
///   reported as unconfirmed. So is every document of a command that got no answer in ``maximumAttempts`` attempts,
///   unless it is found with its bytes by a last look at what a majority has.
/// - A document that was never part of a lost command, and whose `_id` or unique field is there, failed: nothing of it
///   was stored.
struct MongoInsertion {
  struct Context: Sendable {
    let collection: String
    let operation: String
    let isOrdered: Bool
    let address: MongoAddress
    /// Whether the write concern is a majority, so that what is stored can be read from there.
    let readsMajority: Bool
  }

  /// How often a command is sent; libmongoc sends each twice.
  private static let maximumAttempts = 3

  private let documents: [EncodedDocument]
  private let context: Context
  private var outcomes: [InsertOutcome?]
  /// Documents of commands that got no answer.
  private var unconfirmed: Set<Int> = []

  init(_ documents: [EncodedDocument], _ context: Context) {
    (self.documents, self.context) = (documents, context)
    outcomes = Array(repeating: nil, count: documents.count)
  }

  /// - Throws: ``MongoFailure`` when the server did not get anything; otherwise everything is an outcome.
  mutating func run(_ client: MongoClient) throws -> [InsertOutcome] {
    let limits = try client.limits()
    refuseTooLarge(limits)
    var attempts = 0
    while case let part = nextPart(limits), !part.isEmpty {
      let result = try client.bulk(
        part.map { .insert(documents[$0].bytes) }, ordered: context.isOrdered, in: context.collection)
      if isComplete(result, count: part.count) {
        attempts = 0
        try record(result, of: part, client)
        continue
      }
      let failure = result.failure ?? .cutOff
      if failure.isTransient && !failure.isUntouched || result.inserted > 0 { unconfirmed.formUnion(part) }
      attempts += 1
      if !failure.isTransient || attempts == Self.maximumAttempts { try giveUp(failure, client) }
    }
    return outcomes.compactMap(\.self)
  }

  // MARK: - What is sent

  /// Without an order, a document that no server takes keeps none of the others from being stored. In an order those
  /// behind it are not tried.
  private mutating func refuseTooLarge(_ limits: ServerLimits) {
    for (index, document) in documents.enumerated() where document.bytes.count > limits.documentBytes {
      fail(
        index,
        .documentTooLarge(
          collection: context.collection, document: document.label, bytes: document.bytes.count,
          limit: limits.documentBytes))
      if context.isOrdered { return }
    }
  }

  /// The first documents without an outcome that fit in one command.
  private func nextPart(_ limits: ServerLimits) -> [Int] {
    var part: [Int] = []
    var bytes = 0
    for index in documents.indices where outcomes[index] == nil {
      bytes += documents[index].bytes.count
      if !part.isEmpty, part.count == limits.batchCount || bytes > limits.batchBytes { break }
      part.append(index)
    }
    return part
  }

  // MARK: - What is answered

  /// Whether the answer says of each document what became of it.
  private func isComplete(_ result: MongoBulkResult, count: Int) -> Bool {
    if result.failure != nil { return false }
    if context.isOrdered, let first = result.failures.keys.min() { return result.inserted == first }
    return result.inserted + result.failures.count == count
  }

  private mutating func record(_ result: MongoBulkResult, of part: [Int], _ client: MongoClient) throws {
    let firstFailure = context.isOrdered ? result.failures.keys.min() ?? part.count : part.count
    var present: [Int] = []
    for (place, index) in part.enumerated() where place <= firstFailure {
      guard let failure = result.failures[place] else {
        if place < firstFailure { succeed(index, result.writeConcernFailure) }
        continue
      }
      if failure.kind == .duplicateKey, unconfirmed.contains(index) {
        present.append(index)
      } else {
        fail(index, error(failure, of: documents[index]))
      }
    }
    guard !present.isEmpty else { return }
    try resolve(present, of: part, result.writeConcernFailure, client)
  }

  /// Decides on documents that a lost command may have stored.
  private mutating func resolve(
    _ present: [Int], of part: [Int], _ writeConcernFailure: MongoFailure?, _ client: MongoClient
  ) throws {
    // In an order the answer ends at the first of them, so the others are looked up with it, not one by one.
    let candidates = context.isOrdered ? part.filter { outcomes[$0] == nil } : present
    let stored: Set<Int>
    do {
      stored = try storedAsSent(candidates, client)
    } catch let failure as MongoFailure {
      for index in present { fail(index, unconfirmed(index, failure.message)) }
      return
    }
    for index in present where !stored.contains(index) {
      fail(index, unconfirmed(index, "another document of its identifier or unique field is stored"))
    }
    // Also those behind one that failed, if they were stored with it. What is not there is sent with the next part.
    for index in stored.sorted() {
      outcomes[index] = nil
      succeed(index, writeConcernFailure)
    }
  }

  /// Which of the documents are stored with the bytes that were sent. Of several with one identifier it is the first.
  private func storedAsSent(_ indices: [Int], _ client: MongoClient) throws -> Set<Int> {
    let inserted = Set(documents.indices.lazy.filter { outcomes[$0] == .inserted }.map { documents[$0].id })
    var byID: [String: Int] = [:]
    for index in indices where !inserted.contains(documents[index].id) && byID[documents[index].id] == nil {
      byID[documents[index].id] = index
    }
    guard !byID.isEmpty else { return [] }
    var options: BSONDocument = [:]
    if context.readsMajority { options["readConcern"] = ["level": "majority"] }
    var stored: Set<Int> = []
    let filter: BSONDocument = ["_id": ["$in": .array(byID.keys.map { .string($0) })]]
    try client.find(filter, in: context.collection, options: options) { bytes in
      guard case .string(let id) = value(of: .id, in: bytes), let index = byID[id] else { return }
      if bytes.elementsEqual(documents[index].bytes) { stored.insert(index) }
    }
    return stored
  }

  /// Says of all documents that have no outcome yet what is known of them.
  ///
  /// - Throws: `failure` if nothing was sent, and so nothing is there to be told.
  private mutating func giveUp(_ failure: MongoFailure, _ client: MongoClient) throws {
    let rest = documents.indices.filter { outcomes[$0] == nil }
    let sent = rest.filter(unconfirmed.contains)
    if rest.count == documents.count, sent.isEmpty { throw failure }
    let stored = sent.isEmpty ? [] : (try? storedAsSent(sent, client)) ?? []
    for index in rest {
      outcomes[index] =
        if stored.contains(index) {
          .inserted
        } else if sent.contains(index) {
          .failed(unconfirmed(index, failure.message))
        } else if context.isOrdered, index != rest[0] {
          .skipped
        } else {
          // It was not sent, or the server says that it does not take such a command.
          .failed(failure.error(address: context.address, operation: context.operation))
        }
    }
  }

  // MARK: - Outcomes

  private mutating func succeed(_ index: Int, _ writeConcernFailure: MongoFailure?) {
    if let writeConcernFailure {
      fail(index, unconfirmed(index, "its replicas did not confirm it: \(writeConcernFailure.message)"))
    } else if outcomes[index] == nil {
      outcomes[index] = .inserted
    }
  }

  /// In an order, what is behind a document that failed is not tried.
  private mutating func fail(_ index: Int, _ error: WarehouseError) {
    outcomes[index] = .failed(error)
    guard context.isOrdered else { return }
    for later in documents.indices where later > index { outcomes[later] = .skipped }
  }

  private func unconfirmed(_ index: Int, _ reason: String) -> WarehouseError {
    .unconfirmed(
      collection: context.collection, document: documents[index].label, reason: context.address.redacted(reason))
  }

  private func error(_ failure: MongoFailure, of document: EncodedDocument) -> WarehouseError {
    guard failure.kind == .duplicateKey else {
      return failure.error(address: context.address, operation: "storing \(document.label)")
    }
    return .conflict(
      collection: context.collection, document: document.label, reason: context.address.redacted(failure.message))
  }
}
