import CMongoc

/// A decimal number of 34 digits (IEEE 754-2008, decimal128), kept as its bits.
///
/// Equality is that of the bits: 1.0 and 1.00 are two.
public struct BSONDecimal128: Hashable, Sendable, LosslessStringConvertible {
  /// The upper 64 bits: the sign, the exponent and the first digits.
  public let high: UInt64
  /// The lower 64 bits.
  public let low: UInt64

  /// A number by its bits.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Reads `1.50`, `-12E+3`, `NaN`, `Infinity`; nil for what is no number or needs more digits than there are.
  public init?(_ description: String) {
    var (high, low) = (UInt64(0), UInt64(0))
    // As a C string the text would end at the first NUL.
    guard !description.utf8.contains(0), twin_bson_decimal128_from_string(description, &high, &low) else { return nil }
    self.init(high: high, low: low)
  }

  /// The number in the notation of the decimal128 specification.
  public var description: String {
    // libbson asks for BSON_DECIMAL128_STRING, 43, with the NUL.
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { text in
      guard let base = text.baseAddress else { return "" }
      twin_bson_decimal128_to_string(high, low, base)
      return String(cString: base)
    }
  }
}

extension BSONDecimal128: Codable {
  /// Reads a decimal128; with other coders its extended JSON.
  public init(from decoder: any Decoder) throws {
    self = try BSONValue.decode(BSONDecimal128.self, "decimal128", from: decoder) { value in
      if case .decimal128(let number) = value { number } else { nil }
    }
  }

  /// Writes a decimal128; with other coders its canonical extended JSON.
  public func encode(to encoder: any Encoder) throws { try BSONValue.decimal128(self).encode(to: encoder) }
}
