/// Decodes character references (HTML Standard, 13.2.5.72 to 13.2.5.80).
enum CharacterReferences {
  /// Appends a text with its references decoded. In an attribute's value a name without its semicolon is no reference
  /// when a letter, a digit or `=` follows, as in the query of an address.
  static func append(_ text: UnsafeBufferPointer<UInt8>, inAttribute: Bool, to output: inout [UInt8]) {
    var start = 0
    while let mark = text.position(of: UInt8(ascii: "&"), in: start..<text.count) {
      output.append(contentsOf: text.part(start..<mark))
      start = appendReference(text, at: mark, inAttribute, to: &output)
    }
    output.append(contentsOf: text.part(start..<text.count))
  }

  /// Appends what the reference at a `&` stands for, or the `&`; gives the position where the text goes on.
  private static func appendReference(
    _ text: UnsafeBufferPointer<UInt8>, at mark: Int, _ inAttribute: Bool, to output: inout [UInt8]
  ) -> Int {
    let next = mark + 1 < text.count ? text[mark + 1] : 0
    if next == UInt8(ascii: "#") {
      if let end = appendNumber(text, from: mark + 2, to: &output) { return end }
    } else if ASCII.isAlphanumeric(next), let (reference, end) = NamedReferences.all.match(in: text, at: mark + 1) {
      let follower = end < text.count ? text[end] : 0
      if !inAttribute || text[end - 1] == UInt8(ascii: ";")
        || !ASCII.isAlphanumeric(follower) && follower != UInt8(ascii: "=")
      {
        reference.append(to: &output)
        return end
      }
    }
    output.append(UInt8(ascii: "&"))
    return mark + 1
  }

  private static func appendNumber(
    _ text: UnsafeBufferPointer<UInt8>, from start: Int, to output: inout [UInt8]
  ) -> Int? {
    let isHex = start < text.count && text[start] | 0x20 == UInt8(ascii: "x")
    var index = isHex ? start + 1 : start
    let first = index
    var value: UInt32 = 0
    while index < text.count, let digit = ASCII.digit(text[index], isHex: isHex) {
      // What is too large stays too large.
      value = min(value * (isHex ? 16 : 10) + UInt32(digit), 0x11_0000)
      index += 1
    }
    guard index > first else { return nil }
    append(value, to: &output)
    return index < text.count && text[index] == UInt8(ascii: ";") ? index + 1 : index
  }

  /// Appends a scalar by its number; the numbers of C1 controls mean windows-1252, and what is no scalar is U+FFFD.
  private static func append(_ number: UInt32, to output: inout [UInt8]) {
    switch number {
    case 0x01..<0x80: output.append(UInt8(number))
    case 0x80..<0xA0: Windows1252.append(Windows1252.upperControls[Int(number) - 0x80], to: &output)
    default:
      output.append(contentsOf: UTF8.encode(number == 0 ? "\u{FFFD}" : Unicode.Scalar(number) ?? "\u{FFFD}") ?? .init())
    }
  }
}
