import Crypto

/// An identifier that is made from what makes the thing itself, so that a second run writes the same one.
///
/// It is the first 128 bits of a SHA-256, stamped as a version 4, variant 1 UUID (RFC 9562, section 5.4) and written in
/// lower case. The LLM Engineers Handbook's models, which ask for `UUID4`, load it as it is.
public struct Identifier: Hashable, Sendable, CustomStringConvertible {
  /// The UUID in its usual 36 characters, lower case.
  public let uuidString: String

  /// Makes the identifier of a thing of the given kind.
  ///
  /// - Parameters:
  ///   - kind: the kind of thing, such as `document`: equal parts of different kinds get different identifiers.
  ///   - parts: what makes the thing itself, in a fixed order. Each is hashed with its length.
  public init(_ kind: String, _ parts: [String]) {
    let digest = ContentHash(ofParts: [kind] + parts)
    var digits = Array(digest.hexadecimal.utf8.prefix(32))
    digits[12] = UInt8(ascii: "4")
    let variant = Array("89ab".utf8)
    let nibble = digits[16] >= UInt8(ascii: "a") ? digits[16] - UInt8(ascii: "a") + 10 : digits[16] - UInt8(ascii: "0")
    digits[16] = variant[Int(nibble & 3)]
    var text: [UInt8] = []
    for (index, digit) in digits.enumerated() {
      if [8, 12, 16, 20].contains(index) { text.append(UInt8(ascii: "-")) }
      text.append(digit)
    }
    uuidString = String(decoding: text, as: UTF8.self)
  }

  /// Takes an identifier that already exists, such as the `_id` of an imported document.
  public init(existing uuidString: String) {
    self.uuidString = uuidString.lowercased()
  }

  /// The UUID.
  public var description: String { uuidString }
}

extension Identifier: Comparable {
  /// Orders by the text of the UUID.
  public static func < (left: Identifier, right: Identifier) -> Bool { left.uuidString < right.uuidString }
}

extension Identifier: Codable {
  /// Reads the UUID from one string.
  public init(from decoder: any Decoder) throws {
    self.init(existing: try decoder.singleValueContainer().decode(String.self))
  }

  /// Writes the UUID as one string.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(uuidString)
  }
}
