/// A field of a document that filters may compare, with the type of its values.
///
/// The path is a literal of the program and never data, so no filter can be made to name another field or an operator.
public struct Field<D: Document, Value: FilterComparable>: Hashable, Sendable {
  let path: String

  /// Names a field by the dotted path it is stored under, such as `crawl.source`.
  public init(_ path: StaticString) {
    self.path = path.description
  }
}

/// A value that a filter compares fields with.
public protocol FilterComparable: Sendable {
  /// The value as a scalar of the stores.
  var filterValue: FilterValue { get }
}

/// A scalar in a filter. There is no case for documents, so data such as `{"$gt": ""}` stays a string.
public enum FilterValue: Hashable, Sendable {
  /// Text.
  case string(String)
  /// A whole number.
  case integer(Int64)
  /// Truth.
  case bool(Bool)
}

extension String: FilterComparable {
  /// The text.
  public var filterValue: FilterValue { .string(self) }
}

extension Int: FilterComparable {
  /// The number.
  public var filterValue: FilterValue { .integer(Int64(self)) }
}

extension Bool: FilterComparable {
  /// The truth value.
  public var filterValue: FilterValue { .bool(self) }
}
