extension Lexer {
  /// What begins with `#`: a raw string, an extended regular expression, or a directive or macro.
  mutating func lexHash() -> Bool {
    var hashes = 1
    while bytes[position + hashes] == UInt8(ascii: "#") { hashes += 1 }
    switch bytes[position + hashes] {
    case UInt8(ascii: "\""): return lexString(hashes: hashes)
    case UInt8(ascii: "/"): return lexExtendedPattern(hashes: hashes)
    default:
      append(.punctuation, position + 1)
      return true
    }
  }

  /// A string from its first `#` or quote on, with what its interpolations hold.
  mutating func lexString(hashes: Int) -> Bool {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= Self.maximalNesting else { return false }
    let quotes = opensLines(hashes: hashes) ? 3 : 1
    append(.quote, position + hashes + quotes)
    var start = position
    while position < end {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\""), isClosing(quotes: quotes, hashes: hashes) {
        appendText(from: start)
        append(.quote, position + quotes + hashes)
        return true
      } else if byte == UInt8(ascii: "\\"), hasHashes(hashes, at: position + 1) {
        position += 1 + hashes
        if bytes[position] == UInt8(ascii: "(") {
          appendText(from: start)
          append(.punctuation, position + 1)
          guard lexCode(isInterpolation: true) else { return false }
          start = position
        } else if quotes == 3 || !CharacterClass.endsLine(bytes[position]) {
          position += 1
        }
      } else if quotes == 1, CharacterClass.endsLine(byte) {
        return false
      } else {
        position += 1
      }
    }
    return false
  }

  /// The end of a regular expression `/…/` at the position; nil where the slash must be, or may well be, an operator.
  func endOfBarePattern() -> Int? {
    let first = bytes[position + 1]
    guard !CharacterClass.isSpace(first), first != UInt8(ascii: "="), first != UInt8(ascii: ")") else { return nil }
    guard tokens.last?.needsOperand(in: bytes) ?? true else { return nil }
    var index = position + 1
    while index < end, !CharacterClass.endsLine(bytes[index]) {
      if bytes[index] == UInt8(ascii: "\\") {
        index += 1
      } else if bytes[index] == UInt8(ascii: "/") {
        return index + 1
      }
      index += 1
    }
    return nil
  }

  private mutating func lexExtendedPattern(hashes: Int) -> Bool {
    var index = position + hashes + 1
    while index < end {
      if bytes[index] == UInt8(ascii: "/"), hasHashes(hashes, at: index + 1) {
        append(.pattern, index + 1 + hashes)
        return true
      }
      index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return false
  }

  private mutating func appendText(from start: Int) {
    guard start < position else { return }
    let textEnd = position
    position = start
    append(.text, textEnd)
  }

  /// Whether three quotes open a string of several lines: `#"""#` is a string that holds one quote.
  private func opensLines(hashes: Int) -> Bool {
    let start = position + hashes
    guard bytes[start + 1] == UInt8(ascii: "\""), bytes[start + 2] == UInt8(ascii: "\"") else { return false }
    guard hashes > 0 else { return true }
    var index = start + 2
    while index < end, !CharacterClass.endsLine(bytes[index]) {
      if bytes[index] == UInt8(ascii: "\""), hasHashes(hashes, at: index + 1) { return false }
      index += 1
    }
    return true
  }

  private func isClosing(quotes: Int, hashes: Int) -> Bool {
    for offset in 0..<quotes where bytes[position + offset] != UInt8(ascii: "\"") { return false }
    return hasHashes(hashes, at: position + quotes)
  }

  private func hasHashes(_ count: Int, at start: Int) -> Bool {
    guard start + count <= end else { return false }
    for index in start..<(start + count) where bytes[index] != UInt8(ascii: "#") { return false }
    return true
  }
}

extension Token {
  private func isOneOf(_ characters: StaticString, in bytes: [UInt8]) -> Bool {
    guard range.count == 1 else { return false }
    let byte = bytes[range.lowerBound]
    return characters.withUTF8Buffer { $0.contains(byte) }
  }

  func isPoint(in bytes: [UInt8]) -> Bool { kind == .punctuation && isOneOf(".", in: bytes) }

  /// Whether an operator after it has space on its left, as the grammar counts it.
  func isOpening(in bytes: [UInt8]) -> Bool { kind == .punctuation && isOneOf("([{,;:", in: bytes) }

  /// Whether an operand, not an operator, must follow.
  func needsOperand(in bytes: [UInt8]) -> Bool {
    switch kind {
    case .number, .quote, .text, .pattern: false
    case .punctuation: !isOneOf(")]}.", in: bytes)
    // All but postfix ones.
    case .operator: !isOpenRight || isOpenLeft
    case .identifier: Self.operandKeywords.contains(String(decoding: bytes[range], as: UTF8.self))
    }
  }

  private static let operandKeywords: Set<String> = [
    "return", "in", "case", "where", "if", "guard", "while", "switch", "throw", "try", "await", "else", "is", "as",
    "consume", "copy", "repeat", "each", "yield",
  ]
}
