/// Numbers written as JSON, without a `String` for each and with one check of the array's storage for all of them: they
/// are most of a point, and most of the time that it takes to write one.
extension [UInt8] {
  /// More bytes than any number takes, with the comma before it.
  static let longestNumber = 24

  /// Appends the numbers, which are finite, as an array; reading them as `Float` gives the same ones.
  mutating func appendJSON(_ numbers: [Float]) {
    appendJSON(numbers, Self.write)
  }

  /// Appends the numbers as an array.
  mutating func appendJSON(_ numbers: [UInt32]) {
    appendJSON(numbers) { number, bytes, position in
      var length = 1
      var rest = number / 10
      while rest > 0 {
        length += 1
        rest /= 10
      }
      Self.write(digits: UInt64(number), length, bytes, &position)
    }
  }

  private typealias Bytes = UnsafeMutableBufferPointer<UInt8>

  private mutating func appendJSON<Number>(
    _ numbers: [Number], _ write: (Number, Bytes, _ position: inout Int) -> Void
  ) {
    // The buffer is as long as the numbers can be, so that no position is outside of it.
    self += [UInt8](unsafeUninitializedCapacity: numbers.count * Self.longestNumber + 2) { bytes, position in
      for number in numbers {
        bytes[position] = UInt8(ascii: position == 0 ? "[" : ",")
        position += 1
        write(number, bytes, &position)
      }
      if numbers.isEmpty {
        bytes[0] = UInt8(ascii: "[")
        position = 1
      }
      bytes[position] = UInt8(ascii: "]")
      position += 1
    }
  }

  /// Numbers from 2^e up to 2^(e+1) are 2^(e-23) apart, so that one rounded to d decimals is nearest to itself if
  /// 10^-d < 2^(e-23). For e from -16 to 3 this is so with at most 12 decimals, for which the product with 10^d is exact
  /// as a `Double`: 24 bits times the 28 bits of 5^12. Other numbers are left to the standard library.
  private static func write(_ number: Float, _ bytes: Bytes, _ position: inout Int) {
    let magnitude = Swift.abs(number)
    let exponent = Int(magnitude.exponent)
    guard magnitude.isNormal, (-16...3).contains(exponent) else {
      for byte in (number == 0 ? "0" : number.description).utf8.prefix(longestNumber - 1) {
        bytes[position] = byte
        position += 1
      }
      return
    }
    // log10(2) is 0.30103: the number of decimals for a distance of 2^(e-23).
    let decimals = (23 - exponent) * 30103 / 100_000 + 1
    let scaled = UInt64(Double(magnitude) * powerOfTen(decimals) + 0.5)
    if number < 0 {
      bytes[position] = UInt8(ascii: "-")
      position += 1
    }
    let (whole, fraction) =
      exponent < 0 ? (0, scaled) : scaled.quotientAndRemainder(dividingBy: UInt64(powerOfTen(decimals)))
    write(digits: whole, whole < 10 ? 1 : 2, bytes, &position)
    bytes[position] = UInt8(ascii: ".")
    position += 1
    let start = position
    write(digits: fraction, decimals, bytes, &position)
    while position > start + 1, bytes[position - 1] == UInt8(ascii: "0") { position -= 1 }
  }

  /// Of the numbers of decimals that there are: 7 to 12.
  private static func powerOfTen(_ exponent: Int) -> Double {
    switch exponent {
    case 7: 1e7
    case 8: 1e8
    case 9: 1e9
    case 10: 1e10
    case 11: 1e11
    default: 1e12
    }
  }

  private static func write(digits number: UInt64, _ length: Int, _ bytes: Bytes, _ position: inout Int) {
    var rest = number
    var place = position + length
    while place > position {
      place -= 1
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      bytes[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
      rest = quotient
    }
    position += length
  }
}
