/// What a step needs, by name: the product of the step of that name where there is one, else an input.
public struct Need: Sendable {
  /// The name of the step or input.
  public let name: String
  /// The type in which the value is stored. For the need that a step fans out over it is the list's.
  public let type: any Sendable.Type
  /// The value used when no step makes this and no input gives it.
  public let defaultValue: (any Sendable)?
  let accepts: @Sendable (any Sendable) -> Bool

  /// A need that must be met.
  public init<Value: Sendable>(_ name: String, _ type: Value.Type) {
    self.name = name
    self.type = type
    defaultValue = nil
    accepts = { $0 is Value }
  }

  /// A need that may be left out.
  public init<Value: Sendable>(_ name: String, _ type: Value.Type, default value: Value) {
    self.name = name
    self.type = type
    defaultValue = value
    accepts = { $0 is Value }
  }
}
