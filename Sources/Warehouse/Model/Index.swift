/// An index of a collection, made before something is first stored there.
public struct Index<D: Document>: Hashable, Sendable {
  let keys: [OrderKey]
  let isUnique: Bool

  /// An index that finds documents by a field.
  public static func on<Value: FilterComparable>(_ field: Field<D, Value>) -> Index {
    .on(.ascending(field))
  }

  /// An index that finds documents by several fields, the first one first.
  public static func on(_ orders: Order<D>...) -> Index {
    Index(keys: orders.map(\.key), isUnique: false)
  }

  /// An index by which no two documents have the same value in the field.
  ///
  /// Documents without the field, or with null or the empty text in it, are not compared: the LLM Engineers Handbook's posts may have no
  /// link.
  public static func unique<Value: FilterComparable>(_ field: Field<D, Value>) -> Index {
    .unique(.ascending(field))
  }

  /// An index by which no two documents have the same values in all the fields together.
  public static func unique(_ orders: Order<D>...) -> Index {
    Index(keys: orders.map(\.key), isUnique: true)
  }
}
