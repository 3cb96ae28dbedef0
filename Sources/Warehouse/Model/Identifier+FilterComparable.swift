public import Domain

extension Identifier: FilterComparable {
  /// The text of the UUID, as it is stored.
  public var filterValue: FilterValue { .string(uuidString) }
}
