/// Reads JSON (RFC 8259) piece by piece from bytes.
///
/// Vocabularies need it: decoders that make Swift strings of the names take two spellings of one character, which are two
/// tokens, for the same name, and take seconds for the hundreds of thousands of names of a large vocabulary.
struct JSONCursor {
  /// What is wrong, and at which byte.
  struct Problem: Error {
    var reason: String
    var offset: Int
  }

  /// Values nested deeper are refused.
  private static let maximumDepth = 64

  let bytes: [UInt8]
  private(set) var position: Int

  init(_ bytes: [UInt8], at position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  func problem(_ reason: String) -> Problem { Problem(reason: reason, offset: position) }

  /// The first byte of the next value.
  mutating func peek() throws(Problem) -> UInt8 {
    while position < bytes.count, bytes[position] <= 0x20 {
      guard [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) else { throw problem("a control character") }
      position += 1
    }
    guard position < bytes.count else { throw problem("the file ends too early") }
    return bytes[position]
  }

  /// Calls `body` with each name of an object; `body` must read or skip the value.
  mutating func forEachMember(
    _ body: (_ name: [UInt8], inout JSONCursor) throws(Problem) -> Void
  ) throws(Problem) {
    try forEach(between: UInt8(ascii: "{"), UInt8(ascii: "}")) { cursor throws(Problem) in
      let name = try cursor.string()
      try cursor.expect(UInt8(ascii: ":"))
      try body(name, &cursor)
    }
  }

  /// Calls `body` before each element of a list; `body` must read or skip it.
  mutating func forEachElement(_ body: (inout JSONCursor) throws(Problem) -> Void) throws(Problem) {
    try forEach(between: UInt8(ascii: "["), UInt8(ascii: "]"), body)
  }

  private mutating func forEach(
    between open: UInt8, _ close: UInt8, _ body: (inout JSONCursor) throws(Problem) -> Void
  ) throws(Problem) {
    try expect(open)
    if try peek() == close {
      position += 1
      return
    }
    while true {
      try body(&self)
      let next = try peek()
      position += 1
      if next == close { return }
      guard next == UInt8(ascii: ",") else {
        position -= 1
        throw problem("neither `,` nor `\(Character(Unicode.Scalar(close)))`")
      }
    }
  }

  private mutating func expect(_ byte: UInt8) throws(Problem) {
    guard try peek() == byte else { throw problem("no `\(Character(Unicode.Scalar(byte)))`") }
    position += 1
  }

  /// The UTF-8 of a string, its escapes undone.
  mutating func string() throws(Problem) -> [UInt8] {
    try expect(UInt8(ascii: "\""))
    var value: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return value
      case UInt8(ascii: "\\"): try appendEscape(to: &value)
      case ..<0x20: throw problem("a control character in a string")
      default:
        value.append(byte)
        position += 1
      }
    }
    throw problem("a string without an end")
  }

  private mutating func appendEscape(to value: inout [UInt8]) throws(Problem) {
    guard position + 1 < bytes.count else { throw problem("a string without an end") }
    let escaped = bytes[position + 1]
    position += 2
    switch escaped {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): value.append(escaped)
    case UInt8(ascii: "b"): value.append(0x08)
    case UInt8(ascii: "f"): value.append(0x0C)
    case UInt8(ascii: "n"): value.append(0x0A)
    case UInt8(ascii: "r"): value.append(0x0D)
    case UInt8(ascii: "t"): value.append(0x09)
    case UInt8(ascii: "u"): value.append(contentsOf: Array(String(Character(try scalar())).utf8))
    default: throw problem("an unknown escape")
    }
  }

  /// The character after `\u`, of which one beyond U+FFFF takes two escapes.
  private mutating func scalar() throws(Problem) -> Unicode.Scalar {
    let first = try hexadecimal()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
      bytes[position + 1] == UInt8(ascii: "u")
    else { throw problem("half of a character") }
    position += 2
    let second = try hexadecimal()
    guard (0xDC00..<0xE000).contains(second),
      let scalar = Unicode.Scalar(0x1_0000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw problem("half of a character") }
    return scalar
  }

  private mutating func hexadecimal() throws(Problem) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard position < bytes.count, let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue else {
        throw problem("an escape that is no number")
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }

  /// A number without a fraction.
  mutating func integer() throws(Problem) -> Int {
    let first = try peek()
    var digits = first == UInt8(ascii: "-") ? "-" : ""
    if first == UInt8(ascii: "-") { position += 1 }
    while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) {
      digits.unicodeScalars.append(Unicode.Scalar(bytes[position]))
      position += 1
    }
    guard let value = Int(digits) else { throw problem("no whole number") }
    return value
  }

  /// Passes over a value, and gives its bytes.
  mutating func skip(depth: Int = 0) throws(Problem) -> Range<Int> {
    guard depth < Self.maximumDepth else { throw problem("values nested too deeply") }
    let first = try peek()
    let start = position
    switch first {
    case UInt8(ascii: "{"):
      try forEachMember { _, cursor throws(Problem) in _ = try cursor.skip(depth: depth + 1) }
    case UInt8(ascii: "["):
      try forEachElement { cursor throws(Problem) in _ = try cursor.skip(depth: depth + 1) }
    case UInt8(ascii: "\""): _ = try string()
    default:
      while position < bytes.count, !",]} \t\r\n".utf8.contains(bytes[position]) { position += 1 }
      guard position > start else { throw problem("no value") }
    }
    return start..<position
  }
}
