/// A field without its document's type: the dotted path and what is stored there.
struct FieldPath: Hashable, Sendable {
  let path: String
  let kind: FilterKind

  /// The field of the identifier.
  static let id = FieldPath(path: "_id", kind: .string)
}
