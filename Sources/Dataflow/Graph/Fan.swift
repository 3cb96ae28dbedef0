/// How a step runs over the items of one of its needs.
///
/// The closures that take a list apart and put one together are made here, where the types are known.
public struct Fan: Sendable {
  /// The name of the need whose items the body sees one by one.
  public let need: String
  /// Whether each item gives a list and the lists are joined.
  public let isFlat: Bool
  /// The type of the whole step's product.
  public let produces: any Sendable.Type
  let split: @Sendable (any Sendable) -> [any Sendable]?
  let join: @Sendable ([any Sendable]) -> (any Sendable)?

  /// One result for each item: the product is `[Output]`, in the order of the items.
  public static func each<List: Collection & Sendable, Output: Sendable>(
    _ need: String, _ list: List.Type, producing output: Output.Type
  ) -> Fan where List.Element: Sendable {
    Fan(need: need, isFlat: false, produces: [Output].self, split: { ($0 as? List)?.map { $0 } }) { results in
      var joined: [Output] = []
      joined.reserveCapacity(results.count)
      for result in results {
        guard let output = result as? Output else { return nil }
        joined.append(output)
      }
      return joined
    }
  }

  /// A list for each item, joined: the body gives `[Element]` and so does the whole step.
  public static func flat<List: Collection & Sendable, Element: Sendable>(
    _ need: String, _ list: List.Type, producing element: Element.Type
  ) -> Fan where List.Element: Sendable {
    Fan(need: need, isFlat: true, produces: [Element].self, split: { ($0 as? List)?.map { $0 } }) { results in
      var joined: [Element] = []
      for result in results {
        guard let elements = result as? [Element] else { return nil }
        joined += elements
      }
      return joined
    }
  }
}
