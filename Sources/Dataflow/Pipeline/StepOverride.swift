/// A value given in place of what a step would produce; neither the step nor what only it needs runs.
public protocol StepOverride: Sendable {
  /// The name of the step.
  var step: String { get }
  /// The value, of the type that the step produces.
  var value: any Sendable { get }
}
