import Foundation

/// Keeps the record of one run, from its beginning to its end.
struct RunJournal {
  private let options: RunOptions
  private let clock = ContinuousClock.now
  private(set) var record: RunRecord
  /// The items that earlier runs put aside, by step, if the run is restricted.
  private(set) var quarantined: [String: Set<String>] = [:]

  init(options: RunOptions, requested: [String], inputs: [String: any Sendable]) {
    self.options = options
    record = RunRecord(
      runID: runIdentifier(), pipeline: options.pipeline, status: .running, started: Date(), requested: requested,
      inputs: inputs.mapValues(recordedInput), configuration: options.configuration,
      environment: environment().merging(options.environment) { $1 })
  }

  /// Writes that the run is under way, so that a killed run leaves a trace.
  mutating func begin(steps: [String]) async throws {
    if let store = options.store {
      let record = record
      try await onRecordsQueue { try store.write(record) }
    }
    if options.isRestricted, let quarantine = options.quarantine {
      let pipeline = record.pipeline
      for entry in try await onRecordsQueue({ quarantine.list(pipeline: pipeline) }) {
        if let item = entry.item { quarantined[entry.step, default: []].insert(item) }
      }
    }
    options.observer?.observe(.runStarted(id: record.runID, pipeline: record.pipeline, steps: steps))
  }

  /// Completes the record, settles the quarantine, and writes both.
  mutating func end(
    _ steps: [(StepSignature, StepOutcome?)], isComplete: Bool, wasCancelled: Bool
  ) async throws -> RunRecord {
    record.ended = Date()
    record.seconds = (ContinuousClock.now - clock).seconds
    for (signature, outcome) in steps {
      let outcome = outcome ?? StepOutcome(result: .skipped)
      record.steps.append(outcome.record(name: signature.name))
      record.failures += outcome.notes.failures
      switch outcome.result {
      case .failed(let error): record.failures.append(Failure(step: signature.name, error: error))
      case .value: record.artifacts.append(ArtifactRecord(signature, outcome, in: record))
      case .skipped, .cancelled: break
      }
    }
    record.status = status(steps.compactMap(\.1), isComplete: isComplete, wasCancelled: wasCancelled)
    var recovered: [String: Set<String>] = [:]
    for (signature, outcome) in steps { recovered[signature.name] = outcome?.notes.recovered }
    record = try await onRecordsQueue { [record, options, recovered] in try settle(record, options, recovered) }
    options.observer?.observe(.runEnded(record))
    return record
  }

  private func status(_ outcomes: [StepOutcome], isComplete: Bool, wasCancelled: Bool) -> RunStatus {
    if wasCancelled { return .cancelled }
    if !isComplete { return .failed }
    if !record.failures.isEmpty { return .partial }
    let counted = outcomes.compactMap(\.notes.counted)
    let isUnchanged = !counted.isEmpty && counted.allSatisfy { $0.computed == 0 && $0.deleted == 0 }
    return isUnchanged ? .unchanged : .succeeded
  }
}

/// Numbers the artifacts and writes everything. The record itself comes last: it says that the rest is there.
private func settle(
  _ record: RunRecord, _ options: RunOptions, _ recovered: [String: Set<String>]
) throws -> RunRecord {
  var record = record
  if let quarantine = options.quarantine {
    record.failures = try quarantine.settle(record, recovered: options.isRestricted ? recovered : nil)
  }
  guard let store = options.store else { return record }
  record.artifacts = try store.number(record.artifacts, of: record)
  for artifact in record.artifacts { try store.write(artifact, of: record) }
  try store.write(record)
  return record
}

private func environment() -> [String: String] {
  #if compiler(>=6.4)
    let compiler = "6.4 or later"
  #else
    let compiler = "6.3"
  #endif
  return ["os": ProcessInfo.processInfo.operatingSystemVersionString, "swift": compiler]
}

/// An input as it stands in a record: itself if it can be encoded and is not too long to read, else what it is.
private func recordedInput(_ value: any Sendable) -> JSONValue {
  guard let encodable = value as? any Encodable else { return .string(typeName(type(of: value))) }
  guard let digest = ArtifactDigest(of: value), digest.bytes > 16_384 else { return JSONValue(encoding: encodable) }
  return .object([
    "type": .string(typeName(type(of: value))), "count": .integer(elementCount(of: value)),
    "bytes": .integer(digest.bytes), "sha256": .string(digest.sha256),
  ])
}
