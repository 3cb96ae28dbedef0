/// A step as a value: what it is called, what it needs, what it produces, and its work.
///
/// `Owner` is the pipeline whose resources the body uses; `Void` for steps that stand alone.
public struct StepNode<Owner: Sendable>: Sendable {
  /// All but the work.
  public internal(set) var signature: StepSignature
  /// The work.
  public let body: StepBody<Owner>
  /// The resources that the work can reach, once the step is bound to its pipeline.
  var resources: [Resource] = []

  /// A step in all its parts.
  ///
  /// - Parameters:
  ///   - produces: the type of the product; ignored when the step fans out, since the fan knows.
  ///   - code: the version of the work. By default any change of the program is one of the step; an author who wants
  ///     less says ``CodeVersion/named(_:)``.
  ///   - reach: the resources that the work can reach; nil if it may be any.
  public init(
    _ name: String, needs: [Need] = [], produces: ValueType, fan: Fan? = nil, stream: StreamType? = nil,
    variant: Variant? = nil, concurrency: Int? = nil, policy: StepPolicy = StepPolicy(),
    code: CodeVersion = .executable, reach: [String]? = nil, checks: [Check] = [], body: StepBody<Owner>
  ) {
    signature = StepSignature(
      name: name, needs: needs, produces: fan?.produces ?? produces, fan: fan, stream: stream, variant: variant,
      concurrency: concurrency, policy: policy, code: code, reach: reach, checks: checks)
    self.body = body
  }

  /// An ordinary step, which runs once.
  public init<Value: Codable & Sendable>(
    _ name: String, needs: [Need] = [], policy: StepPolicy = StepPolicy(), code: CodeVersion = .executable,
    checks: [Check] = [], _ work: @escaping @Sendable (Owner, Arguments) async throws -> Value
  ) {
    self.init(
      name, needs: needs, produces: ValueType(Value.self), policy: policy, code: code, checks: checks,
      body: .suspending { try await work($0, $1) })
  }

  /// The same step with its pipeline inside, so that steps of several pipelines can stand in one graph.
  ///
  /// - Parameters:
  ///   - module: the pipeline's name, for messages and the cache.
  ///   - resources: the pipeline's, of which those count that the step can reach.
  public func bound(to owner: Owner, module: String = "", resources: [Resource] = []) -> StepNode<Void> {
    let bound: StepBody<Void> =
      switch body {
      case .plain(let work): .plain { try work(owner, $1) }
      case .suspending(let work): .suspending { try await work(owner, $1) }
      }
    var signature = signature
    signature.module = module
    signature.checks = signature.checks.map { $0.bound(to: owner) }
    let reached = resources.filter { signature.reach?.contains($0.name) ?? true }
    return StepNode<Void>(signature: signature, body: bound, resources: reached)
  }

  private init(signature: StepSignature, body: StepBody<Owner>, resources: [Resource]) {
    self.signature = signature
    self.body = body
    self.resources = resources
  }
}
