/// Encodes values as BSON.
///
/// `Int` and `UInt` become int64, as do 64-bit numbers; smaller ones int32. `Date` becomes a date, `UUID` binary data of
/// subtype 4, `Data` binary data. There is no JSON in between.
enum BSONEncoder {
  /// - Throws: `EncodingError` with the path of what cannot be encoded.
  static func document(of value: some Encodable) throws -> BSONDocument {
    let node = BSONNode()
    try node.encode(value, path: [])
    guard case .document(let document) = node.value else {
      throw EncodingError.invalidValue(
        value, .init(codingPath: [], debugDescription: "only a value with fields is a document"))
    }
    return document
  }
}
