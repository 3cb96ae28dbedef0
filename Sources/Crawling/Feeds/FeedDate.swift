import Foundation

/// The dates of feeds and sitemaps: those of RFC 822 and its successors, in the many spellings of RSS, and those of ISO
/// 8601 and RFC 3339.
enum FeedDate {
  /// A moment; without a zone it is taken for UTC, without a time for midnight. Nil if it is none.
  static func date(_ text: String) -> Date? {
    var scanner = Scanner(text)
    return scanner.hasLeadingYear ? scanner.isoDate() : scanner.mailDate()
  }

  private struct Scanner {
    private let bytes: [UInt8]
    private var index = 0

    init(_ text: String) {
      bytes = Array(text.utf8.prefix(100).drop(while: ASCII.isSpace))
    }

    var hasLeadingYear: Bool { bytes.prefix(while: ASCII.isDigit).count >= 4 }

    /// `2026-05-07T12:00:00.5+02:00`, of which the end may be missing; `2026-05`, `20260507`.
    mutating func isoDate() -> Date? {
      let digits = bytes.prefix(while: ASCII.isDigit).count
      guard digits == 4 || digits == 8, let year = number(4) else { return nil }
      skip("-")
      let month = number(2) ?? 1
      skip("-")
      let day = number(2) ?? 1
      guard let date = CalendarDay(year: year, month: month, day: day)?.date else { return nil }
      skip("T", "t", " ", "_")
      return date + time()
    }

    /// `Thu, 07 May 2026 12:00:00 GMT`, of which weekday, seconds and zone may be missing, the year have two digits, and
    /// the names of weekday and month be longer.
    mutating func mailDate() -> Date? {
      skipWord()
      skip(",", " ", ".")
      guard let day = number(2) else { return nil }
      skip("-", " ")
      guard let month = MonthNames.number(of: word()) else { return nil }
      skip("-", " ", ".", ",")
      guard let year = fullYear(), let date = CalendarDay(year: year, month: month, day: day)?.date else { return nil }
      skip(" ", ",")
      return date + time()
    }

    /// A year of two digits is of this century up to 49, of the last one from 50 on; one of three counts from 1900 (RFC
    /// 5322, section 4.3).
    private mutating func fullYear() -> Int? {
      let start = index
      guard let year = number(4) else { return nil }
      switch index - start {
      case 2: return year < 50 ? 2000 + year : 1900 + year
      case 3: return 1900 + year
      default: return year
      }
    }

    /// The seconds since midnight UTC.
    private mutating func time() -> Double {
      guard let hour = number(2), hour <= 24 else { return 0 }
      guard take(":"), let minute = number(2), minute < 60 else { return 0 }
      var seconds = Double(hour * 3600 + minute * 60)
      if take(":"), let second = number(2), second <= 60 { seconds += Double(second) }
      if take(".") || take(",") { seconds += fraction() }
      skip(" ")
      return seconds - zone()
    }

    private mutating func fraction() -> Double {
      var (value, unit) = (0.0, 0.1)
      while index < bytes.count, ASCII.isDigit(bytes[index]) {
        value += Double(bytes[index] - 0x30) * unit
        unit /= 10
        index += 1
      }
      return value
    }

    /// How many seconds the zone is ahead of UTC.
    private mutating func zone() -> Double {
      guard index < bytes.count else { return 0 }
      guard bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") else {
        return Double(Self.hours[word()] ?? 0) * 3600
      }
      let sign = bytes[index] == UInt8(ascii: "-") ? -1.0 : 1
      index += 1
      guard let hours = number(2) else { return 0 }
      skip(":")
      return sign * Double(hours * 3600 + (number(2) ?? 0) * 60)
    }

    /// The zones with names in RFC 822, and the usual ones of Europe.
    private static let hours = [
      "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "cet": 1, "cest": 2,
      "bst": 1, "msk": 3, "jst": 9,
    ]

    // MARK: Parts

    private mutating func number(_ digits: Int) -> Int? {
      var (value, count) = (0, 0)
      while count < digits, index < bytes.count, ASCII.isDigit(bytes[index]) {
        value = value * 10 + Int(bytes[index] - 0x30)
        index += 1
        count += 1
      }
      return count > 0 ? value : nil
    }

    /// Letters, lower case.
    private mutating func word() -> String {
      let start = index
      skipWord()
      return String(decoding: bytes[start..<index], as: UTF8.self).lowercased()
    }

    private mutating func skipWord() {
      while index < bytes.count, ASCII.isLetter(bytes[index]) || bytes[index] >= 0x80 { index += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
      index += 1
      return true
    }

    private mutating func skip(_ characters: Unicode.Scalar...) {
      while index < bytes.count, characters.contains(where: { UInt8(ascii: $0) == bytes[index] }) { index += 1 }
    }
  }
}
