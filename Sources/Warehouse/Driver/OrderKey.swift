/// One key of an order or index.
struct OrderKey: Hashable, Sendable {
  let field: FieldPath
  let isDescending: Bool
}
