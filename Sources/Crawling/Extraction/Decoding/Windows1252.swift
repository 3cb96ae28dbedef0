/// The upper half of windows-1252, which also decides what numeric references 128 to 159 mean (HTML Standard 13.2.5.80).
enum Windows1252 {
  /// The scalars of the bytes 0x80 to 0x9F.
  static let upperControls: [UInt16] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D,
    0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,
    0x017E, 0x0178,
  ]

  /// Appends a scalar of the basic plane (above ASCII, no surrogate) as UTF-8.
  static func append(_ scalar: UInt16, to output: inout [UInt8]) {
    if scalar < 0x800 {
      output.append(UInt8(0xC0 | scalar >> 6))
    } else {
      output.append(UInt8(0xE0 | scalar >> 12))
      output.append(UInt8(0x80 | (scalar >> 6 & 0x3F)))
    }
    output.append(UInt8(0x80 | (scalar & 0x3F)))
  }
}
