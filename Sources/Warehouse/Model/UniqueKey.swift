/// The value of a unique field.
public struct UniqueKey: Hashable, Sendable {
  let field: String
  let value: String

  /// Names a field, by the key it is stored under, and its value.
  public init(_ field: StaticString, _ value: String) {
    self.field = field.description
    self.value = value
  }
}
