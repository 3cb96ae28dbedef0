public import Foundation

/// Runs pipelines as a configuration asks: opens the stores, holds the lock, writes the record.
public struct PipelineRunner: Sendable {
  /// What to run on.
  public let stores: Stores
  /// Who watches.
  public var observer: (any RunObserver)?
  /// Restricts the run to these sources, authors or categories; empty for all.
  public var only: [String] = []
  /// Whether all is made anew, whatever earlier runs left.
  public var isCacheIgnored = false
  /// Restricts etl to the sources of these entries of the quarantine; empty for all. Other pipelines do what is missing
  /// anyway.
  public var retrying: [QuarantineEntry] = []

  /// What a run of the dataset pipeline may spend on its language model; nil for any amount.
  public var budget: Budget?

  /// Makes a runner.
  public init(_ stores: Stores) {
    self.stores = stores
  }

  var configuration: Configuration { stores.configuration }

  /// Runs one pipeline.
  ///
  /// - Returns: the record, also of a run in which something failed.
  /// - Throws: `DataflowError.locked` when another run of the pipeline and configuration is under way, ``PipelineError``,
  ///   the errors of stores that cannot be opened, and `CancellationError` once the record says so.
  public func run(_ pipeline: PipelineName) async throws -> RunRecord {
    try await holding(pipeline) {
      try await withAssembly(of: pipeline, on: stores) { assembly in
        try await tellingLineage { observer in
          var options = options(pipeline)
          options.observer = observer
          return try await assembly.graph.run(pipeline.products, inputs: assembly.inputs, options: options).record
        }
      }
    }
  }

  /// Says what a run would do. Nothing is touched: no lock, no record, no cache, and of stores in files a copy is read.
  ///
  /// - Throws: as ``run(_:)``, but for the lock.
  public func preview(_ pipeline: PipelineName) async throws -> RunPreview {
    let copies = try StoreCopies(of: configuration, isEmpty: pipeline == .etl)
    defer { copies.remove() }
    return try await withAssembly(of: pipeline, on: stores.moved(to: copies.configuration)) { assembly in
      try await assembly.graph.preview(pipeline.products, inputs: assembly.inputs, options: options(pipeline))
    }
  }

  /// Runs one step alone, as another orchestrator would.
  ///
  /// A step that acts on a store holds the pipeline's lock meanwhile; several that do not may run at once.
  ///
  /// - Parameter json: the JSON of each need, by name. What other steps make must be there; of the inputs, the
  ///   configuration gives those that are not.
  /// - Returns: the record, and the product's JSON; nil if the step failed.
  /// - Throws: as ``run(_:)``; `DataflowError.invalidGraph` for unknown names and what is missing;
  ///   `DataflowError.badArgument`.
  public func runStep(
    _ pipeline: PipelineName, step: String, json: [String: Data]
  ) async throws -> (record: RunRecord, value: Data?) {
    let acts = pipeline.signatures.contains { $0.name == step && $0.policy.cache == .disable }
    guard acts else { return try await runAlone(pipeline, step, json) }
    return try await holding(pipeline) { try await runAlone(pipeline, step, json) }
  }

  private func runAlone(
    _ pipeline: PipelineName, _ step: String, _ json: [String: Data]
  ) async throws -> (record: RunRecord, value: Data?) {
    try await withAssembly(of: pipeline, on: stores) { assembly in
      let arguments = try assembly.graph.arguments(of: step, json: json)
      var options = options(pipeline)
      options.onlyItems = [:]
      options.isRestricted = true
      options.observer = observer
      let run = try await assembly.graph.run(
        [step], inputs: assembly.inputs.merging(arguments.inputs) { $1 }, overrides: arguments.overrides,
        options: options)
      return (run.record, run.record.status == .failed ? nil : try run.json(of: step))
    }
  }

  /// Tries again what is in quarantine: runs each pipeline that has entries, in order, imports rows that were not
  /// imported, and goes on with a change of the vectors' model.
  ///
  /// - Throws: as ``run(_:)``.
  public func retry(_ entries: [QuarantineEntry]) async throws -> [RunRecord] {
    var records: [RunRecord] = []
    for pipeline in PipelineName.allCases {
      let own = entries.filter { $0.pipeline == pipeline.rawValue }
      guard !own.isEmpty else { continue }
      var runner = self
      runner.retrying = own
      records.append(try await runner.run(pipeline))
    }
    let rows = entries.filter { $0.pipeline == ImportPipeline.recordedName }.compactMap(\.item)
    if !rows.isEmpty { records.append(try await retryRows(rows)) }
    if entries.contains(where: { $0.pipeline == MigrationPipeline.recordedName }) {
      records.append(try await migrateVectors())
    }
    return records
  }

  /// Does something while no other run of the pipeline with this configuration goes on, nor, if it writes to the vector
  /// store, a copy to that.
  nonisolated(nonsending) func holding<Value>(
    _ pipeline: PipelineName, _ work: nonisolated(nonsending) () async throws -> Value
  ) async throws -> Value {
    try await lock(of: pipeline.rawValue).hold {
      guard pipeline == .features else { return try await work() }
      return try await StoreLock(configuration.vectors.url).share(work)
    }
  }

  /// The lock that a run of a pipeline with this configuration holds.
  func lock(of pipeline: String) -> RunLock {
    RunLock(
      folder: configuration.runStore.folder.appending(path: ".locks"), pipeline: pipeline, key: configuration.identity)
  }

  /// What all runs with this configuration have in common.
  func commonOptions(_ pipeline: String) -> RunOptions {
    RunOptions(
      pipeline: pipeline, store: configuration.runStore, quarantine: configuration.quarantine,
      scope: configuration.identity,
      configuration: .object(
        Dictionary(
          configuration.resolved.map { ($0.key, .string($0.value)) }, uniquingKeysWith: { $1 })),
      environment: ["twin": twinVersion])
  }

  private func options(_ pipeline: PipelineName) -> RunOptions {
    var options = commonOptions(pipeline.rawValue)
    options.cache = configuration.resultCache
    options.cacheBehaviour = isCacheIgnored ? .recompute : nil
    options.isRestricted = !only.isEmpty
    options.maximumFailures = configuration.maximumFailures
    let crawling = ETLPipeline.StepName.crawledSources.rawValue
    if pipeline == .etl {
      // Many may wait for their hosts; how much goes on at once the gate decides.
      options.itemConcurrency = [crawling: 64]
      let entries = retrying.filter { $0.pipeline == pipeline.rawValue }
      let sources = entries.filter { $0.step == crawling }.compactMap { $0.parent ?? $0.item }
      // What failed as a whole needs a whole run.
      if !entries.isEmpty, sources.count == entries.count {
        options.onlyItems = [crawling: Set(sources)]
        options.isRestricted = true
      }
    } else {
      // These find out by themselves what is gone, among what the run covers.
      options.isRestricted = false
    }
    return options
  }
}
