import BSON

/// What a row of a file says of itself: which document or user it is, and whose. Whatever else is wrong with it, these
/// fields are read as far as they are there.
public struct RowIdentity: Hashable, Sendable {
  /// Its `_id`, as text.
  public var id: String?
  /// Its canonical link.
  public var link: String?
  /// The identifier of its author.
  public var authorID: String?
  /// The full name of its author.
  public var authorFullName: String?
  /// The full name of the user that it is.
  public var fullName: String?

  /// Reads a row, which may be torn.
  public init(of row: [UInt8]) {
    let text: (String) -> String?
    if let bytes = try? bson(ofExtendedJSON: row) {
      text = { name in
        value(of: FieldPath(path: name, kind: .string), in: bytes)
          .flatMap { try? BSONDecoder().decode(String.self, from: $0) }
      }
    } else {
      let fields = TornJSON(row).fields
      text = { fields[$0] }
    }
    id = text("_id")
    link = text("link")
    authorID = text("author_id")
    authorFullName = text("author_full_name")
    let names = ["first_name", "last_name"].compactMap(text).filter { !$0.isEmpty }
    fullName = names.isEmpty ? nil : names.joined(separator: " ")
  }
}
