import BSON
import Domain

/// A document as BSON with `_id` first, which Swift calls `id`.
func encodedBytes(of document: some Document) throws -> [UInt8] {
  let bytes = try BSONEncoder().encode(document)
  if bytes.hasField("_id") { return bytes }
  if bytes.hasField("id") {
    var renamed = bytes
    renamed.insert(UInt8(ascii: "_"), at: firstKey)
    let length = UInt32(renamed.count)
    for place in 0..<4 { renamed[place] = UInt8(truncatingIfNeeded: length >> (8 * UInt32(place))) }
    return renamed
  }
  // Not the first of its fields.
  var tree = try BSONDocument(bytes: bytes)
  let id = tree["_id"] ?? tree["id"] ?? .string(document.id.uuidString)
  tree.elements.removeAll { $0.key == "_id" || $0.key == "id" }
  tree.elements.insert(.init(key: "_id", value: id), at: 0)
  return try tree.bytes()
}

/// A decoder of documents.
func documentDecoder(_ context: [CodingUserInfoKey: any Sendable]) -> BSONDecoder {
  BSONDecoder(userInfo: context, aliases: ["id": "_id"])
}

/// The value of a field of an encoded document; nil if it is missing.
func value(of field: FieldPath, in bytes: UnsafeRawBufferPointer) -> BSONValue? {
  try? RawBSON.value(atPath: field.path, in: bytes)
}

/// The same of bytes that are owned.
func value(of field: FieldPath, in bytes: [UInt8]) -> BSONValue? {
  bytes.withUnsafeBytes { value(of: field, in: $0) }
}

/// Where the key of a document's first field begins: behind the length and the type.
private let firstKey = 5

extension [UInt8] {
  /// Whether the first field of the document has the name.
  fileprivate func hasField(_ name: String) -> Bool {
    let end = firstKey + name.utf8.count
    return count > end && self[firstKey..<end].elementsEqual(name.utf8) && self[end] == 0
  }
}
