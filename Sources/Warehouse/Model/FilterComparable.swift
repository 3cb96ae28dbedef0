/// A value that a filter compares fields with.
public protocol FilterComparable: Sendable {
  /// The value as a scalar of the stores.
  var filterValue: FilterValue { get }
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
