/// Keeps text from being read as markup (CommonMark 0.31, section 2.4).
enum MarkdownEscape {
  /// Text in a paragraph. Only what would otherwise mean something is escaped, so that prose stays readable.
  static func text(_ text: String) -> String { escaped(text, allBrackets: false) }

  /// Text inside a link or an image, where brackets count.
  static func linkText(_ text: String) -> String { escaped(text, allBrackets: true) }

  private static func escaped(_ text: String, allBrackets: Bool) -> String {
    guard text.utf8.contains(where: isSpecial) else { return text }
    let bytes = Array(text.utf8)
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count + 8)
    for index in bytes.indices {
      if isSpecial(bytes[index]), needsEscape(bytes, index, allBrackets) { output.append(UInt8(ascii: "\\")) }
      output.append(bytes[index])
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// Whether the byte may mean something.
  @inline(__always) private static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "["),
      UInt8(ascii: "]"), UInt8(ascii: "<"), UInt8(ascii: "~"), UInt8(ascii: "&"), UInt8(ascii: "$"):
      true
    default: false
    }
  }

  private static func needsEscape(_ bytes: [UInt8], _ index: Int, _ allBrackets: Bool) -> Bool {
    let next = index + 1 < bytes.count ? bytes[index + 1] : 0x20
    let previous = index > 0 ? bytes[index - 1] : 0x20
    switch bytes[index] {
    case UInt8(ascii: "`"), UInt8(ascii: "*"): return true
    case UInt8(ascii: "\\"): return isPunctuation(next)
    case UInt8(ascii: "_"): return !(isWord(previous) && isWord(next))
    case UInt8(ascii: "["): return allBrackets || next == UInt8(ascii: "^")
    case UInt8(ascii: "]"):
      return allBrackets || next == UInt8(ascii: "(") || next == UInt8(ascii: "[") || next == UInt8(ascii: ":")
    case UInt8(ascii: "<"):
      return ASCII.isLetter(next) || next == UInt8(ascii: "/") || next == UInt8(ascii: "!") || next == UInt8(ascii: "?")
    case UInt8(ascii: "~"): return next == UInt8(ascii: "~") || previous == UInt8(ascii: "~")
    case UInt8(ascii: "&"): return isEntity(bytes, index)
    case UInt8(ascii: "$"): return next == UInt8(ascii: "$") || previous == UInt8(ascii: "$")
    default: return false
    }
  }

  private static func isWord(_ byte: UInt8) -> Bool { ASCII.isAlphanumeric(byte) || byte >= 0x80 }

  private static func isPunctuation(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte < 0x7F && !ASCII.isAlphanumeric(byte)
  }

  private static func isEntity(_ bytes: [UInt8], _ index: Int) -> Bool {
    var end = index + 1
    while end < bytes.count, end - index < 32, ASCII.isAlphanumeric(bytes[end]) || bytes[end] == UInt8(ascii: "#") {
      end += 1
    }
    return end > index + 1 && end < bytes.count && bytes[end] == UInt8(ascii: ";")
  }

  /// A line of a paragraph whose first characters would start another kind of block.
  static func lineStart(_ line: Substring) -> String {
    let bytes = line.utf8
    guard let first = bytes.first else { return "" }
    let rest = bytes.dropFirst()
    switch first {
    case UInt8(ascii: "#"):
      let after = bytes.drop { $0 == first }
      if after.isEmpty || after.first == 0x20 { return "\\" + line }
    case UInt8(ascii: ">"): return "\\" + line
    case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "="):
      if rest.isEmpty || rest.first == 0x20 || bytes.allSatisfy({ $0 == first || $0 == 0x20 }) { return "\\" + line }
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      let digits = bytes.prefix(while: ASCII.isDigit)
      let mark = bytes.dropFirst(digits.count)
      guard digits.count < 10, let dot = mark.first, dot == UInt8(ascii: ".") || dot == UInt8(ascii: ")"),
        mark.count == 1 || mark.dropFirst().first == 0x20
      else { break }
      return String(decoding: Array(digits), as: UTF8.self) + "\\" + String(decoding: Array(mark), as: UTF8.self)
    default: break
    }
    return String(line)
  }

  /// A link's address, in which parentheses and white space would end the link.
  static func address(_ address: String) -> String {
    var output: [UInt8] = []
    for byte in address.utf8 {
      switch byte {
      case UInt8(ascii: "("): output += "%28".utf8
      case UInt8(ascii: ")"): output += "%29".utf8
      case UInt8(ascii: "<"): output += "%3C".utf8
      case UInt8(ascii: ">"): output += "%3E".utf8
      case UInt8(ascii: "\\"): output += "%5C".utf8
      case 0...0x20, 0x7F: output += "%20".utf8
      default: output.append(byte)
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// A code span: as many backticks around it as the text needs.
  static func code(_ text: String) -> String {
    var mark = "`"
    while text.contains(mark) { mark += "`" }
    let pad = text.hasPrefix("`") || text.hasSuffix("`") ? " " : ""
    return mark + pad + text + pad + mark
  }
}
