/// The values that a step's body is called with, in the order of its needs.
public struct Arguments: Sendable {
  let step: String
  var values: [any Sendable]

  /// The value of the need at `index`; of the need that the step fans out over, one item.
  ///
  /// - Throws: ``DataflowError/wrongArgument(step:index:expected:)`` if there is no such need or it is of another type.
  public func value<Value: Sendable>(_ index: Int, as type: Value.Type = Value.self) throws -> Value {
    guard values.indices.contains(index), let value = values[index] as? Value else {
      throw DataflowError.wrongArgument(step: step, index: index, expected: typeName(type))
    }
    return value
  }
}
