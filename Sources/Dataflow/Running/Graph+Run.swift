import Foundation

extension Graph {
  /// Runs the steps named with their ancestors, and records it.
  ///
  /// Independent steps run at the same time. A failing item is quarantined and left out, a failing step takes with it
  /// what needs it and leaves the rest; both are in the record of the run, which is returned all the same.
  ///
  /// - Throws: ``DataflowError/invalidGraph(_:)`` before anything runs; `CancellationError` once the record says so;
  ///   ``DataflowError/recordFailed(path:reason:)``; `DecodingError` if a value asked for cannot be read from the cache.
  public func run(
    _ names: [String], inputs: [String: any Sendable] = [:], overrides: [String: any Sendable] = [:],
    options: RunOptions = RunOptions()
  ) async throws -> GraphRun {
    let plan = try plan(names, inputs: inputs, overrides: overrides)
    var journal = RunJournal(options: options, requested: names, inputs: inputs)
    try await journal.begin(steps: plan.steps.map { steps[$0.step].signature.name })
    let cache = try await journal.openCache()
    var execution = Execution(
      plan: plan, steps: steps, options: options, cache: cache, quarantined: journal.quarantined,
      isKnown: options.store != nil || cache != nil)
    let committer = CacheCommitter(cache: cache, observer: options.observer)
    await committer.whileCommitting { await execution.run() }
    let signatures = plan.steps.map { steps[$0.step].signature }
    let values = Result { try execution.values() }
    journal.warn(committer.warnings)
    let record = try await journal.end(
      zip(signatures, execution.outcomes).map { ($0, $1) },
      watchers: watchers, isComplete: ((try? values.get())?.count ?? 0) == plan.requested.count,
      wasCancelled: execution.wasCancelled, cache: cache)
    if execution.wasCancelled { throw CancellationError() }
    let types = Dictionary(signatures.map { ($0.name, $0.produces) }, uniquingKeysWith: { $1 })
    return GraphRun(record: record, values: try values.get(), types: types.filter { names.contains($0.key) })
  }

  /// The steps that want to know what a step makes no longer, by its name.
  private var watchers: [String: Set<String>] {
    var watchers: [String: Set<String>] = [:]
    for step in steps {
      for need in step.signature.needs where need.form == .removed {
        watchers[need.name, default: []].insert(step.signature.name)
      }
    }
    return watchers
  }

  /// Runs one step with its ancestors and gives its value, without a record.
  ///
  /// - Throws: what the step, or one that it needs, threw; ``DataflowError/itemsFailed(_:)`` if items failed, since
  ///   there is no record to name them in; ``DataflowError/invalidGraph(_:)``.
  public func value<Value: Sendable>(
    of name: String, as type: Value.Type = Value.self, inputs: [String: any Sendable] = [:],
    overrides: [String: any Sendable] = [:]
  ) async throws -> Value {
    let plan = try plan([name], inputs: inputs, overrides: overrides)
    var execution = Execution(plan: plan, steps: steps, options: RunOptions())
    await execution.run()
    if execution.wasCancelled { throw CancellationError() }
    for outcome in execution.outcomes {
      if case .failed(let error) = outcome?.result { throw error }
    }
    let failures = execution.outcomes.flatMap { $0?.notes.failures ?? [] }
    guard failures.isEmpty else { throw DataflowError.itemsFailed(failures) }
    guard let value = try execution.values()[name] as? Value else {
      throw DataflowError.noValue(step: name, reason: "it is not of type \(typeName(type))")
    }
    return value
  }
}
