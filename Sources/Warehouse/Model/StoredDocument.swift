import BSON
import Domain

/// A stored document of a collection, not yet decoded. It does not outlive the bytes it is made of.
struct StoredDocument<D: Document> {
  let bytes: UnsafeRawBufferPointer
  let collection: String

  /// The identifier, as text, of whatever type it is.
  var id: String {
    guard let value = value(of: .id, in: bytes) else { return "of an unknown identifier" }
    return (try? BSONDecoder().decode(String.self, from: value)) ?? "of the type \(value.typeName)"
  }

  func decoded<Value: Decodable>(as type: Value.Type) throws(UnreadableDocumentError) -> Value {
    do {
      return try documentDecoder(D.decodingContext(collection: collection)).decode(type, from: bytes)
    } catch {
      let unreadable = UnreadableDocument(
        collection: collection, id: Identifier(existing: id), reason: readableReason(of: error))
      throw UnreadableDocumentError(document: unreadable)
    }
  }

  /// What is stored in the place of this document: the new one under the identifier as it is stored, whatever another
  /// program has written (upper-case digits, say).
  func replacement(by document: EncodedDocument) throws -> [UInt8] {
    guard let stored = value(of: .id, in: bytes), stored != .string(document.id) else { return document.bytes }
    return try RawBSON.settingID(stored, in: document.bytes)
  }
}
