/// Encodes values as BSON, straight into bytes.
///
/// `Int`, `UInt` and 64-bit numbers become int64, `UInt32` too; smaller ones int32; `Float` and `Double` double. `Date`
/// becomes a date in milliseconds, `UUID` binary data of subtype 4, `Data` binary data, `URL` its text; this library's
/// types become what they are. An array is an array whatever its elements, `[UInt8]` too. A nil that is encoded is null;
/// the code that the compiler makes for an optional property leaves it out instead.
///
/// A field that is encoded twice has its later value. Nested containers and super encoders may be written in any order
/// until the value that asked for them has been encoded.
public struct BSONEncoder: Sendable {
  /// An encoder; it can be used any number of times, from several tasks at once.
  public init() {}

  /// Encodes a value with fields as one document.
  ///
  /// - Throws: `EncodingError` with the path of what cannot be encoded: a number larger than an int64, more than
  ///   `BSONDocument.maximumDepth` levels, a key with a NUL character, more than 2 GiB, a value without fields.
  public func encode(_ value: some Encodable) throws -> [UInt8] {
    try withEncoded(value) { Array($0) }
  }

  /// Encodes a value with fields as one document, and lends its bytes, which are valid only in `body`.
  ///
  /// - Throws: what `encode` throws, and what `body` does.
  public func withEncoded<Result>(
    _ value: some Encodable, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result {
    let writer = BSONWriter(key: "", prefix: [], depth: 1)
    try writer.encodeRoot(value)
    guard writer.rootType == .document else {
      throw EncodingError.invalidValue(
        value, .init(codingPath: [], debugDescription: "only a value with fields is a document"))
    }
    // The writer owns the bytes, and nothing of it is used before `body` ends.
    return try withExtendedLifetime(writer) {
      try body(UnsafeRawBufferPointer(rebasing: writer.buffer.bytes[writer.rootStart...]))
    }
  }

  /// Encodes any value: a scalar, an array, a document.
  ///
  /// - Throws: `EncodingError` with the path of what cannot be encoded.
  public func value(of value: some Encodable) throws -> BSONValue {
    let writer = BSONWriter(key: "", prefix: [], depth: 1)
    try writer.encodeRoot(value)
    let element = BSONElement(
      type: writer.rootType, keyStart: 0, keyEnd: writer.rootStart - 1, valueEnd: writer.buffer.count)
    return try BSONValue(writer.buffer.bytes, element, depth: 1)
  }
}
