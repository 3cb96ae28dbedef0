/// The identifier that MongoDB makes for documents that have none: twelve bytes, of which the first four are a time.
public struct BSONObjectID: Hashable, Sendable, Comparable, CustomStringConvertible {
  // Big-endian, so that numbers compare as the bytes do.
  private let high: UInt64
  private let low: UInt32

  /// Twelve bytes; nil for another number of them.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 12 else { return nil }
    var (high, low) = (UInt64(0), UInt32(0))
    for (index, byte) in bytes.enumerated() {
      if index < 8 { high = high << 8 | UInt64(byte) } else { low = low << 8 | UInt32(byte) }
    }
    (self.high, self.low) = (high, low)
  }

  /// 24 hexadecimal digits; nil for anything else.
  public init?(_ digits: some StringProtocol) {
    let digits = digits.utf8
    guard digits.count == 24 else { return nil }
    var bytes: [UInt8] = []
    for digit in digits.enumerated() {
      guard let value = hexadecimalValue(digit.element) else { return nil }
      if digit.offset.isMultiple(of: 2) { bytes.append(value << 4) } else { bytes[bytes.count - 1] |= value }
    }
    self.init(bytes: bytes)
  }

  /// Reads twelve bytes in place; the caller has checked that they are there.
  init(at offset: Int, of bytes: UnsafeRawBufferPointer) {
    high = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    low = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt32.self))
  }

  func append(to buffer: inout BSONBuffer) {
    buffer.append(high.byteSwapped)
    buffer.append(low.byteSwapped)
  }

  /// The twelve bytes.
  public var bytes: [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: high >> (56 - 8 * $0)) }
      + (0..<4).map { UInt8(truncatingIfNeeded: low >> (24 - 8 * $0)) }
  }

  /// 24 lower-case hexadecimal digits.
  public var description: String { hexadecimal(bytes) }

  /// By bytes, which for those of one program is by time.
  public static func < (left: BSONObjectID, right: BSONObjectID) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }
}

/// The value of a hexadecimal digit.
func hexadecimalValue(_ digit: UInt8) -> UInt8? {
  switch digit {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
  default: nil
  }
}

/// Lower-case hexadecimal digits, two for each byte.
func hexadecimal(_ bytes: some Collection<UInt8>) -> String {
  String(unsafeUninitializedCapacity: bytes.count * 2) { target in
    var count = 0
    for byte in bytes {
      for digit in [byte >> 4, byte & 15] {
        target[count] = digit < 10 ? digit + UInt8(ascii: "0") : digit - 10 + UInt8(ascii: "a")
        count += 1
      }
    }
    return count
  }
}

extension BSONObjectID: Codable {
  /// Reads an object id; with other coders its extended JSON.
  public init(from decoder: any Decoder) throws {
    self = try BSONValue.decode(BSONObjectID.self, "object id", from: decoder) { value in
      if case .objectID(let id) = value { id } else { nil }
    }
  }

  /// Writes an object id; with other coders its canonical extended JSON.
  public func encode(to encoder: any Encoder) throws { try BSONValue.objectID(self).encode(to: encoder) }
}
