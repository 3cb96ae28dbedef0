import BSON

/// One change of a document.
struct FieldChange: Sendable {
  enum Operation: Sendable {
    case set(any Encodable & Sendable)
    case unset
    case increment(Int64)
    case append(any Encodable & Sendable)
  }

  let path: String
  let operation: Operation

  /// The value that is set or appended, as it is stored; nil for the others.
  func encodedValue() throws -> BSONValue? {
    switch operation {
    case .set(let value), .append(let value): try BSONEncoder().value(of: value)
    case .unset, .increment: nil
    }
  }
}
