import SwiftSyntax

/// What `@Step` says about how a step runs.
struct StepOptions {
  /// The options that make a step's policy, with the types of their values.
  static let policies = [
    ("retry", "Dataflow.Retry"), ("timeout", "Swift.Duration"), ("cache", "Dataflow.CacheBehaviour"),
    ("maximumFailures", "Dataflow.FailureLimit"),
  ]

  private var expressions: [String: ExprSyntax] = [:]

  /// What stands after the label of an option; nil if the option is left out or nil.
  subscript(label: String) -> ExprSyntax? {
    get { expressions[label] }
    set { expressions[label] = newValue?.is(NilLiteralExprSyntax.self) == true ? nil : newValue }
  }
}
