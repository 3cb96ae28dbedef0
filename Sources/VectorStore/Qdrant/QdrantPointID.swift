import Domain

/// A point's identifier as Qdrant has it: a UUID, as all that twin gives, or a number, as others may give. As an
/// ``Domain/Identifier`` a number is its digits.
struct QdrantPointID: Codable, Hashable, Sendable {
  var identifier: Identifier

  init(_ identifier: Identifier) { self.identifier = identifier }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let text = try? container.decode(String.self) {
      identifier = Identifier(existing: text)
    } else {
      identifier = Identifier(existing: String(try container.decode(UInt64.self)))
    }
  }

  func encode(to encoder: any Encoder) throws {
    if let number { try number.encode(to: encoder) } else { try identifier.encode(to: encoder) }
  }

  /// Whether a point may have it.
  var isPossible: Bool { identifier.isUUID || number != nil }

  private var number: UInt64? {
    let digits = identifier.uuidString.utf8
    guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
    return UInt64(identifier.uuidString)
  }
}

extension QdrantPointID: Comparable {
  /// Qdrant's own order, in which points are read: numbers by their value, then UUIDs.
  static func < (left: QdrantPointID, right: QdrantPointID) -> Bool {
    switch (left.number, right.number) {
    case (let left?, let right?): left < right
    case (.some, nil): true
    case (nil, .some): false
    case (nil, nil): left.identifier < right.identifier
    }
  }
}
