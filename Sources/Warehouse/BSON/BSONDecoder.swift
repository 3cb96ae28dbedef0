/// Decodes values from BSON.
///
/// A number fits any numeric type that can hold it exactly. Where a string is asked for, a UUID gives its 36 characters
/// and an object id its 24 digits, since other programs write identifiers so. Where a date is asked for, an ISO 8601
/// string is one.
enum BSONDecoder {
  /// - Throws: `DecodingError` with the path of what is not as the type needs it.
  static func decode<Value: Decodable>(
    _ type: Value.Type, from document: BSONDocument, context: [CodingUserInfoKey: any Sendable] = [:]
  ) throws -> Value {
    try BSONValueDecoder(value: .document(document), codingPath: [], context: context).decode(type)
  }
}
