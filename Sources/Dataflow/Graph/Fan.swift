/// How a step runs over the items of one of its needs.
///
/// The closures that take a list apart and put one together are made here, where the types are known.
public struct Fan: Sendable {
  /// The name of the need whose items the body sees one by one.
  public let need: String
  /// Whether each item gives a list and the lists are joined.
  public let isFlat: Bool
  /// The type of the whole step's product.
  public let produces: ValueType
  /// The type of what becomes of one item of the need's list: of a flat or nested step a list.
  let item: ValueType
  /// The type of what a step that fans out over this one takes: of a flat step an element of what becomes of one item.
  let element: ValueType
  /// How the need's list is taken apart, and below it the lists in the list, if the step fans out over those: outermost
  /// first.
  let splits: [@Sendable (any Sendable) -> [any Sendable]?]
  /// How the results are put together at each level below the first, outermost first.
  let innerJoins: [@Sendable ([any Sendable]) -> (any Sendable)?]

  /// How many lists deep the step fans out, from 1.
  public var depth: Int { splits.count }

  /// One result for each item: the product is `[Output]`, in the order of the items.
  public static func each<List: Collection & Sendable, Output: Codable & Sendable>(
    _ need: String, _ list: List.Type, producing output: Output.Type
  ) -> Fan where List.Element: Sendable {
    Fan(
      need: need, isFlat: false, produces: ValueType([Output].self), item: ValueType(Output.self),
      element: ValueType(Output.self), splits: [{ ($0 as? List)?.map { $0 } }], innerJoins: [])
  }

  /// A list for each item, joined: the body gives `[Element]` and so does the whole step.
  public static func flat<List: Collection & Sendable, Element: Codable & Sendable>(
    _ need: String, _ list: List.Type, producing element: Element.Type
  ) -> Fan where List.Element: Sendable {
    Fan(
      need: need, isFlat: true, produces: ValueType([Element].self), item: ValueType([Element].self),
      element: ValueType(Element.self), splits: [{ ($0 as? List)?.map { $0 } }], innerJoins: [])
  }

  /// The fan over the lists that are the items of `list`: what `inner` makes of one of them is one result.
  public static func nested<List: Collection & Sendable, Output: Codable & Sendable>(
    _ list: List.Type, _ inner: Fan, producing output: Output.Type
  ) -> Fan where List.Element: Sendable {
    Fan(
      need: inner.need, isFlat: false, produces: ValueType([Output].self), item: inner.produces,
      element: inner.produces, splits: [{ ($0 as? List)?.map { $0 } }] + inner.splits,
      innerJoins: [{ results in inner.joined(results) }] + inner.innerJoins)
  }

  /// The results of all items as the step's product.
  func joined(_ results: [any Sendable]) -> (any Sendable)? {
    guard isFlat else { return produces.join?(results) }
    var elements: [any Sendable] = []
    for result in results {
      guard let some = item.split?(result) else { return nil }
      elements += some
    }
    return produces.join?(elements)
  }
}
