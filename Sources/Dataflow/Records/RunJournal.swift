import Foundation

/// Keeps the record of one run, from its beginning to its end.
struct RunJournal {
  private let options: RunOptions
  private let clock = ContinuousClock.now
  private(set) var record: RunRecord
  /// The items that earlier runs put aside, by step, if the run is restricted.
  private(set) var quarantined: [String: Set<String>] = [:]
  /// Held until the record says how the run ended.
  private var mark: RunningMark?

  init(options: RunOptions, requested: [String], inputs: [String: any Sendable]) {
    self.options = options
    record = RunRecord(
      runID: runIdentifier(), pipeline: options.pipeline, status: .running, started: Date(), requested: requested,
      inputs: inputs.mapValues { recordedInput($0, isKept: options.store != nil) },
      configuration: options.configuration, environment: hostEnvironment().merging(options.environment) { $1 })
  }

  /// Writes that the run is under way, so that a killed run leaves a trace.
  mutating func begin(steps: [String]) async throws {
    if let store = options.store {
      let record = record
      mark = try await onRecordsQueue {
        let mark = try store.markRunning(record.runID)
        try store.write(record)
        return mark
      }
    }
    if options.isRestricted, let quarantine = options.quarantine {
      let pipeline = record.pipeline
      for entry in try await onRecordsQueue({ quarantine.list(pipeline: pipeline) }) {
        if let item = entry.item { quarantined[entry.step, default: []].insert(item) }
      }
    }
    options.observer?.observe(.runStarted(id: record.runID, pipeline: record.pipeline, steps: steps))
  }

  /// Opens the run's cache. One that cannot be opened costs time, not the run: it is warned of, and nothing is cached.
  mutating func openCache() async throws -> OpenResultCache? {
    guard let cache = options.cache else { return nil }
    do {
      return try await onRecordsQueue { try cache.open() }
    } catch {
      warn(["results of earlier runs cannot be used, nor kept: \(errorText(error))"])
      options.observer?.observe(.warning(step: nil, message: record.warnings.last ?? ""))
      return nil
    }
  }

  /// Notes what went wrong beside the steps.
  mutating func warn(_ messages: [String]) {
    record.warnings += messages
  }

  /// Completes the record, settles the quarantine and the cache's manifests, and writes all of them.
  ///
  /// - Parameter watchers: the steps of the whole graph that want to know what a step makes no longer, by its name.
  mutating func end(
    _ steps: [(StepSignature, StepOutcome?)], watchers: [String: Set<String>], isComplete: Bool, wasCancelled: Bool,
    cache: OpenResultCache?
  ) async throws -> RunRecord {
    record.ended = Date()
    record.seconds = (ContinuousClock.now - clock).seconds
    let digests = Dictionary(steps.map { ($0.0.name, $0.1?.product.sha256) }, uniquingKeysWith: { $1 })
    for (signature, outcome) in steps {
      let outcome = outcome ?? StepOutcome(.skipped)
      var step = outcome.record(signature)
      // The list that items flowed out of was not known when the key was made.
      if let fan = signature.fan?.need, let digest = digests[fan] ?? nil, step.key?.inputs[fan] == nil {
        step.key?.products[fan] = digest
      }
      record.steps.append(step)
      record.failures += outcome.notes.failures
      record.usage.merge(outcome.notes.usage) { $0 + $1 }
      switch outcome.result {
      case .failed(let error): record.failures.append(Failure(step: signature.name, error: error))
      case .value: record.artifacts.append(ArtifactRecord(signature, outcome, step, in: record))
      case .skipped, .cancelled, .pending: break
      }
    }
    let ids = Dictionary(record.artifacts.map { ($0.name, $0.id) }, uniquingKeysWith: { $1 })
    let needs = Dictionary(steps.map { ($0.0.name, $0.0.needs) }, uniquingKeysWith: { $1 })
    for index in record.artifacts.indices {
      for need in needs[record.artifacts[index].name] ?? [] {
        record.artifacts[index].inputs[need.name] = ids[need.name]
      }
    }
    record.status = status(steps, isComplete: isComplete, wasCancelled: wasCancelled)
    var recovered: [String: Set<String>] = [:]
    for (signature, outcome) in steps { recovered[signature.name] = outcome?.notes.recovered }
    let manifests = wasCancelled ? [] : manifests(of: steps, watchers)
    record = try await onRecordsQueue { [record, options, recovered] in
      var record = record
      if let cache { record.warnings += settle(manifests, cache) }
      return try settle(record, options, recovered)
    }
    mark?.end()
    options.observer?.observe(.runEnded(record))
    return record
  }

