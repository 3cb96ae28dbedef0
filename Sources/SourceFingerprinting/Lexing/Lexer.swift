/// Cuts Swift source into tokens without understanding it: all that fingerprints need is to tell names from comments
/// and strings, and to see when a file is beyond it.
///
/// It follows *The Swift Programming Language*, chapter "Lexical Structure". Where the grammar needs a parser, at a bare
/// regular expression, it takes a pattern only where an operand must stand and the line closes it.
struct Lexer {
  /// How deep strings may stand in interpolations; deeper ones make a file malformed.
  static let maximalNesting = 64

  let bytes: [UInt8]
  let end: Int
  var position = 0
  var tokens: [Token] = []
  var nesting = 0
  private var sawLineEnd = false
  private var sawSpace = true

  /// The tokens of a file; nil if it does not read as Swift (an open comment, string or interpolation, a byte that no
  /// token has, invalid UTF-8).
  static func tokens(of bytes: [UInt8]) -> [Token]? {
    guard bytes.allSatisfy({ $0 < 0x80 }) || String(validating: bytes, as: UTF8.self) != nil else { return nil }
    var lexer = Lexer(bytes: bytes)
    return lexer.lexCode(isInterpolation: false) ? lexer.tokens : nil
  }

  private init(bytes: [UInt8]) {
    end = bytes.count
    // Zeros at the end let every look-ahead go without a bound.
    self.bytes = bytes + [UInt8](repeating: 0, count: 8)
    tokens.reserveCapacity(bytes.count / 5)
    if bytes.starts(with: "#!".utf8) { skipLine() }
  }

  /// Lexes to the end of the file, or to the parenthesis that closes an interpolation, which it takes, too.
  mutating func lexCode(isInterpolation: Bool) -> Bool {
    var depth = 0
    while true {
      guard skipTrivia() else { return false }
      guard position < end else { return !isInterpolation }
      let byte = bytes[position]
      if byte == UInt8(ascii: "(") {
        depth += 1
      } else if byte == UInt8(ascii: ")") {
        depth -= 1
        if isInterpolation && depth < 0 {
          append(.punctuation, position + 1)
          return true
        }
      }
      guard lexToken(byte) else { return false }
    }
  }

  private mutating func lexToken(_ byte: UInt8) -> Bool {
    if CharacterClass.beginsName(byte) {
      append(.identifier, endOfName(from: position))
    } else if CharacterClass.isDigit(byte) {
      append(.number, endOfNumber())
    } else if byte == UInt8(ascii: "\"") {
      return lexString(hashes: 0)
    } else if byte == UInt8(ascii: "#") {
      return lexHash()
    } else if byte == UInt8(ascii: "`") {
      return lexBackticks()
    } else if byte == UInt8(ascii: "/"), let close = endOfBarePattern() {
      append(.pattern, close)
    } else if CharacterClass.isOperator(byte) || (byte == UInt8(ascii: ".") && bytes[position + 1] == byte) {
      lexOperator()
    } else if CharacterClass.isPunctuation(byte) {
      append(.punctuation, position + 1)
    } else if byte >= 0x80 {
      if CharacterClass.isOperator(scalar: scalar(at: position)) {
        lexOperator()
      } else {
        append(.identifier, endOfName(from: position))
      }
    } else {
      return false
    }
    return true
  }

  mutating func append(_ kind: Token.Kind, _ tokenEnd: Int) {
    tokens.append(Token(kind: kind, range: position..<tokenEnd, startsLine: sawLineEnd))
    position = tokenEnd
    sawLineEnd = false
    sawSpace = false
  }

  // MARK: White space and comments

  /// False if a comment does not end.
  private mutating func skipTrivia() -> Bool {
    while position < end {
      let byte = bytes[position]
      if CharacterClass.isSpace(byte) {
        sawLineEnd = sawLineEnd || CharacterClass.endsLine(byte)
        position += 1
      } else if byte == 0xC2, bytes[position + 1] == 0xA0 {
        position += 2  // The compiler takes a no-break space for a space, with a warning.
      } else if byte == 0xEF, position == 0, bytes[1] == 0xBB, bytes[2] == 0xBF {
        position = 3  // A byte order mark.
      } else if byte == UInt8(ascii: "/"), bytes[position + 1] == byte {
        skipLine()
      } else if byte == UInt8(ascii: "/"), bytes[position + 1] == UInt8(ascii: "*") {
        guard skipBlockComment() else { return false }
      } else {
        return true
      }
      sawSpace = true
    }
    return true
  }

