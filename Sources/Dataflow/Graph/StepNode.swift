/// A step as a value: what it is called, what it needs, what it produces, and its work.
///
/// `Owner` is the pipeline whose resources the body uses; `Void` for steps that stand alone.
public struct StepNode<Owner: Sendable>: Sendable {
  /// All but the work.
  public let signature: StepSignature
  /// The work.
  public let body: StepBody<Owner>

  /// A step in all its parts. `produces` is ignored when the step fans out: the fan knows.
  public init(
    _ name: String, needs: [Need] = [], produces: any Sendable.Type, fan: Fan? = nil, variant: Variant? = nil,
    concurrency: Int? = nil, body: StepBody<Owner>
  ) {
    signature = StepSignature(
      name: name, needs: needs, produces: fan?.produces ?? produces, fan: fan, variant: variant,
      concurrency: concurrency)
    self.body = body
  }

  /// An ordinary step, which runs once.
  public init<Value: Sendable>(
    _ name: String, needs: [Need] = [],
    _ work: @escaping @Sendable (Owner, Arguments) async throws -> Value
  ) {
    self.init(name, needs: needs, produces: Value.self, body: .suspending { try await work($0, $1) })
  }

  /// The same step with its pipeline inside, so that steps of several pipelines can stand in one graph.
  public func bound(to owner: Owner) -> StepNode<Void> {
    let bound: StepBody<Void> =
      switch body {
      case .plain(let work): .plain { try work(owner, $1) }
      case .suspending(let work): .suspending { try await work(owner, $1) }
      }
    return StepNode<Void>(signature: signature, body: bound)
  }

  private init(signature: StepSignature, body: StepBody<Owner>) {
    self.signature = signature
    self.body = body
  }
}
