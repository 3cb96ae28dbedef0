import CMongoc
import Foundation

/// MongoDB's extended JSON
/// (<https://github.com/mongodb/specifications/blob/master/source/extended-json/extended-json.md>) to BSON and back, by
/// libbson, except for the canonical form of the common types, which the embedded warehouse reads and writes all the
/// time.
public enum ExtendedJSON {
  /// How types that JSON has not are written.
  public enum Format: Sendable {
    /// Every type is kept: numbers are objects such as `{"$numberLong": "5"}`.
    case canonical
    /// Numbers are numbers and dates are text, which reads better; which number type it was is not kept.
    case relaxed
  }

  /// Reads one object in extended JSON, version 1 or 2, canonical or relaxed, of which plain JSON is a part.
  ///
  /// - Throws: `BSONError.notJSON`, `.tooDeep`, `.keyWithNUL`.
  public static func bson(from json: UnsafeRawBufferPointer) throws(BSONError) -> [UInt8] {
    if let bytes = CanonicalJSONReader.bson(of: json) { return bytes }
    return try bsonByLibbson(from: json)
  }

  /// The same without the short way.
  static func bsonByLibbson(from json: UnsafeRawBufferPointer) throws(BSONError) -> [UInt8] {
    try requireOneObject(json)
    var error = bson_error_t()
    let parsed = json.withMemoryRebound(to: UInt8.self) { bson_new_from_json($0.baseAddress, $0.count, &error) }
    guard let parsed else { throw .notJSON(reason: message(error)) }
    defer { bson_destroy(parsed) }
    let bytes = UnsafeRawBufferPointer(start: twin_bson_bytes(parsed), count: Int(twin_bson_size(parsed)))
    if bytes.contains(0xC0) { return try withArrayKeys(restoringNUL(bytes), json) }
    try validateParsed(bytes)
    return try withArrayKeys(Array(bytes), json)
  }

  /// libbson loses its count of an array's elements behind code and database pointers. Nobody reads those keys, but equal
  /// documents are to have equal bytes.
  private static func withArrayKeys(
    _ bson: [UInt8], _ json: UnsafeRawBufferPointer
  ) throws(BSONError) -> [UInt8] {
    let isMiscounted = json.contains("\"$code\"") || json.contains("\"$dbPointer\"")
    return isMiscounted ? try BSONDocument(bytes: bson).bytes() : bson
  }

  /// Reads one object in extended JSON; see the other `bson(from:)`.
  public static func bson(from json: [UInt8]) throws(BSONError) -> [UInt8] {
    try json.withBytes { json throws(BSONError) in try bson(from: json) }
  }

  /// Writes a document as extended JSON on one line, which mongoimport reads.
  ///
  /// - Throws: `BSONError` for what `RawBSON.validate` refuses.
  public static func json(
    from bson: UnsafeRawBufferPointer, _ format: Format = .relaxed
  ) throws(BSONError) -> [UInt8] {
    // libbson would leave out what is nested too deep and stop at text that is not UTF-8.
    try RawBSON.validate(bson)
    if format == .canonical, let text = try CanonicalJSONWriter.text(of: bson) { return text }
    return try jsonByLibbson(from: bson, format)
  }

  /// The same of a document that was validated, without the short way.
  static func jsonByLibbson(
    from bson: UnsafeRawBufferPointer, _ format: Format
  ) throws(BSONError) -> [UInt8] {
    var length = 0
    let text = bson.withMemoryRebound(to: UInt8.self) {
      twin_bson_extended_json($0.baseAddress, $0.count, format == .canonical, &length)
    }
    guard let text else { throw .corrupt(offset: 0, reason: "libbson cannot write it as JSON") }
    defer { bson_free(text) }
    return Array(UnsafeRawBufferPointer(start: text, count: length))
  }

  /// Writes a document as extended JSON on one line; see the other `json(from:_:)`.
  public static func json(from bson: [UInt8], _ format: Format = .relaxed) throws(BSONError) -> [UInt8] {
    try bson.withBytes { bson throws(BSONError) in try json(from: bson, format) }
  }

  private static func message(_ error: bson_error_t) -> String {
    withUnsafePointer(to: error) { String(cString: twin_bson_error_message($0)) }
  }

  private static func validateParsed(_ bytes: UnsafeRawBufferPointer) throws(BSONError) {
    do throws(BSONError) {
      try RawBSON.validate(bytes)
    } catch {
      guard case .corrupt(_, let reason) = error else { throw error }
      throw .notJSON(reason: reason)
    }
  }

  /// libbson's parser writes the NUL character as `C0 80`, which is never valid UTF-8, so that taking it for NUL can
  /// change no other text. The byte `C0` is also in binary data and numbers; those stay as they are.
  private static func restoringNUL(_ bytes: UnsafeRawBufferPointer) throws(BSONError) -> [UInt8] {
    if (try? RawBSON.validate(bytes)) != nil { return Array(bytes) }
    var plain = BSONBuffer(capacity: bytes.count)
    try NULRestoration.copy(bytes, at: 0, end: bytes.count, to: &plain)
    try validateParsed(plain.bytes)
    return Array(plain.bytes)
  }

  /// libbson reads the first object and would not mind what follows it.
  private static func requireOneObject(_ json: UnsafeRawBufferPointer) throws(BSONError) {
    let text = json.drop(while: isSpace)
    guard text.first == UInt8(ascii: "{") else { throw .notJSON(reason: "it is not one object") }
    var nesting = JSONNesting()
    var isDone = false
    for byte in text {
      if isDone, !isSpace(byte) { throw .notJSON(reason: "something follows the object") }
      nesting.take(byte)
      isDone = nesting.depth == 0
    }
    guard isDone else { throw .notJSON(reason: "the object is cut short") }
  }

  private static func isSpace(_ byte: UInt8) -> Bool { " \t\n\r".utf8.contains(byte) }
}

extension UnsafeRawBufferPointer {
  /// Whether the bytes of an ASCII word are among these.
  fileprivate func contains(_ word: StaticString) -> Bool {
    let word = UnsafeRawBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    return firstRange(of: word) != nil
  }
}
