/// Decodes the character references that are left in values which were escaped twice.
enum EntityDecoder {
  private static let named: [String: String] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "ndash": "\u{2013}", "mdash": "\u{2014}",
    "lsquo": "\u{2018}", "rsquo": "\u{2019}", "ldquo": "\u{201C}", "rdquo": "\u{201D}", "hellip": "\u{2026}",
    "auml": "\u{E4}", "ouml": "\u{F6}", "uuml": "\u{FC}", "Auml": "\u{C4}", "Ouml": "\u{D6}", "Uuml": "\u{DC}",
    "szlig": "\u{DF}", "eacute": "\u{E9}", "egrave": "\u{E8}", "agrave": "\u{E0}", "ccedil": "\u{E7}",
    "bdquo": "\u{201E}", "laquo": "\u{AB}", "raquo": "\u{BB}", "copy": "\u{A9}", "reg": "\u{AE}", "euro": "\u{20AC}",
  ]

  /// The text on one clean line, with its references decoded.
  static func line(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return TextCleaner.line(text) }
    var output = ""
    var rest = text[...]
    while let mark = rest.firstIndex(of: "&") {
      output += rest[..<mark]
      rest = rest[mark...]
      guard let end = rest.prefix(12).firstIndex(of: ";"),
        let decoded = decode(rest[rest.index(after: mark)..<end])
      else {
        output += "&"
        rest = rest.dropFirst()
        continue
      }
      output += decoded
      rest = rest[rest.index(after: end)...]
    }
    return TextCleaner.line(output + rest)
  }

  private static func decode(_ name: Substring) -> String? {
    guard name.hasPrefix("#") else { return named[String(name)] }
    let digits = name.dropFirst()
    let isHex = digits.hasPrefix("x") || digits.hasPrefix("X")
    guard let number = UInt32(isHex ? digits.dropFirst() : digits, radix: isHex ? 16 : 10),
      let scalar = Unicode.Scalar(number)
    else { return nil }
    return String(Character(scalar))
  }
}
