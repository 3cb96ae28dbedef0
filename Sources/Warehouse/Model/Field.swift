public import Domain

/// A field of a document, with the type of its values.
///
/// ```swift
/// extension Field where D == Recipe, Value == Int {
///   static var servings: Self { Field("servings") }
/// }
/// let large = recipes.find(.servings > 8 && .title != "Soup")
/// ```
///
/// The path is a literal of the program and never data, so no filter can be made to name another field or an operator.
public struct Field<D: Document, Value: Sendable>: Hashable, Sendable {
  let path: String

  /// Names a field by the dotted path it is stored under, such as `crawl.source`.
  public init(_ path: StaticString) {
    self.path = path.description
  }
}

extension Field where Value == Identifier {
  /// The document's identifier.
  public static var id: Self { Field("_id") }
}

extension Field where Value: FilterComparable {
  var erased: FieldPath { FieldPath(path: path, kind: Value.filterKind) }
}
