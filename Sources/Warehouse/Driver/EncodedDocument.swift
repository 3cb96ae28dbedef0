import BSON

/// A document as BSON, with what it is known by.
struct EncodedDocument: Sendable {
  /// The identifier, as text.
  var id: String
  /// The value of the unique field by which a stored document is matched before the identifier is; nil if there is none.
  var key: BSONValue?
  /// BSON, with `_id` first.
  var bytes: [UInt8]

  /// How messages name the document: by its unique key, else by its identifier.
  var label: String {
    if case .string(let text) = key { text } else { id }
  }
}
