import CMongoc

/// A `bson_t` of libbson. It is over-aligned, so Swift knows it by its address only.
typealias BSONPointer = OpaquePointer
private typealias BSONIteratorPointer = OpaquePointer

extension BSONDocument {
  /// How many levels documents may have; MongoDB takes 100
  /// (<https://www.mongodb.com/docs/manual/reference/limits/>).
  static let maximumDepth = 100

  /// Lends the document to libmongoc; the pointer is valid only in `body`.
  func withBSON<Result>(_ body: (BSONPointer) throws -> Result) throws -> Result {
    guard let bson = bson_new() else { throw BSONError.tooLarge }
    defer { bson_destroy(bson) }
    try append(elements.map { ($0.key, $0.value) }, to: bson, depth: 1)
    return try body(bson)
  }

  /// How many bytes the document has as BSON.
  func encodedSize() throws -> Int {
    try withBSON { Int(twin_bson_size($0)) }
  }

  /// Copies a document out of libbson.
  init(copying bson: BSONPointer) throws {
    guard let iterator = twin_bson_iter_new(bson) else { throw BSONError.corrupt }
    defer { twin_bson_iter_destroy(iterator) }
    self.init(try readElements(of: iterator, depth: 1))
  }
}

private func append(
  _ elements: some Sequence<(String, BSONValue)>, to bson: BSONPointer, depth: Int
) throws {
  guard depth <= BSONDocument.maximumDepth else { throw BSONError.tooDeep }
  for (key, value) in elements {
    // The names of fields are C strings in BSON; those of Swift are not.
    guard !key.utf8.contains(0) else { throw BSONError.keyWithNUL(key) }
    guard try append(value, key: key, to: bson, depth: depth) else { throw BSONError.tooLarge }
  }
}

private func append(
  _ value: BSONValue, key: String, to bson: BSONPointer, depth: Int
) throws -> Bool {
  let length = Int32(key.utf8.count)
  switch value {
  case .null: return bson_append_null(bson, key, length)
  case .bool(let truth): return bson_append_bool(bson, key, length, truth)
  case .int32(let number): return bson_append_int32(bson, key, length, number)
  case .int64(let number): return bson_append_int64(bson, key, length, number)
  case .double(let number): return bson_append_double(bson, key, length, number)
  case .date(let date): return bson_append_date_time(bson, key, length, date.milliseconds)
  case .string(var text):
    return text.withUTF8 { bytes in
      guard let size = Int32(exactly: bytes.count) else { return false }
      return bytes.withMemoryRebound(to: CChar.self) {
        // libbson reads the text through a pointer even when it is empty.
        guard let base = $0.baseAddress else { return bson_append_utf8(bson, key, length, "", 0) }
        return bson_append_utf8(bson, key, length, base, size)
      }
    }
  case .binary(let subtype, let bytes):
    guard let size = UInt32(exactly: bytes.count) else { return false }
    return bson_append_binary(bson, key, length, bson_subtype_t(UInt32(subtype)), bytes, size)
  case .objectID(let bytes):
    guard bytes.count == 12 else { throw BSONError.corrupt }
    var id = bson_oid_t()
    bson_oid_init_from_data(&id, bytes)
    return bson_append_oid(bson, key, length, &id)
  case .array(let values):
    return try appendChild(to: bson, elements: values.enumerated().map { (String($0), $1) }, depth: depth) {
      bson_append_array(bson, key, length, $0)
    }
  case .document(let document):
    return try appendChild(to: bson, elements: document.elements.map { ($0.key, $0.value) }, depth: depth) {
      bson_append_document(bson, key, length, $0)
    }
  case .other(let type):
    throw BSONError.notWritable(type: type)
  }
}

private func appendChild(
  to bson: BSONPointer, elements: [(String, BSONValue)], depth: Int,
  _ appendAs: (BSONPointer) -> Bool
) throws -> Bool {
  guard let child = bson_new() else { return false }
  defer { bson_destroy(child) }
  try append(elements, to: child, depth: depth + 1)
  return appendAs(child)
}

