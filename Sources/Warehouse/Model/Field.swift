/// A field of a document that filters may compare, with the type of its values.
///
/// The path is a literal of the program and never data, so no filter can be made to name another field or an operator.
public struct Field<D: Document, Value: FilterComparable>: Hashable, Sendable {
  let path: String

  /// Names a field by the dotted path it is stored under, such as `crawl.source`.
  public init(_ path: StaticString) {
    self.path = path.description
  }
}
