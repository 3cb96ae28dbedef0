import BSON
import Domain

/// A document as BSON with `_id` first, which Swift calls `id`.
func encodedBytes(of document: some Document) throws -> [UInt8] {
  try BSONEncoder().withEncoded(document) { bytes in
    if bytes.begins(withField: "_id") { return Array(bytes) }
    if bytes.begins(withField: "id") { return renamed(bytes) }
    // Not the first of its fields.
    var tree = try BSONDocument(bytes: bytes)
    let id = tree["_id"] ?? tree["id"] ?? .string(document.id.uuidString)
    tree.elements.removeAll { $0.key == "_id" || $0.key == "id" }
    tree.elements.insert(.init(key: "_id", value: id), at: 0)
    return try tree.bytes()
  }
}

/// The document with an underscore before the name of its first field.
private func renamed(_ document: UnsafeRawBufferPointer) -> [UInt8] {
  let length = UInt32(document.count + 1)
  return [UInt8](unsafeUninitializedCapacity: document.count + 1) { bytes, count in
    // All bytes are written: the length, the type, the underscore, the rest.
    let target = UnsafeMutableRawBufferPointer(bytes)
    target.storeBytes(of: length.littleEndian, as: UInt32.self)
    target[firstKey - 1] = document[firstKey - 1]
    target[firstKey] = UInt8(ascii: "_")
    UnsafeMutableRawBufferPointer(rebasing: target[(firstKey + 1)...])
      .copyMemory(from: UnsafeRawBufferPointer(rebasing: document[firstKey...]))
    count = document.count + 1
  }
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

extension UnsafeRawBufferPointer {
  /// Whether the first field of the document has the name.
  fileprivate func begins(withField name: StaticString) -> Bool {
    let end = firstKey + name.utf8CodeUnitCount
    guard count > end, self[end] == 0 else { return false }
    return name.withUTF8Buffer { self[firstKey..<end].elementsEqual($0) }
  }
}
