public import Foundation

/// A date in the resolution of BSON: whole milliseconds since 1970, UTC.
public struct MillisecondDate: Hashable, Sendable, Comparable {
  /// Milliseconds since 1970, without leap seconds.
  public let milliseconds: Int64

  /// A date by its milliseconds.
  public init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  /// Cuts off what is finer than a millisecond. A thousandth is added first, since a `Double` of today's seconds is only
  /// exact to some 0.0002 ms: without it a stored date would lose a millisecond each time it is read and stored again.
  public init(_ date: Date) {
    let value = (date.timeIntervalSince1970 * 1000 + 0.001).rounded(.down)
    milliseconds = Int64(exactly: value) ?? (value < 0 ? .min : .max)
  }

  /// The date as Foundation has it.
  public var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }

  /// The earlier one first.
  public static func < (left: MillisecondDate, right: MillisecondDate) -> Bool {
    left.milliseconds < right.milliseconds
  }
}
