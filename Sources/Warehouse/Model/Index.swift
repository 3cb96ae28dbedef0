/// An index of a collection.
///
/// In MongoDB it is made when the warehouse is opened; in SQLite a migration makes the same.
public struct Index: Hashable, Sendable {
  let fields: [String]
  let isUnique: Bool

  /// An index that finds documents by the fields, given by the dotted paths they are stored under.
  public static func on(_ fields: StaticString...) -> Index {
    Index(fields: fields.map(\.description), isUnique: false)
  }

  /// An index by which no two documents have the same string in the field.
  ///
  /// Documents without the field, or with null in it, are not compared: the LLM Engineers Handbook's posts may have no
  /// link.
  public static func unique(_ field: StaticString) -> Index {
    Index(fields: [field.description], isUnique: true)
  }
}
