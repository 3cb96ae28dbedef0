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
    let resources = pipeline.resourceVersions
    let identity = _mangledTypeName(Owner.self)
    steps = Owner.steps.map {
      var step = $0.bound(to: pipeline, module: "\(Owner.self)", resources: resources)
      step.signature.identity = identity
      return step
    }
  }

  /// The graph with the steps of another, whose needs are matched by name with the products of both.
  ///
  /// A step that both have is an error when something is asked of the graph, unless the other one's is to replace it.
  ///
  /// - Parameter overriding: whether a step of `other` replaces the step of its name, with all its variants.
  public func adding(_ other: Graph, overriding: Bool = false) -> Graph {
    guard overriding else { return Graph(steps + other.steps) }
    let replaced = Set(other.steps.map(\.signature.name))
    return Graph(steps.filter { !replaced.contains($0.signature.name) } + other.steps)
  }

  /// The graph with the steps of a pipeline; see ``adding(_:overriding:)-(Graph,_)``.
  public func adding<Owner: Pipeline>(_ pipeline: Owner, overriding: Bool = false) -> Graph {
    adding(Graph(pipeline), overriding: overriding)
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
