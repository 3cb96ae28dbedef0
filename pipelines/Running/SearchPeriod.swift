public import Foundation

/// The stretch of time that a date stands for, in UTC: `2025` for the year, `2025-03` for the month, `2025-03-09` for the
/// day, and `2025-03-09T06:30:00+01:00` (RFC 3339) for the second.
public struct SearchPeriod: Hashable, Sendable {
  /// Its first moment.
  public let start: Date
  /// The first moment after it.
  public let end: Date

  /// Reads a date of the years 1 to 9999.
  ///
  /// - Throws: ``SearchError/badDate(_:)``.
  public init(_ text: String) throws(SearchError) {
    var reader = DateReader(bytes: Array(text.utf8)[...])
    guard let seconds = reader.period() else { throw .badDate(text) }
    start = Date(timeIntervalSince1970: Double(seconds.lowerBound))
    end = Date(timeIntervalSince1970: Double(seconds.upperBound))
  }
}

/// Reads the forms of RFC 3339, section 5.6, and their beginnings; a fraction of a second is read and left out.
private struct DateReader {
  var bytes: ArraySlice<UInt8>

  /// Seconds since 1970; nil if the text is nothing of the kind.
  mutating func period() -> Range<Int>? {
    guard let year = number(4), year > 0 else { return nil }
    if bytes.isEmpty { return midnight(year, 1, 1)..<midnight(year + 1, 1, 1) }
    guard skip("-"), let month = number(2), (1...12).contains(month) else { return nil }
    let next = month == 12 ? midnight(year + 1, 1, 1) : midnight(year, month + 1, 1)
    if bytes.isEmpty { return midnight(year, month, 1)..<next }
    guard skip("-"), let day = number(2), day > 0, midnight(year, month, day) < next else { return nil }
    let begin = midnight(year, month, day)
    if bytes.isEmpty { return begin..<(begin + 86_400) }
    guard skip("T") || skip("t") || skip(" "), let time = timeOfDay(), let offset = offset(), bytes.isEmpty else {
      return nil
    }
    let second = begin + time - offset
    return second..<(second + 1)
  }

  private mutating func timeOfDay() -> Int? {
    guard let hour = number(2), hour < 24, skip(":"), let minute = number(2), minute < 60, skip(":"),
      let second = number(2), second <= 60
    else { return nil }
    if skip(".") {
      let digits = bytes.prefix { (0x30...0x39).contains($0) }.count
      guard digits > 0 else { return nil }
      bytes = bytes.dropFirst(digits)
    }
    return (hour * 60 + minute) * 60 + second
  }

  private mutating func offset() -> Int? {
    if skip("Z") || skip("z") { return 0 }
    let sign = skip("+") ? 1 : skip("-") ? -1 : 0
    guard sign != 0, let hour = number(2), hour < 24, skip(":"), let minute = number(2), minute < 60 else { return nil }
    return sign * (hour * 60 + minute) * 60
  }

  private mutating func number(_ count: Int) -> Int? {
    let digits = bytes.prefix(count)
    guard digits.count == count, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    bytes = bytes.dropFirst(count)
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard bytes.first == UInt8(ascii: character) else { return false }
    bytes = bytes.dropFirst()
    return true
  }

  /// The seconds from 1970 to a day's midnight in the proleptic Gregorian calendar: years begin in March, so that the leap
  /// day is their last.
  private func midnight(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month > 2 ? year : year - 1
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    let days = 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    return days * 86_400
  }
}