  private mutating func skipLine() {
    while position < end, !CharacterClass.endsLine(bytes[position]) { position += 1 }
  }

  private mutating func skipBlockComment() -> Bool {
    var depth = 0
    while position < end {
      let (byte, next) = (bytes[position], bytes[position + 1])
      if byte == UInt8(ascii: "/"), next == UInt8(ascii: "*") {
        depth += 1
        position += 2
      } else if byte == UInt8(ascii: "*"), next == UInt8(ascii: "/") {
        depth -= 1
        position += 2
        if depth == 0 { return true }
      } else {
        sawLineEnd = sawLineEnd || CharacterClass.endsLine(byte)
        position += 1
      }
    }
    return false
  }

  // MARK: Names, numbers, operators

  private func endOfName(from start: Int) -> Int {
    var index = start
    while true {
      if CharacterClass.continuesName(bytes[index]) {
        index += 1
      } else if bytes[index] >= 0x80, !CharacterClass.isOperator(scalar: scalar(at: index)), !isNoBreakSpace(index) {
        index += width(at: index)
      } else {
        return index
      }
    }
  }

  private func isNoBreakSpace(_ index: Int) -> Bool { bytes[index] == 0xC2 && bytes[index + 1] == 0xA0 }

  private func endOfNumber() -> Int {
    var index = position
    while true {
      let byte = bytes[index]
      let isSigned = byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
      let isPoint = byte == UInt8(ascii: ".") && tokens.last.map { !$0.isPoint(in: bytes) } ?? true
      if CharacterClass.continuesName(byte)
        || (isPoint && CharacterClass.isDigit(bytes[index + 1]))
        || (isSigned && isExponent(bytes[index - 1]) && CharacterClass.isDigit(bytes[index + 1]))
      {
        index += 1
      } else {
        return index
      }
    }
  }

  private func isExponent(_ byte: UInt8) -> Bool {
    byte | 0x20 == UInt8(ascii: "e") || byte | 0x20 == UInt8(ascii: "p")
  }

  private mutating func lexBackticks() -> Bool {
    var index = position + 1
    while index < end, bytes[index] != UInt8(ascii: "`"), !CharacterClass.endsLine(bytes[index]) { index += 1 }
    guard index < end, bytes[index] == UInt8(ascii: "`"), index > position + 1 else { return false }
    append(.identifier, index + 1)
    return true
  }

  private mutating func lexOperator() {
    let opensLeft = sawSpace || tokens.last?.isOpening(in: bytes) ?? true
    let mayHavePoints = bytes[position] == UInt8(ascii: ".")
    var index = position
    while index < end {
      let (byte, next) = (bytes[index], bytes[index + 1])
      if byte == UInt8(ascii: "/"), next == byte || next == UInt8(ascii: "*") { break }
      if CharacterClass.isOperator(byte) || (mayHavePoints && byte == UInt8(ascii: ".")) {
        index += 1
      } else if byte >= 0x80, CharacterClass.continuesOperator(scalar: scalar(at: index)) {
        index += width(at: index)
      } else {
        break
      }
    }
    append(.operator, index)
    tokens[tokens.count - 1].isOpenLeft = opensLeft
    tokens[tokens.count - 1].isOpenRight = isOpenRight(at: index)
  }

  private func isOpenRight(at index: Int) -> Bool {
    guard index < end else { return true }
    switch bytes[index] {
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: ","), UInt8(ascii: ";"),
      UInt8(ascii: ":"), UInt8(ascii: "/"):
      return true
    default: return CharacterClass.isSpace(bytes[index]) || isNoBreakSpace(index)
    }
  }

  private func scalar(at index: Int) -> UInt32 {
    func low(_ offset: Int) -> UInt32 { UInt32(bytes[index + offset] & 0x3F) }
    let lead = UInt32(bytes[index])
    switch width(at: index) {
    case 2: return (lead & 0x1F) << 6 | low(1)
    case 3: return (lead & 0x0F) << 12 | low(1) << 6 | low(2)
    case 4: return (lead & 0x07) << 18 | low(1) << 12 | low(2) << 6 | low(3)
    default: return lead
    }
  }

  private func width(at index: Int) -> Int {
    switch bytes[index] {
    case 0xF0...: 4
    case 0xE0...: 3
    case 0xC0...: 2
    default: 1
    }
  }
}
