extension MillisecondDate {
  /// Reads an ISO 8601 date with its time and zone: `2024-07-29T12:00:00Z`, with any number of digits of a second
  /// (those after the third are cut off), `+02:00`, `+0200` or `+02` for `Z`.
  public init?(text: String) {
    var text = text
    let read = text.withUTF8 { bytes in
      var reader = ISO8601Reader(bytes: bytes)
      return reader.read()
    }
    guard let milliseconds = read else { return nil }
    self.init(milliseconds: milliseconds)
  }

  /// ISO 8601 in UTC with three digits of a second, such as `2024-07-29T12:00:00.000Z`. Years before 0 or after 9999
  /// have a sign and as many digits as they need.
  public var text: String {
    let (days, time) = milliseconds.flooredDivision(by: 86_400_000)
    let (year, month, day) = civil(fromDays: Int(days))
    var bytes: [UInt8] = []
    bytes.reserveCapacity(24)
    if year < 0 { bytes.append(UInt8(ascii: "-")) } else if year > 9999 { bytes.append(UInt8(ascii: "+")) }
    bytes.append(decimal: abs(year), digits: 4)
    bytes.append(UInt8(ascii: "-"))
    bytes.append(decimal: month, digits: 2)
    bytes.append(UInt8(ascii: "-"))
    bytes.append(decimal: day, digits: 2)
    let seconds = Int(time) / 1000
    for (mark, number) in zip("T::".utf8, [seconds / 3600, seconds / 60 % 60, seconds % 60]) {
      bytes.append(mark)
      bytes.append(decimal: number, digits: 2)
    }
    bytes.append(UInt8(ascii: "."))
    bytes.append(decimal: Int(time) % 1000, digits: 3)
    bytes.append(UInt8(ascii: "Z"))
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Int64 {
  /// The quotient towards minus infinity and what is left, which is never negative.
  fileprivate func flooredDivision(by divisor: Int64) -> (Int64, Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}

extension [UInt8] {
  /// At least so many digits.
  fileprivate mutating func append(decimal number: Int, digits: Int) {
    var divisor = 1
    for _ in 1..<digits { divisor *= 10 }
    while number / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
      divisor /= 10
    }
  }
}
