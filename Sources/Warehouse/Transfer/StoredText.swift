import BSON

/// One document of extended JSON (version 1 or 2, canonical or relaxed, of which plain JSON is a part) as BSON.
///
/// - Throws: `BSONError.notJSON`, or what else keeps the text from being a document.
func bson(ofExtendedJSON text: [UInt8]) throws -> [UInt8] {
  try ExtendedJSON.bson(from: text)
}

/// A stored document as extended JSON on one line.
func extendedJSON(of document: UnsafeRawBufferPointer, format: ExtendedJSONFormat) throws -> [UInt8] {
  try ExtendedJSON.json(from: document, format == .canonical ? .canonical : .relaxed)
}

/// The identifier of a stored document as text, if it is one or can be written as one: object identifiers and UUIDs in
/// binary become strings.
///
/// - Throws: ``TransferProblem`` if there is none, or it is of another type.
func textIdentifier(of document: UnsafeRawBufferPointer) throws -> String {
  guard let value = value(of: .id, in: document) else { throw TransferProblem("it has no _id") }
  if case .string(let text) = value { return text }
  guard let text = try? BSONDecoder().decode(String.self, from: value) else {
    throw TransferProblem("its _id is of the type \(value.typeName), and identifiers are strings")
  }
  return text
}
