import Crypto

/// The SHA-256 of some bytes, as 64 lower-case hexadecimal digits.
///
/// Stages compare it to know whether an item changed; it is stored, so it never comes from `hashValue`.
public struct ContentHash: Hashable, Sendable, CustomStringConvertible {
  /// 64 hexadecimal digits.
  public let hexadecimal: String

  /// Hashes `bytes`.
  public init(of bytes: some Sequence<UInt8>) {
    self.init(digest: SHA256.hash(data: Array(bytes)))
  }

  /// Hashes the UTF-8 bytes of `text`.
  public init(of text: String) {
    self.init(of: text.utf8)
  }

  /// Hashes several values so that no two different lists collide by concatenation: each is preceded by its length.
  public init(ofParts parts: [String]) {
    var hasher = SHA256()
    for part in parts {
      let bytes = Array(part.utf8)
      withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { hasher.update(bufferPointer: $0) }
      hasher.update(data: bytes)
    }
    self.init(digest: hasher.finalize())
  }

  /// Takes a digest that was stored, as it was written by ``hexadecimal``.
  public init(stored hexadecimal: String) {
    self.hexadecimal = hexadecimal
  }

  init(digest: SHA256.Digest) {
    hexadecimal = hexadecimalDigits(digest)
  }

  /// The hexadecimal digits.
  public var description: String { hexadecimal }
}

extension ContentHash: Codable {
  /// Reads the digits from one string.
  public init(from decoder: any Decoder) throws {
    hexadecimal = try decoder.singleValueContainer().decode(String.self)
  }

  /// Writes the digits as one string.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(hexadecimal)
  }
}

func hexadecimalDigits(_ bytes: some Sequence<UInt8>) -> String {
  let digits = Array("0123456789abcdef".utf8)
  var text: [UInt8] = []
  for byte in bytes {
    text.append(digits[Int(byte >> 4)])
    text.append(digits[Int(byte & 15)])
  }
  return String(decoding: text, as: UTF8.self)
}
