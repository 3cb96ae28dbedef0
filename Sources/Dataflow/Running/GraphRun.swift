/// What the run of a graph leaves.
public struct GraphRun: Sendable {
  /// What ran, how it went, and what came of it.
  public let record: RunRecord
  let values: [String: any Sendable]
  /// The types of the products asked for.
  let types: [String: ValueType]

  /// The value of a step that was asked for.
  ///
  /// - Throws: ``DataflowError/noValue(step:reason:)`` if it was not asked for, failed, or is of another type.
  public func value<Value: Sendable>(of step: String, as type: Value.Type = Value.self) throws -> Value {
    guard let value = values[step] else {
      throw DataflowError.noValue(step: step, reason: absence(of: step))
    }
    guard let value = value as? Value else {
      throw DataflowError.noValue(step: step, reason: "it is not of type \(typeName(type))")
    }
    return value
  }

  func absence(of step: String) -> String {
    guard record.requested.contains(step) else { return "it was not asked for" }
    let causes = record.failures.filter { $0.item == nil }.map { "step '\($0.step)' failed: \($0.error)" }
    return causes.isEmpty ? "the run did not get that far" : causes.joined(separator: "; ")
  }
}
