import Crypto
public import Foundation

/// A SHA-256 (FIPS 180-4) as a value.
public struct Digest256: Sendable, Hashable {
  /// The digest's bytes 0 to 7, the first as the most significant.
  let first: UInt64
  /// Bytes 8 to 15.
  let second: UInt64
  /// Bytes 16 to 23.
  let third: UInt64
  /// Bytes 24 to 31.
  let fourth: UInt64

  /// The digest of some bytes.
  public init(of data: some DataProtocol) {
    self.init(SHA256.hash(data: data))
  }

  /// The digest of a list of texts, each preceded by its length so that different lists never collide.
  public init(parts: [String]) {
    self.init(digest(parts))
  }

  /// The digest with these 64 hexadecimal digits; nil if they are anything else.
  public init?(hexadecimal: String) {
    var words: [UInt64] = []
    var word: UInt64 = 0
    for (index, digit) in hexadecimal.utf8.enumerated() {
      guard index < 64, let value = hexadecimalValue(of: digit) else { return nil }
      word = word << 4 | UInt64(value)
      if index % 16 == 15 { words.append(word) }
    }
    guard words.count == 4, hexadecimal.utf8.count == 64 else { return nil }
    self.init(words[0], words[1], words[2], words[3])
  }

  init(_ digest: SHA256.Digest) {
    self = digest.withUnsafeBytes { bytes in
      func word(_ index: Int) -> UInt64 {
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
      }
      return Digest256(word(0), word(1), word(2), word(3))
    }
  }

  init(_ first: UInt64, _ second: UInt64, _ third: UInt64, _ fourth: UInt64) {
    self.first = first
    self.second = second
    self.third = third
    self.fourth = fourth
  }

  /// The 32 bytes, in order.
  var bytes: [UInt8] {
    [first, second, third, fourth].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - $0 * 8)) } }
  }

  /// Every word of a digest is as good as random, so one is enough.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(first)
  }
}

extension Digest256: CustomStringConvertible {
  /// The digest as 64 lower-case hexadecimal digits.
  public var description: String { hexadecimal(bytes) }
}

extension Digest256: Codable {
  /// - Throws: `DecodingError` if the value is not 64 hexadecimal digits.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let digest = Digest256(hexadecimal: text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "'\(shortened(text, to: 80))' is not a SHA-256 of 64 hexadecimal digits")
    }
    self = digest
  }

  /// Writes the 64 digits.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

private func hexadecimalValue(of digit: UInt8) -> UInt8? {
  switch digit {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
  default: nil
  }
}
