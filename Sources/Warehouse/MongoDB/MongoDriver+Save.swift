import BSON

extension MongoDriver {
  /// The most documents of a round.
  private static var roundCount: Int { 100 }
  /// The bytes of new documents after which a round is full.
  private static var roundBytes: Int { 16 << 20 }

  /// Stores documents in rounds. A round reads what is stored, decides, and writes everything at once. It has at most
  /// one document of each key and identifier, so that the order of equal ones is kept. What another writer stored in
  /// between, or what got no answer, goes to a later round, which sees it; see ``MongoSaveRound``.
  ///
  /// How large the stored documents are is not known before they are read. A round that has too much of them is made
  /// anew with half as many; later ones grow again when there is room.
  func save(
    _ requests: [SaveRequest], uniqueField: FieldPath?, in collection: String
  ) async throws -> [SaveOutcome] {
    var tasks = requests.map { MongoSaveTask(request: $0) }
    var pending = Array(tasks.indices)
    var failures = 0
    var count = Self.roundCount
    while !pending.isEmpty {
      let chosen = Self.round(of: pending, tasks, count: count)
      let (round, failure) = try await run(chosen.map { tasks[$0] }, uniqueField, in: collection)
      for (index, task) in zip(chosen, round.tasks) { tasks[index] = checked(task, in: collection) }
      switch round.reading {
      case .cutOff: count = max(1, chosen.count / 2)
      case .all(let bytes) where bytes <= MongoStoredDocuments.maximumBytes / 2: count = min(Self.roundCount, count * 2)
      case .all, nil: break
      }
      failures = failure == nil ? 0 : failures + 1
      // What is said of a whole round holds for all of them. It is safe to repeat, by whoever calls, too.
      if let failure, !failure.isTransient || failures == Self.maximumAttempts {
        throw failure.error(address: pool.address, operation: "storing \(collection)")
      }
      pending.removeAll { tasks[$0].outcome != nil }
    }
    return tasks.compactMap(\.outcome)
  }

  private func run(
    _ tasks: [MongoSaveTask], _ uniqueField: FieldPath?, in collection: String
  ) async throws -> (round: MongoSaveRound, failure: MongoFailure?) {
    let round = MongoSaveRound(
      tasks: tasks, uniqueField: uniqueField, collection: collection, address: pool.address)
    return try await pool.withClient("storing \(collection)") { client in
      var round = round
      let failure = try round.run(client)
      return (round, failure)
    }
  }

  /// The task, failed if other writers were faster too often.
  private func checked(_ task: MongoSaveTask, in collection: String) -> MongoSaveTask {
    guard task.outcome == nil, task.races >= Self.maximumRaces else { return task }
    var task = task
    task.outcome = .failed(
      .conflict(
        collection: collection, document: task.request.document.label,
        reason: pool.address.redacted(task.raceReason)))
    return task
  }

  private static func round(of pending: [Int], _ tasks: [MongoSaveTask], count: Int) -> [Int] {
    var keys: Set<BSONValue> = []
    var ids: Set<String> = []
    var round: [Int] = []
    var bytes = 0
    for index in pending {
      let document = tasks[index].request.document
      let isFirst = ids.insert(document.id).inserted
      let isFirstKey = document.key.map { keys.insert($0).inserted } ?? true
      guard isFirst, isFirstKey else { continue }
      bytes += document.bytes.count
      if !round.isEmpty, round.count == count || bytes > roundBytes { break }
      round.append(index)
    }
    return round
  }
}