  private func status(
    _ steps: [(StepSignature, StepOutcome?)], isComplete: Bool, wasCancelled: Bool
  ) -> RunStatus {
    if wasCancelled { return .cancelled }
    if !isComplete { return .failed }
    let outcomes = steps.compactMap(\.1)
    if let limit = options.maximumFailures {
      // An item that failed went into the step that it failed in; what flowed on is counted there again.
      let total = outcomes.map(\.items.in).max() ?? 0
      if limit.isExceeded(by: record.failures.count, of: total) { return .failed }
    }
    if !record.failures.isEmpty { return .partial }
    // Steps that count their own items know best; what others computed then is only what it takes to see that.
    let counted = outcomes.compactMap(\.notes.counted)
    if !counted.isEmpty { return counted.allSatisfy { $0.computed == 0 && $0.deleted == 0 } ? .unchanged : .succeeded }
    // Steps that read always run; what they gave was known if nothing below them had to run.
    let isUnchanged =
      outcomes.contains(where: \.isFromCache)
      && outcomes.allSatisfy { $0.isFromCache || $0.caching?.behaviour == .recompute }
    return isUnchanged ? .unchanged : .succeeded
  }

  /// What the cache is to remember of the items. What was removed is forgotten once every step that wanted to know has
  /// ended well; until then it is reported again.
  private func manifests(
    of steps: [(StepSignature, StepOutcome?)], _ watchers: [String: Set<String>]
  ) -> [PendingManifest] {
    steps.compactMap { signature, outcome in
      guard var manifest = outcome?.manifest else { return nil }
      // Every step of the graph that takes it, also one that this run did not ask for.
      let waiting = watchers[signature.name] ?? []
      let ended = Set(steps.filter { $1?.hasValue ?? false }.map(\.0.name))
      if !manifest.isKept, waiting.isSubset(of: ended) { manifest.removed = [] }
      return manifest
    }
  }
}

extension StepOutcome {
  fileprivate var hasValue: Bool {
    if case .value = result { true } else { false }
  }
}

/// Writes the manifests, and makes room in the cache; what went wrong is returned for the record.
private func settle(_ manifests: [PendingManifest], _ cache: OpenResultCache) -> [String] {
  do {
    try cache.commit()
    for manifest in manifests {
      try cache.setManifest(CacheManifest(items: manifest.items, pending: manifest.removed), manifest.name)
    }
    _ = try cache.evict()
    return []
  } catch {
    return ["what the cache remembers of the items could not be written: \(errorText(error))"]
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

/// An input as it stands in a record: itself if it can be encoded and is not too long to read, else what it is. A long
/// list is not read through for a record that nobody keeps.
private func recordedInput(_ value: any Sendable, isKept: Bool) -> JSONValue {
  let count = elementCount(of: value)
  if !isKept, count > 1_000 {
    return .object(["type": .string(typeName(type(of: value))), "count": .integer(count)])
  }
  guard let encodable = value as? any Encodable else { return .string(typeName(type(of: value))) }
  guard let digest = ArtifactDigest(of: value), digest.bytes > 16_384 else { return JSONValue(encoding: encodable) }
  return .object([
    "type": .string(typeName(type(of: value))), "count": .integer(elementCount(of: value)),
    "bytes": .integer(digest.bytes), "sha256": .string(digest.sha256),
  ])
}
