/// Steps that stand together, each bound to its pipeline.
///
/// A graph is only a list until something is asked of it; then the needs are matched with the products by name, all
/// problems are reported together, and what was asked for runs with its ancestors and nothing else.
public struct Graph: Sendable {
  /// The steps, in any order.
  public let steps: [StepNode<Void>]

  /// A graph of steps that stand alone.
  public init(_ steps: [StepNode<Void>]) {
    self.steps = steps
  }

  /// The graph of a pipeline.
  public init<Owner: Pipeline>(_ pipeline: Owner) {
    steps = Owner.steps.map { $0.bound(to: pipeline) }
  }

  /// Checks what would run, and runs nothing.
  ///
  /// - Returns: the names of the steps that would run, each after those that it needs.
  /// - Throws: ``DataflowError/invalidGraph(_:)`` with all problems.
  public func check(
    _ names: [String], inputs: [String: any Sendable] = [:], overrides: [String: any Sendable] = [:]
  ) throws -> [String] {
    try plan(names, inputs: inputs, overrides: overrides).steps.map { steps[$0.step].signature.name }
  }

  func plan(_ names: [String], inputs: [String: any Sendable], overrides: [String: any Sendable]) throws -> Plan {
    var planner = Planner(steps: steps.map(\.signature), inputs: inputs, overrides: overrides)
    return try planner.plan(names)
  }
}
