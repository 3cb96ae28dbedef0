import Foundation

/// A date in the resolution of the stores: whole milliseconds since 1970.
struct MillisecondDate: Hashable {
  let milliseconds: Int64

  init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  /// Cuts off what is finer than a millisecond. A thousandth is added first, since a `Double` of today's seconds is only
  /// exact to some 0.0002 ms: without it a stored date would lose a millisecond each time it is read and stored again.
  init(_ date: Date) {
    let value = (date.timeIntervalSince1970 * 1000 + 0.001).rounded(.down)
    milliseconds = Int64(exactly: value) ?? (value < 0 ? .min : .max)
  }

  /// Reads ISO 8601 with or without fractions of a second.
  init?(text: String) {
    if let date = try? Date(text, strategy: .iso8601) {
      self.init(date)
    } else if let date = try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)) {
      self.init(date)
    } else {
      return nil
    }
  }

  var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }

  /// ISO 8601 in UTC with three digits of a second.
  var text: String {
    let fraction = ((milliseconds % 1000) + 1000) % 1000
    let second = Date(timeIntervalSince1970: Double((milliseconds - fraction) / 1000))
    let digits = String(fraction + 1000).dropFirst()
    return "\(second.formatted(.iso8601).dropLast()).\(digits)Z"
  }
}