private func readElements(of iterator: BSONIteratorPointer, depth: Int) throws -> [BSONDocument.Element] {
  guard depth <= BSONDocument.maximumDepth else { throw BSONError.tooDeep }
  var elements: [BSONDocument.Element] = []
  while bson_iter_next(iterator) {
    let key = String(cString: bson_iter_key(iterator))
    elements.append(BSONDocument.Element(key: key, value: try value(at: iterator, depth: depth)))
  }
  guard !twin_bson_iter_is_corrupt(iterator) else { throw BSONError.corrupt }
  return elements
}

private func value(at iterator: BSONIteratorPointer, depth: Int) throws -> BSONValue {
  switch bson_iter_type(iterator) {
  case BSON_TYPE_NULL, BSON_TYPE_UNDEFINED: return .null
  case BSON_TYPE_BOOL: return .bool(bson_iter_bool(iterator))
  case BSON_TYPE_INT32: return .int32(bson_iter_int32(iterator))
  case BSON_TYPE_INT64: return .int64(bson_iter_int64(iterator))
  case BSON_TYPE_DOUBLE: return .double(bson_iter_double(iterator))
  case BSON_TYPE_DATE_TIME: return .date(MillisecondDate(milliseconds: bson_iter_date_time(iterator)))
  case BSON_TYPE_UTF8:
    var length: UInt32 = 0
    let text = bson_iter_utf8(iterator, &length)
    return .string(string(UnsafeRawBufferPointer(start: text, count: Int(length))))
  case BSON_TYPE_BINARY:
    var subtype = BSON_SUBTYPE_BINARY
    var length: UInt32 = 0
    var bytes: UnsafePointer<UInt8>?
    bson_iter_binary(iterator, &subtype, &length, &bytes)
    let buffer = UnsafeBufferPointer(start: bytes, count: Int(length))
    return .binary(subtype: UInt8(truncatingIfNeeded: subtype.rawValue), bytes: Array(buffer))
  case BSON_TYPE_OID:
    guard let id = bson_iter_oid(iterator) else { throw BSONError.corrupt }
    return .objectID(withUnsafeBytes(of: id.pointee) { Array($0) })
  case BSON_TYPE_ARRAY:
    return .array(try children(of: iterator, depth: depth).map(\.value))
  case BSON_TYPE_DOCUMENT:
    return .document(BSONDocument(try children(of: iterator, depth: depth)))
  case let type:
    return .other(type: otherTypes[type.rawValue] ?? "0x\(String(type.rawValue, radix: 16))")
  }
}

private func children(of iterator: BSONIteratorPointer, depth: Int) throws -> [BSONDocument.Element] {
  guard let child = twin_bson_iter_recurse(iterator) else { throw BSONError.corrupt }
  defer { twin_bson_iter_destroy(child) }
  return try readElements(of: child, depth: depth + 1)
}

/// The text of UTF-8 bytes. libbson's JSON parser writes the NUL character as `C0 80`, which is never valid UTF-8, so
/// that taking it for NUL can change no other text.
private func string(_ bytes: UnsafeRawBufferPointer) -> String {
  guard bytes.contains(0xC0) else { return String(decoding: bytes, as: UTF8.self) }
  var plain: [UInt8] = []
  plain.reserveCapacity(bytes.count)
  for byte in bytes {
    if byte == 0x80, plain.last == 0xC0 { plain[plain.count - 1] = 0 } else { plain.append(byte) }
  }
  return String(decoding: plain, as: UTF8.self)
}

private let otherTypes: [UInt32: String] = [
  BSON_TYPE_REGEX.rawValue: "regular expression", BSON_TYPE_DBPOINTER.rawValue: "database pointer",
  BSON_TYPE_CODE.rawValue: "code", BSON_TYPE_SYMBOL.rawValue: "symbol", BSON_TYPE_CODEWSCOPE.rawValue: "code",
  BSON_TYPE_TIMESTAMP.rawValue: "timestamp", BSON_TYPE_DECIMAL128.rawValue: "decimal128",
  BSON_TYPE_MINKEY.rawValue: "minimum key", BSON_TYPE_MAXKEY.rawValue: "maximum key",
]
