/// What is going to run, with names resolved to slots: the value of planned step `i` goes to slot `i`, and the slots
/// after those hold what was given (inputs, overrides, defaults).
struct Plan: Sendable {
  struct PlannedStep: Sendable {
    /// The index in the graph's steps.
    let step: Int
    /// The slot of each argument.
    let arguments: [Int]
  }

  /// Each step after those that it needs.
  var steps: [PlannedStep] = []
  /// The values of the slots from `steps.count` on.
  var given: [any Sendable] = []
  /// The slot of each thing asked for, by name.
  var requested: [String: Int] = [:]
}
