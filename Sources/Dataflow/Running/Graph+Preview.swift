import Foundation

extension Graph {
  /// What a run would do, without doing it.
  ///
  /// Steps that read the outside world (``CacheBehaviour/recompute``) are run, the cache is asked what it has, and nothing
  /// else happens: no other step runs, and neither record nor quarantine nor cache is written. The cache is not asked
  /// when the run would make all anew (``RunOptions/cacheBehaviour``).
  ///
  /// - Throws: ``DataflowError/invalidGraph(_:)``; `CancellationError`.
  public func preview(
    _ names: [String], inputs: [String: any Sendable] = [:], overrides: [String: any Sendable] = [:],
    options: RunOptions = RunOptions()
  ) async throws -> RunPreview {
    let plan = try plan(names, inputs: inputs, overrides: overrides)
    var warnings: [String] = []
    let cache = options.usesResults ? await openForReading(options.cache, &warnings) : nil
    var execution = Execution(
      plan: plan, steps: steps, options: options, cache: cache, isKnown: true, isPreview: true)
    await execution.run()
    if execution.wasCancelled { throw CancellationError() }
    var previews: [StepPreview] = []
    var isWaitedFor: Set<String> = []
    for (planned, outcome) in zip(plan.steps, execution.outcomes) {
      let signature = steps[planned.step].signature
      let waitsFor = signature.needs.map(\.name).filter(isWaitedFor.contains)
      let preview = preview(
        signature, outcome ?? StepOutcome(.skipped), waitsFor: waitsFor, usesResults: options.usesResults)
      if [.run, .act, .unknown].contains(preview.action) { isWaitedFor.insert(preview.name) }
      previews.append(preview)
    }
    return RunPreview(pipeline: options.pipeline, steps: previews, warnings: warnings)
  }

  /// The cache, if there is one already: to look must not make one.
  private func openForReading(_ cache: ResultCache?, _ warnings: inout [String]) async -> OpenResultCache? {
    guard let cache, FileManager.default.fileExists(atPath: cache.folder.path) else { return nil }
    do {
      return try await onRecordsQueue { try cache.open() }
    } catch {
      warnings.append("results of earlier runs cannot be seen: \(errorText(error))")
      return nil
    }
  }

  private func preview(
    _ signature: StepSignature, _ outcome: StepOutcome, waitsFor: [String], usesResults: Bool
  ) -> StepPreview {
    var preview = StepPreview(
      name: signature.name, action: .unknown, items: outcome.items, metadata: outcome.notes.metadata,
      uncached: outcome.caching?.reason)
    switch outcome.result {
    case .value: preview.action = outcome.caching?.behaviour == .recompute ? .reads : .cached
    case .pending:
      let acts = signature.policy.cache == .disable
      preview.action = acts ? .act : .run
      let missing = usesResults ? "the cache has no result of this code and this data" : "the cache is not used"
      if !acts { preview.reason = outcome.caching?.reason ?? missing }
    case .failed(let error): preview.reason = "it failed: \(errorText(error))"
    case .skipped, .cancelled:
      preview.reason = waitsFor.isEmpty ? nil : "it needs \(waitsFor.joined(separator: ", "))"
    }
    return preview
  }
}

extension Pipeline {
  /// What a run would do, without doing it; see ``Graph/preview(_:inputs:overrides:options:)``.
  ///
  /// - Throws: ``DataflowError/invalidGraph(_:)``; `CancellationError`.
  public func preview(
    _ steps: [StepName], _ inputs: Inputs, overrides: [Override] = [], options: RunOptions = RunOptions()
  ) async throws -> RunPreview {
    var options = options
    if options.pipeline.isEmpty { options.pipeline = "\(Self.self)" }
    return try await Graph(self).preview(
      steps.map(\.rawValue), inputs: inputs.values, overrides: overrideValues(overrides), options: options)
  }
}
