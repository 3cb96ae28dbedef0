/// Reads a date from its first byte to its last.
struct ISO8601Reader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0

  init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private mutating func take(_ mark: Character) -> Bool {
    guard position < bytes.count, bytes[position] == mark.asciiValue else { return false }
    position += 1
    return true
  }

  private mutating func digit() -> Int? {
    guard position < bytes.count, case let value = Int(bytes[position]) - 48, (0...9).contains(value) else {
      return nil
    }
    position += 1
    return value
  }

  private mutating func number(digits: Int) -> Int? {
    var number = 0
    for _ in 0..<digits {
      guard let digit = digit() else { return nil }
      number = number * 10 + digit
    }
    return number
  }

  /// Four digits, or a sign and four to nine.
  private mutating func year() -> Int? {
    let isNegative = take("-")
    let isSigned = isNegative || take("+")
    guard var year = number(digits: 4) else { return nil }
    if isSigned {
      for _ in 0..<5 { if let digit = digit() { year = year * 10 + digit } }
    }
    return isNegative ? -year : year
  }

  mutating func read() -> Int64? {
    guard let year = year(), take("-"), let month = number(digits: 2), take("-"), let day = number(digits: 2),
      (1...12).contains(month), day >= 1, day <= daysOfMonth(month, year), take("T"), let time = time(),
      let zone = zone(), position == bytes.count
    else { return nil }
    let days = days(fromYear: year, month: month, day: day)
    return Int64(exactly: Int128(days) * 86_400_000 + Int128(time - zone * 60_000))
  }

  private func daysOfMonth(_ month: Int, _ year: Int) -> Int {
    let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  /// Milliseconds of the day.
  private mutating func time() -> Int? {
    guard let hour = number(digits: 2), hour < 24, take(":"), let minute = number(digits: 2), minute < 60, take(":"),
      let second = number(digits: 2), second < 60
    else { return nil }
    var fraction = 0
    if take(".") {
      guard let first = digit() else { return nil }
      fraction = first * 100 + (digit() ?? 0) * 10 + (digit() ?? 0)
      while digit() != nil {}
    }
    return ((hour * 60 + minute) * 60 + second) * 1000 + fraction
  }

  /// Minutes east of UTC.
  private mutating func zone() -> Int? {
    if take("Z") { return 0 }
    let isEast = take("+")
    guard isEast || take("-"), let hours = number(digits: 2), hours < 24 else { return nil }
    var minutes = 0
    if take(":") || position < bytes.count {
      guard let number = number(digits: 2), number < 60 else { return nil }
      minutes = number
    }
    return (isEast ? 1 : -1) * (hours * 60 + minutes)
  }
}
