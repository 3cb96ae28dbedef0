import Foundation

/// The moment of `yyyy-MM-dd HH:mm:ss`, which is UTC; nil for anything else.
func exportDate(_ text: some StringProtocol) -> Date? {
  let numbers = String(text).utf8.prefix(19).split(whereSeparator: { !isDigit($0) }).compactMap { Int(Substring($0)) }
  guard numbers.count == 6 else { return nil }
  return utcDate(numbers)
}

/// The moment in a sentence such as `You uploaded a feed photo on April 12, 2026 at 8:03 AM (GMT)`; nil if it has none.
func proseDate(_ text: String) -> Date? {
  let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  let month = words.indices.dropLast(2).first { MonthNames.number(of: words[$0]) != nil && Int(words[$0 + 1]) != nil }
  guard let month, let number = MonthNames.number(of: words[month]), let day = Int(words[month + 1]),
    let year = Int(words[month + 2])
  else { return nil }
  let time = words.dropFirst(month + 3).drop { $0 == "at" }
  var clock = time.prefix(2).compactMap { Int($0) }
  guard clock.count == 2 else { return utcDate([year, number, day, 0, 0, 0]) }
  let half = time.dropFirst(2).first
  if half == "pm", clock[0] < 12 { clock[0] += 12 }
  if half == "am", clock[0] == 12 { clock[0] = 0 }
  return utcDate([year, number, day] + clock + [0])
}

/// The moment of year, month, day, hour, minute and second in UTC; nil if there is none.
private func utcDate(_ numbers: [Int]) -> Date? {
  guard (1970...9999).contains(numbers[0]), (1...12).contains(numbers[1]), (1...31).contains(numbers[2]),
    (0..<24).contains(numbers[3]), (0..<60).contains(numbers[4]), (0..<61).contains(numbers[5])
  else { return nil }
  var calendar = Calendar(identifier: .gregorian)
  calendar.timeZone = .gmt
  return calendar.date(
    from: DateComponents(
      year: numbers[0], month: numbers[1], day: numbers[2], hour: numbers[3], minute: numbers[4], second: numbers[5]))
}

/// The moment that is in the number of a post or a comment: its bits from the 22nd up count milliseconds since 1970.
///
/// That is how the identifiers of LinkedIn's shares, activities and posts are made (checked against dated exports);
/// numbers that would lie before LinkedIn's first post or after 2100 are none.
func dateOfActivity(_ digits: some StringProtocol) -> Date? {
  guard let number = UInt64(digits) else { return nil }
  let seconds = Double(number >> 22) / 1000
  return (1_050_000_000..<4_102_444_800).contains(seconds) ? Date(timeIntervalSince1970: seconds) : nil
}

/// The date of a row of an export, whose number tells when the post was made.
///
/// A date more than a day before that cannot be: it was written by another program, or in another order.
func checkedDate(_ written: Date?, made: Date?) -> Date? {
  guard let written else { return made }
  guard let made, written < made.addingTimeInterval(-86_400) else { return written }
  return made
}
