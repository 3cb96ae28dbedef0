/// Bytes, and a number that says what they are.
public struct BSONBinary: Hashable, Sendable {
  /// What the bytes are: 0 any, 4 a UUID, 5 an MD5 hash, 6 encrypted, 9 a vector, 128 and more one's own
  /// (<https://bsonspec.org/spec.html>).
  public var subtype: UInt8
  /// The bytes; for the deprecated subtype 2 without the second length that BSON has in front of them.
  public var bytes: [UInt8]

  /// Bytes of a kind.
  public init(subtype: UInt8 = 0, bytes: [UInt8]) {
    self.subtype = subtype
    self.bytes = bytes
  }

  /// The subtype of a UUID.
  public static let uuidSubtype: UInt8 = 4
  /// The subtype that older drivers gave UUIDs; it is read, not written.
  public static let legacyUUIDSubtype: UInt8 = 3
  /// The deprecated subtype whose bytes have a length of their own in front.
  static let oldSubtype: UInt8 = 2

  /// Whether these are the bytes of a UUID.
  static func isUUID(subtype: UInt8, count: Int) -> Bool {
    count == 16 && (subtype == uuidSubtype || subtype == legacyUUIDSubtype)
  }
}

extension BSONBinary: Codable {
  /// Reads binary data; with other coders its extended JSON.
  public init(from decoder: any Decoder) throws {
    self = try BSONValue.decode(BSONBinary.self, "binary", from: decoder) { value in
      if case .binary(let binary) = value { binary } else { nil }
    }
  }

  /// Writes binary data; with other coders its canonical extended JSON.
  public func encode(to encoder: any Encoder) throws { try BSONValue.binary(self).encode(to: encoder) }
}
