/// Where a drawn graph runs to.
public enum LayoutDirection: String, Sendable, CaseIterable {
  /// From the inputs on the left to the products on the right.
  case leftToRight
  /// From the inputs at the top to the products at the bottom.
  case topDown
}
