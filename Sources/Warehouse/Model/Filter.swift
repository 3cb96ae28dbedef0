/// Which documents of a collection are meant.
///
/// ```swift
/// let mine = try await articles.find(.where(.authorID, is: ada.id).and(.where(.platform, isIn: ["medium", "substack"])))
/// ```
public struct Filter<D: Document>: Hashable, Sendable {
  let condition: FilterCondition

  /// Every document.
  public static var all: Filter { Filter(condition: .all([])) }

  /// Documents whose field has the value.
  public static func `where`<Value>(_ field: Field<D, Value>, is value: Value) -> Filter {
    Filter(condition: .isIn(field.path, [value.filterValue]))
  }

  /// Documents whose field has one of the values; none when there are no values.
  public static func `where`<Value>(_ field: Field<D, Value>, isIn values: [Value]) -> Filter {
    Filter(condition: .isIn(field.path, values.map(\.filterValue)))
  }

  /// Documents that this and the other filter mean.
  public func and(_ other: Filter) -> Filter {
    Filter(condition: .all([condition, other.condition]))
  }
}

/// The conditions that every driver can express.
indirect enum FilterCondition: Hashable, Sendable {
  case isIn(String, [FilterValue])
  case all([FilterCondition])
}
