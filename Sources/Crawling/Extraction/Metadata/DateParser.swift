import Foundation

/// Reads a day from the forms in which pages write dates.
enum DateParser {
  private enum Token: Equatable { case number(Int, digits: Int), word(String), mark(UInt8) }

  /// The first day in a text of any kind: `2020-05-14T…`, `14 May 2020`, `May 14th, 2020`, `14.05.2020`,
  /// `14 de mayo de 2020`, `05/14/2020`, `20200514`, Unix time, `2020年5月14日`.
  static func day(in text: String) -> CalendarDay? {
    let tokens = tokens(in: text)
    for index in tokens.indices {
      if let found = iso(tokens, index) ?? named(tokens, index) ?? numeric(tokens, index) ?? packed(tokens, index) {
        return found
      }
    }
    return nil
  }

  private static func tokens(in text: String) -> [Token] {
    var found: [Token] = []
    let bytes = Array(text.utf8.prefix(400))
    var index = 0
    while index < bytes.count {
      let start = index
      if ASCII.isDigit(bytes[index]) {
        while index < bytes.count, ASCII.isDigit(bytes[index]) { index += 1 }
        let digits = String(decoding: bytes[start..<index], as: UTF8.self)
        if let value = Int(digits) { found.append(.number(value, digits: index - start)) }
      } else if ASCII.isLetter(bytes[index]) || bytes[index] >= 0x80 {
        while index < bytes.count, ASCII.isLetter(bytes[index]) || bytes[index] >= 0x80 { index += 1 }
        found.append(.word(String(decoding: bytes[start..<index], as: UTF8.self).lowercased()))
      } else {
        if !ASCII.isSpace(bytes[index]) { found.append(.mark(bytes[index])) }
        index += 1
      }
    }
    return found
  }

  private static func number(_ tokens: [Token], _ index: Int) -> (value: Int, digits: Int)? {
    guard index < tokens.count, case .number(let value, let digits) = tokens[index] else { return nil }
    return (value, digits)
  }

  /// Year, month, day, with the same mark (or the signs of Chinese and Japanese) between them.
  private static func iso(_ tokens: [Token], _ index: Int) -> CalendarDay? {
    guard let year = number(tokens, index), year.digits == 4, index + 4 < tokens.count,
      let month = number(tokens, index + 2), let day = number(tokens, index + 4)
    else { return nil }
    switch tokens[index + 1] {
    case .mark(let mark) where "-/.".utf8.contains(mark) && tokens[index + 3] == tokens[index + 1]:
      return CalendarDay(year: year.value, month: month.value, day: day.value)
    case .word("\u{5E74}") where tokens[index + 3] == .word("\u{6708}"),
      .word("\u{B144}") where tokens[index + 3] == .word("\u{C6D4}"):
      return CalendarDay(year: year.value, month: month.value, day: day.value)
    default: return nil
    }
  }

  /// A day and a year around the name of a month.
  private static func named(_ tokens: [Token], _ index: Int) -> CalendarDay? {
    guard case .word(let word) = tokens[index], let month = MonthNames.number(of: word) else { return nil }
    let after = tokens[(index + 1)...].prefix(6).filter {
      if case .word(let word) = $0 { !fillers.contains(word) } else { true }
    }
    let numbers = after.prefix { if case .mark(let mark) = $0 { ",.-/'".utf8.contains(mark) } else { isNumber($0) } }
      .compactMap { token -> Int? in if case .number(let value, _) = token { value } else { nil } }
    if let day = dayBefore(tokens, index), let year = numbers.first,
      let found = CalendarDay(year: fullYear(year), month: month, day: day)
    {
      return found
    }
    guard numbers.count >= 2 else { return nil }
    return CalendarDay(year: fullYear(numbers[1]), month: month, day: numbers[0])
  }

  private static let fillers: Set<String> = ["st", "nd", "rd", "th", "de", "del", "of", "di"]

  private static func isNumber(_ token: Token) -> Bool { if case .number = token { true } else { false } }

  private static func dayBefore(_ tokens: [Token], _ index: Int) -> Int? {
    for back in 1...3 where index - back >= 0 {
      switch tokens[index - back] {
      case .number(let value, let digits): return digits <= 2 && value >= 1 && value <= 31 ? value : nil
      case .mark(let mark) where ".-/".utf8.contains(mark): continue
      case .word(let word) where fillers.contains(word): continue
      default: return nil
      }
    }
    return nil
  }

  /// Three numbers with the year last. Between day and month the numbers decide, then the mark: dots and dashes put the
  /// day first, a slash the month, as its users mostly do.
  private static func numeric(_ tokens: [Token], _ index: Int) -> CalendarDay? {
    guard let first = number(tokens, index), first.digits <= 2, index + 4 < tokens.count,
      case .mark(let mark) = tokens[index + 1], "-/.".utf8.contains(mark), tokens[index + 3] == tokens[index + 1],
      let second = number(tokens, index + 2), second.digits <= 2, let year = number(tokens, index + 4),
      year.digits == 4 || year.digits == 2
    else { return nil }
    let monthFirst = second.value > 12 || mark == UInt8(ascii: "/") && first.value <= 12
    let (month, day) = monthFirst ? (first.value, second.value) : (second.value, first.value)
    return CalendarDay(year: fullYear(year.value), month: month, day: day)
  }

  /// Eight digits in a row, or seconds or milliseconds since 1970.
  private static func packed(_ tokens: [Token], _ index: Int) -> CalendarDay? {
    guard let number = number(tokens, index), tokens.count <= 12 else { return nil }
    switch number.digits {
    case 8: return CalendarDay(year: number.value / 10_000, month: number.value / 100 % 100, day: number.value % 100)
    case 10 where tokens.count == 1: return CalendarDay(.init(timeIntervalSince1970: Double(number.value)))
    case 13 where tokens.count == 1: return CalendarDay(.init(timeIntervalSince1970: Double(number.value) / 1000))
    default: return nil
    }
  }

  private static func fullYear(_ year: Int) -> Int { year < 100 ? year < 70 ? 2000 + year : 1900 + year : year }
}
