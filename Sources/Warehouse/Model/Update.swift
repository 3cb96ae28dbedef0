/// One change of the documents that a filter means.
///
/// ```swift
/// try await recipes.update(.title == "Soup", .set(.servings, to: 6), .append("winter", to: .tags))
/// ```
public struct Update<D: Document>: Sendable {
  let change: FieldChange

  /// Gives the field a value; documents on its path that are missing are made.
  public static func set<Value: Encodable>(_ field: Field<D, Value>, to value: Value) -> Update {
    Update(change: FieldChange(path: field.path, operation: .set(value)))
  }

  /// Removes the field.
  public static func unset<Value>(_ field: Field<D, Value>) -> Update {
    Update(change: FieldChange(path: field.path, operation: .unset))
  }

  /// Adds to a number; a missing field counts as zero.
  public static func increment(_ field: Field<D, Int>, by amount: Int = 1) -> Update {
    Update(change: FieldChange(path: field.path, operation: .increment(Int64(amount))))
  }

  /// Adds an element at the end of an array; a missing field counts as an empty one.
  public static func append<Element: Encodable>(_ value: Element, to field: Field<D, [Element]>) -> Update {
    Update(change: FieldChange(path: field.path, operation: .append(value)))
  }
}
