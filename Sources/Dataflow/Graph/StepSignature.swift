/// All about a step but its body: what planning and drawing need, without the resources that running needs.
public struct StepSignature: Sendable {
  /// The name of the step and of what it produces.
  public let name: String
  /// The pipeline that it belongs to; empty for a step that stands alone.
  public internal(set) var module = ""
  /// The pipeline's type as nobody else has it, for keys; nil for a step that stands alone.
  var identity: String?
  /// What it needs, in the order of its arguments.
  public let needs: [Need]
  /// The type of its product; of a step that fans out or streams, the list's.
  public let produces: ValueType
  /// How it fans out, if it does.
  public let fan: Fan?
  /// How it streams, if its body gives an ``ItemStream``.
  public let stream: StreamType?
  /// When it is the one that makes the product; nil if always.
  public let variant: Variant?
  /// How many items run at once at most, if it fans out; nil for as many as there are cores.
  public let concurrency: Int?
  /// How failures, time and the cache are treated.
  public let policy: StepPolicy
  /// The version of its code.
  public let code: CodeVersion
  /// The names of the pipeline's resources that its code can reach; nil if it may be any.
  public let reach: [String]?
  /// What the product must meet.
  public internal(set) var checks: [Check]

  /// The name with the pipeline's, as messages about several pipelines have it.
  var fullName: String { module.isEmpty ? "step '\(name)'" : "step '\(name)' of \(module)" }
}
