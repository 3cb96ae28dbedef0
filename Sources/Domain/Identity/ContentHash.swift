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
    var hasher = SHA256()
    hasher.update(text)
    self.init(digest: hasher.finalize())
  }

  /// Hashes several values so that no two different lists collide by concatenation: each is preceded by its length.
  public init(ofParts parts: [String]) {
    var hasher = SHA256()
    for part in parts {
      withUnsafeBytes(of: UInt64(part.utf8.count).littleEndian) { hasher.update(bufferPointer: $0) }
      hasher.update(part)
    }
    self.init(digest: hasher.finalize())
  }

  /// Takes a digest that was stored, as it was written by ``hexadecimal``.
  public init(stored hexadecimal: String) {
    self.hexadecimal = hexadecimal
  }

  init(digest: SHA256.Digest) {
    hexadecimal = digest.withUnsafeBytes { hexadecimalDigits($0) }
  }

  /// The hexadecimal digits.
  public var description: String { hexadecimal }
}

extension SHA256 {
  /// Goes on with the UTF-8 bytes of `text`.
  fileprivate mutating func update(_ text: String) {
    var text = text
    text.withUTF8 { update(bufferPointer: UnsafeRawBufferPointer($0)) }
  }
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

/// Two lower-case digits for each byte.
func hexadecimalDigits(_ bytes: some Collection<UInt8>) -> String {
  String(unsafeUninitializedCapacity: 2 * bytes.count) { digits in
    var index = 0
    for byte in bytes {
      digits[index] = hexadecimalDigit(byte >> 4)
      digits[index + 1] = hexadecimalDigit(byte & 15)
      index += 2
    }
    return index
  }
}

private func hexadecimalDigit(_ value: UInt8) -> UInt8 {
  value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
}
