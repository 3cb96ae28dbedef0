/// Decodes values from BSON, in place: only what a type asks for is read.
///
/// A number fits any numeric type that can hold it exactly (a double fits a `Float` when it is within its range). Where
/// a string is asked for, a UUID gives its 36 characters and an object id its 24 digits, since other programs write
/// identifiers so. Where a date is asked for, an ISO 8601 string is one; where a UUID, its 36 characters; where a URL,
/// its text; where `Data` or `[UInt8]`, binary data of any kind. A field that is null is no value for `decode` and nil
/// for `decodeIfPresent`. If a document has a key twice, which of the two is decoded is not specified.
///
/// Throws `DecodingError` with the path of what is not as the type needs it, or whose bytes are wrong. What the type
/// does not ask for is skipped by its length, not checked; `RawBSON.validate` checks everything.
public struct BSONDecoder: Sendable {
  /// What types find in their decoder's `userInfo`.
  public var userInfo: [CodingUserInfoKey: any Sendable]

  /// Under which other name a field of the whole document is looked for where the first is missing: what Swift calls
  /// `id` is `_id` in the documents of a store.
  public var aliases: [String: String]

  /// A decoder; it can be used any number of times, from several tasks at once.
  public init(userInfo: [CodingUserInfoKey: any Sendable] = [:], aliases: [String: String] = [:]) {
    self.userInfo = userInfo
    self.aliases = aliases
  }

  /// Decodes one document, which the bytes must be, no more.
  public func decode<T: Decodable>(_ type: T.Type, from bytes: UnsafeRawBufferPointer) throws -> T {
    let root = BSONElement(type: .document, keyStart: 0, keyEnd: -1, valueEnd: bytes.count)
    return try decode(type, from: root, of: bytes)
  }

  /// Decodes one document, which the bytes must be, no more.
  public func decode<T: Decodable>(_ type: T.Type, from bytes: [UInt8]) throws -> T {
    try bytes.withUnsafeBytes { try decode(type, from: $0) }
  }

  /// Decodes a document.
  public func decode<T: Decodable>(_ type: T.Type, from document: BSONDocument) throws -> T {
    try decode(type, from: .document(document))
  }

  /// Decodes any value.
  public func decode<T: Decodable>(_ type: T.Type, from value: BSONValue) throws -> T {
    var buffer = BSONBuffer()
    do {
      try buffer.append(value, depth: 1)
    } catch {
      throw BSONNodeDecoder.corrupted(error, path: [])
    }
    let root = BSONElement(type: value.type, keyStart: 0, keyEnd: -1, valueEnd: buffer.count)
    return try decode(type, from: root, of: buffer.bytes)
  }

  private func decode<T: Decodable>(
    _ type: T.Type, from root: BSONElement, of bytes: UnsafeRawBufferPointer
  ) throws -> T {
    let source = BSONSource(bytes, userInfo: userInfo, aliases: aliases)
    defer { source.close() }
    return try BSONNodeDecoder(source: source, parent: nil, element: root, index: -1).decode(type)
  }
}
