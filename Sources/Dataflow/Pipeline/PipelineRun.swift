/// What the run of a pipeline leaves. `@Pipeline` adds a `value(_:)` that knows the types.
public protocol PipelineRun: Sendable {
  /// The run with its values by name.
  var untyped: GraphRun { get }
  /// Wraps the run of a pipeline's graph.
  init(_ untyped: GraphRun)
}

extension PipelineRun {
  /// What ran, how it went, and what came of it.
  public var record: RunRecord { untyped.record }
}
