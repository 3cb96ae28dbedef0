/// A type whose members are steps and whose stored properties are the resources that they use.
///
/// `@Pipeline` writes the conformance; nothing here needs the macro, though.
public protocol Pipeline: Sendable {
  /// The inputs that no step makes.
  associatedtype Inputs: PipelineInputs
  /// The names of the steps.
  associatedtype StepName: RawRepresentable<String>, CaseIterable, Hashable, Sendable
  /// A value given in place of a step.
  associatedtype Override: StepOverride
  /// What a run leaves: its record and the values asked for.
  associatedtype Run: PipelineRun

  /// The steps as values.
  static var steps: [StepNode<Self>] { get }
  /// The stored properties, as the cache sees them. None by default: then the steps' results must not depend on any.
  var resourceVersions: [Resource] { get }
}

extension Pipeline {
  /// None.
  public var resourceVersions: [Resource] { [] }
}

extension Pipeline {
  /// Runs the steps named with their ancestors, and records it.
  ///
  /// A failing item is quarantined and left out, a failing step takes with it what needs it; both are in the record of
  /// the run that is returned.
  ///
  /// - Throws: ``DataflowError/invalidGraph(_:)`` before anything runs; `CancellationError` once the record says so;
  ///   ``DataflowError/recordFailed(path:reason:)``.
  public func run(
    _ steps: [StepName], _ inputs: Inputs, overrides: [Override] = [], options: RunOptions = RunOptions()
  ) async throws -> Run {
    var options = options
    if options.pipeline.isEmpty { options.pipeline = "\(Self.self)" }
    return Run(
      try await Graph(self).run(
        steps.map(\.rawValue), inputs: inputs.values, overrides: overrideValues(overrides), options: options))
  }

  /// Runs one step with its ancestors and gives its value, without a record.
  ///
  /// - Throws: what the step, or one that it needs, threw; ``DataflowError/itemsFailed(_:)`` if items of a step that
  ///   fans out failed; ``DataflowError/invalidGraph(_:)``.
  public func value<Value: Sendable>(
    of step: String, as type: Value.Type, _ inputs: Inputs, overrides: [Override]
  ) async throws -> Value {
    try await Graph(self).value(
      of: step, as: type, inputs: inputs.values, overrides: overrideValues(overrides))
  }

  func overrideValues(_ overrides: [Override]) -> [String: any Sendable] {
    Dictionary(overrides.map { ($0.step, $0.value) }, uniquingKeysWith: { $1 })
  }
}
