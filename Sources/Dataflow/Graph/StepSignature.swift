/// All about a step but its body: what planning and drawing need, without the resources that running needs.
public struct StepSignature: Sendable {
  /// The name of the step and of what it produces.
  public let name: String
  /// What it needs, in the order of its arguments.
  public let needs: [Need]
  /// The type of its product; of a step that fans out, the list's.
  public let produces: any Sendable.Type
  /// How it fans out, if it does.
  public let fan: Fan?
  /// When it is the one that makes the product; nil if always.
  public let variant: Variant?
  /// How many items run at once at most, if it fans out; nil for as many as there are cores.
  public let concurrency: Int?
}
