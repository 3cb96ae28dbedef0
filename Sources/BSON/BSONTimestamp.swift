/// A time of MongoDB's replication: seconds, and a number among those of one second. Not for dates of one's own.
public struct BSONTimestamp: Hashable, Sendable, Comparable {
  /// Seconds since 1970.
  public var seconds: UInt32
  /// Which of its second's.
  public var increment: UInt32

  /// A second's `increment`th.
  public init(seconds: UInt32, increment: UInt32) {
    self.seconds = seconds
    self.increment = increment
  }

  /// By time.
  public static func < (left: BSONTimestamp, right: BSONTimestamp) -> Bool { left.bits < right.bits }

  /// As BSON has it.
  var bits: UInt64 { UInt64(seconds) << 32 | UInt64(increment) }

  init(bits: UInt64) {
    self.init(seconds: UInt32(truncatingIfNeeded: bits >> 32), increment: UInt32(truncatingIfNeeded: bits))
  }
}

extension BSONTimestamp: Codable {
  /// Reads a timestamp; with other coders its extended JSON.
  public init(from decoder: any Decoder) throws {
    self = try BSONValue.decode(BSONTimestamp.self, "timestamp", from: decoder) { value in
      if case .timestamp(let timestamp) = value { timestamp } else { nil }
    }
  }

  /// Writes a timestamp; with other coders its canonical extended JSON.
  public func encode(to encoder: any Encoder) throws { try BSONValue.timestamp(self).encode(to: encoder) }
}
