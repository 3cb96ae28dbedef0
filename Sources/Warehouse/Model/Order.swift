/// By which field documents are ordered, and which way.
///
/// Documents without the field come first in ascending order. Documents that are equal in all fields of an order are
/// ordered by identifier, so that every order is complete.
public struct Order<D: Document>: Hashable, Sendable {
  let key: OrderKey

  /// The smallest value first.
  public static func ascending<Value: FilterComparable>(_ field: Field<D, Value>) -> Order {
    Order(key: OrderKey(field: field.erased, isDescending: false))
  }

  /// The greatest value first.
  public static func descending<Value: FilterComparable>(_ field: Field<D, Value>) -> Order {
    Order(key: OrderKey(field: field.erased, isDescending: true))
  }
}
